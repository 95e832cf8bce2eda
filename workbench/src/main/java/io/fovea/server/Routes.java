package io.fovea.server;

import io.fovea.deletion.Deletion;
import io.fovea.fetch.ServerReach;
import io.fovea.fetch.WebPictures;
import io.fovea.fetch.WebReach;
import io.fovea.intake.SourceLooks;
import io.fovea.intake.Uploads;
import io.fovea.look.Looks;
import io.fovea.note.NoteTables;
import io.fovea.note.Notes;
import io.fovea.note.Owners;
import io.fovea.problem.Problem;
import io.fovea.queue.JobQueue;
import io.fovea.resource.SettingAnswers;
import io.fovea.workspace.Workspace;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Which address answers what; {@code openapi.json} describes each. Threads may share it. */
final class Routes {

    private static final Methods METHODS = new Methods(description());

    private final Workspace workspace;
    private final Safety safety;
    private final SignIn signIn;
    private final WebReach urls;
    private final CourseRoutes course;
    private final DatasetRoutes datasets;
    private final JobRoutes jobs;
    private final LookRoutes looks;
    private final ModelRoutes models;
    private final EvaluationRoutes evaluations;
    private final ClassifyRoutes classify;
    private final NetworkRoutes networks;
    private final OrderRoutes orders;
    private final NoteRoutes notes;
    private final IntakeRoutes intake;
    private final DeletionRoutes deletions;
    private final PredictionServerRoutes servers;
    private final WebFiles web = new WebFiles();

    /**
     * Nothing is asked yet.
     *
     * @param signIn finds out who asks
     * @param reach  which places jobs may name
     * @param looks  what answers about models and pictures
     * @param sources what looks at sources before they are imported
     * @param urls   which addresses of the web pictures may be fetched from
     * @param servers which prediction servers may be asked how they stand
     * @param over   whether the server ends, and with it every stream
     */
    Routes(
            Workspace workspace,
            JobQueue queue,
            NoteTables database,
            Safety safety,
            SignIn signIn,
            Reach reach,
            Looks looks,
            SourceLooks sources,
            WebReach urls,
            ServerReach servers,
            BooleanSupplier over) {
        this.workspace = workspace;
        this.safety = safety;
        this.signIn = signIn;
        this.urls = urls;
        this.course = new CourseRoutes(workspace, looks);
        this.datasets = new DatasetRoutes(workspace, queue);
        this.jobs = new JobRoutes(workspace, queue, reach, over);
        this.looks = new LookRoutes(workspace, looks, new WebPictures(urls, Body.MOST_BYTES));
        this.models = new ModelRoutes(workspace);
        this.evaluations = new EvaluationRoutes(workspace);
        this.classify = new ClassifyRoutes(workspace, reach, looks);
        this.networks = new NetworkRoutes(workspace);
        this.orders = new OrderRoutes(workspace, reach);
        this.notes = new NoteRoutes(workspace, new Notes(database), new Owners(database));
        Uploads uploads = new Uploads(workspace.workbench().resolve("uploads"), Uploads.Limits.USUAL);
        this.intake = new IntakeRoutes(workspace, queue, reach, uploads, sources);
        this.deletions = new DeletionRoutes(workspace, queue, new Notes(database), uploads, this::forget);
        this.servers = new PredictionServerRoutes(servers);
    }

