package io.fovea.server;

import io.fovea.job.Job;
import io.fovea.resource.OrderAnswers;
import io.fovea.resource.TrialAnswers;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Addresses of what helps to put a job together, and of a run's own parts. */
final class OrderRoutes {

    private final Workspace workspace;
    private final Reach reach;
    private final OrderAnswers orders;
    private final TrialAnswers trials;

    /** @param reach which places jobs may name */
    OrderRoutes(Workspace workspace, Reach reach) {
        this.workspace = workspace;
        this.reach = reach;
        this.orders = new OrderAnswers(workspace);
        this.trials = new TrialAnswers(workspace);
    }

    void configure(JavalinConfig config) {
        var routes = config.routes;
        routes.get(
                "/api/settings/fields",
                ctx -> Reply.json(
                        ctx,
                        orders.fields(
                                Optional.ofNullable(ctx.queryParam("data")),
                                "true".equals(ctx.queryParam("pretrained")),
                                Optional.ofNullable(ctx.queryParam("transfer")))));
        routes.get("/api/settings/augmentation/{name}/sheet.png", this::augmented);
        routes.get("/api/weights", ctx -> Reply.json(ctx, Map.of("weights", orders.weights())));
        routes.post("/api/jobs/check", this::check);
        routes.get(
                "/api/jobs/{id}/trials",
                ctx -> Reply.json(ctx, Map.of("trials", trials.trials(Parameter.name(workspace, Shelf.RUNS, ctx)))));
        routes.get(
                "/api/jobs/{id}/checkpoints",
                ctx -> Reply.json(
                        ctx, Map.of("checkpoints", trials.checkpoints(Parameter.name(workspace, Shelf.RUNS, ctx)))));
    }

    private void augmented(Context ctx) {
        String chosen = Optional.ofNullable(ctx.queryParam("augmentation")).orElse("{}");
        Map<String, Object> augmentation = Json.fields(chosen.getBytes(StandardCharsets.UTF_8));
        int seed = Parameter.whole(Optional.ofNullable(ctx.queryParam("seed")).orElse("1"), "seed");
        Reply.png(ctx, orders.augmented(Parameter.name(workspace, Shelf.DATASETS, ctx), augmentation, seed));
    }

    private void checkReach(Job job) {
        try {
            reach.check(job);
        } catch (Refusal refusal) {
            throw refusal.problem();
        }
    }

    private void check(Context ctx) {
        String text = new String(Body.text(ctx), StandardCharsets.UTF_8);
        Reply.json(ctx, orders.look(text, this::checkReach));
    }
}
