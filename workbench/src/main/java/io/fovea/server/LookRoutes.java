package io.fovea.server;

import io.fovea.fetch.WebPictures;
import io.fovea.look.Looks;
import io.fovea.problem.Problem;
import io.fovea.resource.ModelAnswers;
import io.fovea.worker.Answer;
import io.fovea.worker.Unanswered;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Addresses of pictures that people give, of what models say about them, and of what happens in the models. */
final class LookRoutes {

    private static final int USUAL_TOP = 10;
    private static final int USUAL_SIDE = 1024;
    private static final int USUAL_MAPS = 64;

    private final Workspace workspace;
    private final ModelAnswers models;
    private final Looks looks;
    private final WebPictures web;

    LookRoutes(Workspace workspace, Looks looks, WebPictures web) {
        this.workspace = workspace;
        this.models = new ModelAnswers(workspace);
        this.looks = looks;
        this.web = web;
    }

    void configure(JavalinConfig config) {
        var routes = config.routes;
        routes.exception(Unanswered.class, (failure, ctx) -> ProblemDocument.send(ctx, 503, failure.problem()));
        routes.post("/api/pictures", this::keep);
        routes.get("/api/pictures/{picture}", ctx -> Reply.answer(ctx, looks.about(picture(ctx))));
        routes.get(
                "/api/pictures/{picture}/picture.png",
                ctx -> Reply.answer(
                        ctx, looks.png(picture(ctx), whole(ctx, "side").orElse(USUAL_SIDE))));
        routes.post(
                "/api/models/{name}/predict",
                ctx -> Reply.answer(ctx, looks.predict(model(ctx), Body.picture(ctx), top(ctx))));
        String way = "/api/models/{name}/pictures/{picture}";
        routes.get(way, ctx -> Reply.answer(ctx, looks.predict(model(ctx), picture(ctx), top(ctx))));
        routes.get(way + "/layers", ctx -> Reply.answer(ctx, looks.layers(model(ctx), picture(ctx), top(ctx))));
        routes.get(way + "/prepared.png", ctx -> Reply.answer(ctx, looks.prepared(model(ctx), picture(ctx))));
        routes.get(
                way + "/maps.png",
                ctx -> Reply.answer(
                        ctx,
                        looks.maps(
                                model(ctx),
                                picture(ctx),
                                layer(ctx),
                                "layer".equals(ctx.queryParam("range")),
                                whole(ctx, "first").orElse(0),
                                whole(ctx, "most").orElse(USUAL_MAPS))));
        routes.get(
                way + "/map",
                ctx -> Reply.answer(
                        ctx,
                        looks.map(
                                model(ctx),
                                picture(ctx),
                                layer(ctx),
                                whole(ctx, "channel").orElse(0))));
        routes.get(
                way + "/arithmetic",
                ctx -> Reply.answer(
                        ctx,
                        looks.arithmetic(
                                model(ctx),
                                picture(ctx),
                                layer(ctx),
                                whole(ctx, "channel").orElse(0),
                                whole(ctx, "x").orElse(0),
                                whole(ctx, "y").orElse(0))));
        routes.get(
                way + "/grad-cam",
                ctx -> Reply.answer(
                        ctx, looks.gradCam(model(ctx), picture(ctx), word(ctx, "class"), word(ctx, "layer"))));
        routes.get(
                way + "/occlusion",
                ctx -> Reply.answer(
                        ctx,
                        looks.occlusion(
                                model(ctx),
                                picture(ctx),
                                word(ctx, "class"),
                                whole(ctx, "window"),
                                whole(ctx, "stride"))));
        routes.get("/api/models/{name}/filters.png", ctx -> Reply.answer(ctx, looks.filters(model(ctx), layer(ctx))));
    }

    private void keep(Context ctx) {
        boolean isOnTheWeb = String.valueOf(ctx.contentType()).startsWith(Answer.JSON);
        Looks.Kept kept = looks.keep(isOnTheWeb ? web.fetch(url(ctx)) : Body.picture(ctx));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("picture", kept.name());
        json.putAll(Json.fields(kept.about().bytes()));
        ctx.status(201).header("Location", "/api/pictures/" + kept.name());
        Reply.json(ctx, json);
    }

    private static String url(Context ctx) {
        if (Json.fields(Body.text(ctx)).get("url") instanceof String url) return url;
        throw new Problem("No address is named.", "url", "send {\"url\": \"https://…\"}, or the picture itself");
    }

    private Path model(Context ctx) {
        return models.file(Parameter.name(workspace, Shelf.MODELS, ctx));
    }

    /** Returns the name of a picture that is there. */
    private String picture(Context ctx) {
        String picture = ctx.pathParam("picture");
        return Refusal.orAbsent(() -> {
            looks.check(picture);
            return picture;
        });
    }

    private static String layer(Context ctx) {
        return word(ctx, "layer").orElseThrow(() -> new Problem("No layer is named.", "the query", "add layer=NAME"));
    }

    private static int top(Context ctx) {
        return whole(ctx, "top").orElse(USUAL_TOP);
    }

    private static Optional<String> word(Context ctx, String name) {
        return Optional.ofNullable(ctx.queryParam(name));
    }

    private static Optional<Integer> whole(Context ctx, String name) {
        return word(ctx, name).map(word -> Parameter.whole(word, name));
    }
}
