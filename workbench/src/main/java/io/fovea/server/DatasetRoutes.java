package io.fovea.server;

import io.fovea.job.JobYaml;
import io.fovea.queue.JobQueue;
import io.fovea.resource.DatasetAnswers;
import io.fovea.resource.DrawnDigits;
import io.fovea.work.Jobs;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;

/** Addresses of datasets and their pictures. */
final class DatasetRoutes {

    private final Workspace workspace;
    private final JobQueue queue;
    private final DatasetAnswers datasets;

    DatasetRoutes(Workspace workspace, JobQueue queue) {
        this.workspace = workspace;
        this.queue = queue;
        this.datasets = new DatasetAnswers(workspace);
    }

    void configure(JavalinConfig config) {
        var routes = config.routes;
        routes.get("/api/datasets", ctx -> Reply.json(ctx, Map.of("datasets", datasets.list())));
        routes.post("/api/datasets/drawn-digits", this::drawDigits);
        routes.get(
                "/api/datasets/{name}",
                ctx -> Reply.json(ctx, datasets.show(Parameter.name(workspace, Shelf.DATASETS, ctx))));
        routes.get(
                "/api/datasets/{name}/mean.png",
                ctx -> Reply.png(ctx, datasets.mean(Parameter.name(workspace, Shelf.DATASETS, ctx))));
        routes.get(
                "/api/datasets/{name}/{split}",
                ctx -> Reply.json(
                        ctx,
                        datasets.pictures(
                                Parameter.name(workspace, Shelf.DATASETS, ctx),
                                ctx.pathParam("split"),
                                Optional.ofNullable(ctx.queryParam("class")),
                                Optional.ofNullable(ctx.queryParam("words")).orElse(""))));
        routes.get(
                "/api/datasets/{name}/{split}/sheet.png",
                ctx -> Reply.png(
                        ctx,
                        datasets.sheet(
                                Parameter.name(workspace, Shelf.DATASETS, ctx),
                                ctx.pathParam("split"),
                                Parameter.positions(ctx.queryParam("positions")))));
        routes.get(
                "/api/datasets/{name}/{split}/{position}",
                ctx -> Reply.json(
                        ctx,
                        datasets.picture(
                                Parameter.name(workspace, Shelf.DATASETS, ctx),
                                ctx.pathParam("split"),
                                Parameter.whole(ctx.pathParam("position"), "position"))));
        routes.get(
                "/api/datasets/{name}/{split}/{position}/picture.png",
                ctx -> Reply.png(
                        ctx,
                        datasets.png(
                                Parameter.name(workspace, Shelf.DATASETS, ctx),
                                ctx.pathParam("split"),
                                Parameter.whole(ctx.pathParam("position"), "position"))));
    }

    /** Lets go of a dataset that was deleted. */
    void forget(String name) {
        datasets.forget(name);
    }

    private void drawDigits(Context ctx) {
        Map<String, Object> fields = Json.fields(Body.text(ctx));
        String name = String.valueOf(fields.getOrDefault("name", "digits"));
        int perDigit = Parameter.whole(String.valueOf(fields.getOrDefault("perDigit", 600)), "perDigit");
        Workspace.checkedName("dataset", name);
        JobRoutes.begun(ctx, queue, JobYaml.Order.of(DrawnDigits.of(workspace, name, perDigit)), Jobs.Going.ON);
    }
}
