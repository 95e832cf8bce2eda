package io.fovea.server;

import io.fovea.resource.EvaluationAnswers;
import io.fovea.resource.EvaluationAnswers.Wanted;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;

/** Addresses of what was found when models were judged. */
final class EvaluationRoutes {

    private static final String USUAL_COUNT = "100";

    private final Workspace workspace;
    private final EvaluationAnswers evaluations;

    EvaluationRoutes(Workspace workspace) {
        this.workspace = workspace;
        this.evaluations = new EvaluationAnswers(workspace);
    }

    void configure(JavalinConfig config) {
        var routes = config.routes;
        routes.get("/api/evaluations/compare", ctx -> Reply.json(ctx, evaluations.compare(ctx.queryParams("job"))));
        routes.get(
                "/api/jobs/{id}/evaluation",
                ctx -> Reply.json(ctx, evaluations.show(Parameter.name(workspace, Shelf.RUNS, ctx))));
        routes.get("/api/jobs/{id}/evaluation/pictures", ctx -> Reply.json(ctx, pictures(ctx)));
        routes.get(
                "/api/jobs/{id}/evaluation/pictures/{position}/{panel}.png",
                ctx -> Reply.png(
                        ctx,
                        evaluations.panel(
                                Parameter.name(workspace, Shelf.RUNS, ctx),
                                Parameter.whole(ctx.pathParam("position"), "position"),
                                ctx.pathParam("panel"))));
    }

    private Map<String, Object> pictures(Context ctx) {
        int label = whole(ctx, "label", "-1");
        int predicted = whole(ctx, "predicted", "-1");
        Wanted wanted = label >= 0 ? Wanted.CELL : predicted >= 0 ? Wanted.SUREST : Wanted.HARDEST;
        return evaluations.pictures(
                Parameter.name(workspace, Shelf.RUNS, ctx),
                wanted,
                label,
                predicted,
                whole(ctx, "from", "0"),
                whole(ctx, "count", USUAL_COUNT));
    }

    private static int whole(Context ctx, String name, String otherwise) {
        return Parameter.whole(Optional.ofNullable(ctx.queryParam(name)).orElse(otherwise), name);
    }
}
