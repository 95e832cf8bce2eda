package io.fovea.server;

import io.fovea.resource.ModelAnswers;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import io.javalin.config.JavalinConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Addresses of models, and what they say of a picture. */
final class ModelRoutes {

    private final Workspace workspace;
    private final ModelAnswers models;

    ModelRoutes(Workspace workspace) {
        this.workspace = workspace;
        this.models = new ModelAnswers(workspace);
    }

    void configure(JavalinConfig config) {
        var routes = config.routes;
        routes.get("/api/models", ctx -> Reply.json(ctx, Map.of("models", models.list())));
        routes.get(
                "/api/models/{name}",
                ctx -> Reply.json(ctx, models.show(Parameter.name(workspace, Shelf.MODELS, ctx))));
        routes.get("/api/models/{name}/file", ctx -> {
            Path file = models.file(Parameter.name(workspace, Shelf.MODELS, ctx));
            Reply.download(ctx, file, file.getFileName().toString());
        });
        routes.post(
                "/api/models/{name}/predict",
                ctx -> Reply.json(
                        ctx,
                        models.predict(
                                Parameter.name(workspace, Shelf.MODELS, ctx),
                                Body.picture(ctx),
                                "the picture",
                                Optional.ofNullable(ctx.queryParam("top"))
                                        .map(word -> Parameter.whole(word, "top"))
                                        .orElse(10))));
    }
}
