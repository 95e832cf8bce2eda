package io.fovea.server;

import io.fovea.look.Looks;
import io.fovea.resource.CollectionAnswers;
import io.fovea.resource.ModelAnswers;
import io.fovea.resource.OddDigitAnswers;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.nio.file.Path;
import java.util.Map;

/** Addresses of the course: sets that Fovea knows, and the odd digits. */
final class CourseRoutes {

    private final Workspace workspace;
    private final Looks looks;
    private final ModelAnswers models;
    private final CollectionAnswers collection = CollectionAnswers.ofThisAccount();
    private final OddDigitAnswers odd = new OddDigitAnswers();

    CourseRoutes(Workspace workspace, Looks looks) {
        this.workspace = workspace;
        this.looks = looks;
        this.models = new ModelAnswers(workspace);
    }

    void configure(JavalinConfig config) {
        var routes = config.routes;
        routes.get("/api/collection", ctx -> Reply.json(ctx, Map.of("sets", collection.list())));
        routes.get("/api/course/odd-digits", ctx -> Reply.json(ctx, odd.list()));
        routes.get("/api/course/odd-digits/sheet.png", ctx -> Reply.png(ctx, odd.sheet()));
        routes.get(
                "/api/course/odd-digits/{name}/picture.png",
                ctx -> Reply.png(ctx, Refusal.orAbsent(() -> odd.picture(ctx.pathParam("name")))));
        routes.get("/api/course/answers/{name}", this::answers);
    }

    private void answers(Context ctx) {
        String name = Parameter.name(workspace, Shelf.MODELS, ctx);
        Path model = Refusal.orAbsent(() -> models.file(name));
        Reply.json(
                ctx,
                odd.answers(
                        name,
                        picture -> Json.fields(looks.predict(model, picture, 1).bytes())));
    }
}
