package io.fovea.server;

import io.fovea.resource.NetworkAnswers;
import io.javalin.config.JavalinConfig;
import java.util.Map;

/** Addresses of networks. */
final class NetworkRoutes {

    private final NetworkAnswers networks = new NetworkAnswers();

    void configure(JavalinConfig config) {
        var routes = config.routes;
        routes.get("/api/networks", ctx -> Reply.json(ctx, Map.of("networks", networks.list())));
        routes.get(
                "/api/networks/{name}",
                ctx -> Reply.json(ctx, Refusal.orAbsent(() -> networks.show(ctx.pathParam("name")))));
    }
}