    void configure(JavalinConfig config) {
        var routes = config.routes;
        routes.exception(
                Refusal.class, (refusal, ctx) -> ProblemDocument.send(ctx, refusal.status(), refusal.problem()));
        routes.exception(
                Problem.class,
                (problem, ctx) -> ProblemDocument.send(ctx, NoteTables.isAway(problem) ? 503 : 422, problem));
        routes.exception(IllegalArgumentException.class, (wrong, ctx) -> ProblemDocument.send(ctx, 422, wrong(wrong)));
        routes.exception(Exception.class, (failure, ctx) -> ProblemDocument.send(ctx, 500, unexpected(failure)));
        routes.before(safety::check);
        routes.before("/api/*", ctx -> {
            Safety.guard(ctx, "");
            ctx.header("Cache-Control", "no-store");
        });
        signIn.configure(config);
        routes.get("/api/openapi.json", ctx -> ctx.result(description()).contentType("application/json"));
        routes.get("/api/workspace", ctx -> Reply.json(ctx, workspace(Visitor.of(ctx))));
        routes.get("/api/settings", ctx -> Reply.json(ctx, SettingAnswers.usual()));
        routes.get("/api/settings/learning-rate", ctx -> Reply.json(ctx, course(ctx)));
        orders.configure(config);
        intake.configure(config);
        deletions.configure(config);
        course.configure(config);
        datasets.configure(config);
        jobs.configure(config);
        models.configure(config);
        evaluations.configure(config);
        classify.configure(config);
        looks.configure(config);
        networks.configure(config);
        notes.configure(config);
        servers.configure(config);
        routes.get("/api/*", Routes::nothing);
        routes.post("/*", Routes::nothing);
        routes.put("/*", Routes::nothing);
        routes.patch("/*", Routes::nothing);
        routes.delete("/*", Routes::nothing);
        routes.get("/*", web::send);
    }

    private static void nothing(Context ctx) {
        List<String> others = METHODS.allowed(ctx.path());
        if (!others.isEmpty()) ctx.header("Allow", String.join(", ", others));
        throw new Refusal(
                others.isEmpty() ? 404 : 405,
                new Problem(
                        others.isEmpty()
                                ? "There is nothing at this address."
                                : "This address is not for " + ctx.method() + ", but for " + String.join(", ", others)
                                        + ".",
                        ctx.path(),
                        "see /api/openapi.json for what there is"));
    }

    private Map<String, Object> workspace(Visitor visitor) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("folder", workspace.folder().toString());
        json.put("standard", isStandard());
        json.put("fovea", version());
        json.put("urls", urls.word());
        visitor.name().ifPresent(name -> json.put("visitor", name));
        return json;
    }

    private void forget(Deletion.Name name) {
        switch (name.shelf()) {
            case DATASETS -> datasets.forget(name.name());
            case RUNS -> jobs.forget(name.name());
            case MODELS, WEIGHTS -> {}
        }
    }

    private static Map<String, Object> course(Context ctx) {
        return SettingAnswers.course(
                Optional.ofNullable(ctx.queryParam("schedule")).orElse("cosine"),
                Parameter.number(
                        Optional.ofNullable(ctx.queryParam("learningRate")).orElse("0.01"), "learningRate"),
                Parameter.whole(Optional.ofNullable(ctx.queryParam("epochs")).orElse("30"), "epochs"),
                Parameter.number(Optional.ofNullable(ctx.queryParam("warmUp")).orElse("0"), "warmUp"));
    }

    private static Problem wrong(IllegalArgumentException failure) {
        return new Problem(String.valueOf(failure.getMessage()), "the request", "see /api/openapi.json", failure);
    }

    private static Problem unexpected(Exception failure) {
        String words = failure.getMessage() == null ? "" : ": " + failure.getMessage();
        return new Problem(
                "The workbench failed in a way it did not foresee: "
                        + failure.getClass().getSimpleName() + words,
                failure.getStackTrace().length == 0 ? "unknown" : failure.getStackTrace()[0].toString(),
                "report it; other pages still work",
                failure);
    }

    private boolean isStandard() {
        Path home = Path.of(System.getProperty("user.home"));
        return workspace
                .folder()
                .equals(Workspace.standard(System.getenv(), home).folder());
    }

    private static String version() {
        return Optional.ofNullable(Routes.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    private static byte[] description() {
        try (InputStream in = Routes.class.getResourceAsStream("openapi.json")) {
            return in.readAllBytes();
        } catch (IOException damaged) {
            throw new java.io.UncheckedIOException(damaged);
        }
    }
}
