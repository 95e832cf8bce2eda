package io.fovea.server;

import io.fovea.fetch.ServerPages;
import io.fovea.fetch.ServerReach;
import io.fovea.scrape.ServerAnswers;
import io.javalin.config.JavalinConfig;
import java.util.Optional;

/** How a running prediction server stands; a browser may not ask it itself. */
final class PredictionServerRoutes {

    /** What the prediction server wants; {@code Authorization} is the workbench's own. */
    private static final String TOKEN = "Fovea-Server-Token";

    private final ServerAnswers servers;

    /** @param reach which of them may be asked */
    PredictionServerRoutes(ServerReach reach) {
        servers = new ServerAnswers(new ServerPages(reach));
    }

    void configure(JavalinConfig config) {
        config.routes.get(
                "/api/prediction-server",
                ctx -> Reply.json(
                        ctx,
                        servers.show(
                                Optional.ofNullable(ctx.queryParam("address")).orElse(""),
                                Optional.ofNullable(ctx.header(TOKEN)).filter(word -> !word.isBlank()))));
    }
}
