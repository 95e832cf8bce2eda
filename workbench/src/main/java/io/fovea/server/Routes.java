package io.fovea.server;

import io.fovea.job.JobState;
import io.fovea.job.JobYaml;
import io.fovea.job.Jobs;
import io.fovea.note.Note;
import io.fovea.note.Notes;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.queue.JobQueue;
import io.fovea.resource.DatasetAnswers;
import io.fovea.resource.DrawnDigits;
import io.fovea.resource.JobAnswers;
import io.fovea.resource.ModelAnswers;
import io.fovea.resource.NetworkAnswers;
import io.fovea.resource.SettingAnswers;
import io.fovea.stream.EventStream;
import io.fovea.stream.EventTail;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Which address answers what; {@code openapi.json} describes each. Threads may share it. */
final class Routes {

    private final Workspace workspace;
    private final JobQueue queue;
    private final Jobs jobs;
    private final Notes notes;
    private final Reach reach;
    private final BooleanSupplier over;
    private final DatasetAnswers datasets;
    private final JobAnswers runs;
    private final ModelAnswers models;
    private final NetworkAnswers networks = new NetworkAnswers();
    private final WebFiles web = new WebFiles();

    /**
     * Nothing is asked yet.
     *
     * @param reach which places jobs may name
     * @param over  whether the server ends, and with it every stream
     */
    Routes(Workspace workspace, JobQueue queue, Notes notes, Reach reach, BooleanSupplier over) {
        this.workspace = workspace;
        this.queue = queue;
        this.jobs = new Jobs(workspace);
        this.notes = notes;
        this.reach = reach;
        this.over = over;
        this.datasets = new DatasetAnswers(workspace);
        this.runs = new JobAnswers(workspace, queue);
        this.models = new ModelAnswers(workspace);
    }

    void configure(JavalinConfig config) {
        var routes = config.routes;
        routes.exception(
                Refusal.class, (refusal, ctx) -> ProblemDocument.send(ctx, refusal.status(), refusal.problem()));
        routes.exception(Problem.class, (problem, ctx) -> ProblemDocument.send(ctx, 422, problem));
        routes.exception(IllegalArgumentException.class, (wrong, ctx) -> ProblemDocument.send(ctx, 422, wrong(wrong)));
        routes.exception(Exception.class, (failure, ctx) -> ProblemDocument.send(ctx, 500, unexpected(failure)));
        routes.before(Safety::check);
        routes.before("/api/*", ctx -> {
            Safety.guard(ctx, "");
            ctx.header("Cache-Control", "no-store");
        });
        routes.get("/api/openapi.json", ctx -> ctx.result(description()).contentType("application/json"));
        routes.get(
                "/api/workspace",
                ctx -> json(
                        ctx,
                        Map.of(
                                "folder", workspace.folder().toString(),
                                "standard", isStandard(),
                                "fovea", version())));
        routes.get("/api/settings", ctx -> json(ctx, SettingAnswers.usual()));
        routes.get("/api/settings/learning-rate", ctx -> json(ctx, course(ctx)));
        datasets(config);
        jobs(config);
        models(config);
        routes.get("/api/networks", ctx -> json(ctx, Map.of("networks", networks.list())));
        routes.get("/api/networks/{name}", ctx -> json(ctx, found(() -> networks.show(ctx.pathParam("name")))));
        routes.get("/api/notes/{shelf}", ctx -> json(ctx, Map.of("notes", notes.of(shelf(ctx)))));
        routes.put("/api/notes/{shelf}/{name}", this::note);
        routes.get("/api/*", ctx -> {
            throw new Refusal(
                    404,
                    new Problem(
                            "There is nothing at this address.",
                            ctx.path(),
                            "see /api/openapi.json for what there is"));
        });
        routes.get("/*", web::send);
    }

    private void datasets(JavalinConfig config) {
        var routes = config.routes;
        routes.get("/api/datasets", ctx -> json(ctx, Map.of("datasets", datasets.list())));
        routes.post("/api/datasets/drawn-digits", this::drawDigits);
        routes.get("/api/datasets/{name}", ctx -> json(ctx, datasets.show(named(Shelf.DATASETS, ctx))));
        routes.get("/api/datasets/{name}/mean.png", ctx -> png(ctx, datasets.mean(named(Shelf.DATASETS, ctx))));
        routes.get(
                "/api/datasets/{name}/{split}",
                ctx -> json(
                        ctx,
                        datasets.pictures(
                                named(Shelf.DATASETS, ctx),
                                ctx.pathParam("split"),
                                Optional.ofNullable(ctx.queryParam("class")),
                                Optional.ofNullable(ctx.queryParam("words")).orElse(""))));
        routes.get(
                "/api/datasets/{name}/{split}/sheet.png",
                ctx -> png(
                        ctx,
                        datasets.sheet(
                                named(Shelf.DATASETS, ctx),
                                ctx.pathParam("split"),
                                positions(ctx.queryParam("positions")))));
        routes.get(
                "/api/datasets/{name}/{split}/{position}",
                ctx -> json(
                        ctx,
                        datasets.picture(
                                named(Shelf.DATASETS, ctx),
                                ctx.pathParam("split"),
                                whole(ctx.pathParam("position"), "position"))));
        routes.get(
                "/api/datasets/{name}/{split}/{position}/picture.png",
                ctx -> png(
                        ctx,
                        datasets.png(
                                named(Shelf.DATASETS, ctx),
                                ctx.pathParam("split"),
                                whole(ctx.pathParam("position"), "position"))));
    }

    private void jobs(JavalinConfig config) {
        var routes = config.routes;
        routes.get("/api/jobs", ctx -> json(ctx, Map.of("jobs", runs.list())));
        routes.post("/api/jobs", this::begin);
        routes.get("/api/jobs/{id}", ctx -> json(ctx, runs.show(named(Shelf.RUNS, ctx))));
        routes.get("/api/jobs/{id}/events", this::events);
        routes.get("/api/jobs/{id}/files", ctx -> json(ctx, Map.of("files", runs.files(named(Shelf.RUNS, ctx)))));
        routes.get("/api/jobs/{id}/files/<path>", this::file);
        routes.post("/api/jobs/{id}/stop", this::stop);
        routes.post("/api/jobs/{id}/go-on", this::goOn);
        routes.get("/api/queue", ctx -> json(ctx, queueJson()));
        routes.put("/api/queue", this::reorder);
    }

    private void models(JavalinConfig config) {
        var routes = config.routes;
        routes.get("/api/models", ctx -> json(ctx, Map.of("models", models.list())));
        routes.get("/api/models/{name}", ctx -> json(ctx, models.show(named(Shelf.MODELS, ctx))));
        routes.get("/api/models/{name}/file", ctx -> {
            Path file = models.file(named(Shelf.MODELS, ctx));
            download(ctx, file, file.getFileName().toString());
        });
        routes.post(
                "/api/models/{name}/predict",
                ctx -> json(
                        ctx,
                        models.predict(
                                named(Shelf.MODELS, ctx),
                                Body.picture(ctx),
                                "the picture",
                                Optional.ofNullable(ctx.queryParam("top"))
                                        .map(word -> whole(word, "top"))
                                        .orElse(10))));
    }

    private void drawDigits(Context ctx) {
        Map<String, Object> fields = Json.fields(Body.text(ctx));
        String name = String.valueOf(fields.getOrDefault("name", "digits"));
        int perDigit = whole(String.valueOf(fields.getOrDefault("perDigit", 600)), "perDigit");
        Workspace.checkedName("dataset", name);
        begun(ctx, JobYaml.Order.of(DrawnDigits.of(workspace, name, perDigit)), Jobs.Going.ON);
    }

    /** JSON is YAML too. */
    private void begin(Context ctx) {
        String text = new String(Body.text(ctx), StandardCharsets.UTF_8);
        JobYaml.Order order = JobYaml.read(text, "the job", workspace.folder());
        reach.check(order.job());
        begun(ctx, order, "true".equals(ctx.queryParam("anew")) ? Jobs.Going.ANEW : Jobs.Going.ON);
    }

    private void begun(Context ctx, JobYaml.Order order, Jobs.Going going) {
        String id = queue.add(order, going);
        ctx.status(201).header("Location", "/api/jobs/" + id);
        json(ctx, Map.of("job", id));
    }

    private void stop(Context ctx) {
        String id = named(Shelf.RUNS, ctx);
        if (!queue.stop(id)) {
            throw new Refusal(
                    409,
                    new Problem(
                            "Nothing is done for this job just now.", "job \"" + id + "\"", "it is stopped already"));
        }
        ctx.status(202);
        json(ctx, Map.of("job", id));
    }

    private void goOn(Context ctx) {
        String id = named(Shelf.RUNS, ctx);
        JobState state = jobs.show(id).state();
        if (state == JobState.RUNNING || state == JobState.DONE) {
            throw new Refusal(
                    409,
                    new Problem(
                            state == JobState.DONE ? "The job is done." : "The job is being done.",
                            "job \"" + id + "\"",
                            "begin another one with the same words"));
        }
        queue.goOn(id);
        ctx.status(202);
        json(ctx, Map.of("job", id));
    }

    private Map<String, Object> queueJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        queue.running().ifPresent(id -> json.put("running", id));
        json.put("waiting", queue.waiting());
        return json;
    }

    private void reorder(Context ctx) {
        Object waiting = Json.fields(Body.text(ctx)).get("waiting");
        if (!(waiting instanceof List<?> names))
            throw new Problem("The queue's order is missing.", "waiting", "send the names of all jobs that wait");
        queue.reorder(names.stream().map(String::valueOf).toList());
        json(ctx, queueJson());
    }

    private void events(Context ctx) throws IOException {
        Path file = runs.events(named(Shelf.RUNS, ctx));
        String last = Optional.ofNullable(ctx.header("Last-Event-ID"))
                .or(() -> Optional.ofNullable(ctx.queryParam("after")))
                .orElse("0");
        EventTail tail = new EventTail(file, whole(last, "Last-Event-ID"));
        ctx.contentType("text/event-stream");
        try (OutputStream out = ctx.res().getOutputStream()) {
            EventStream.send(tail, out, over);
        } catch (IOException readerIsGone) {
            // it comes back and says what it saw last
        }
    }

    private void file(Context ctx) throws IOException {
        String path = ctx.pathParam("path");
        String id = named(Shelf.RUNS, ctx);
        Path file = found(() -> runs.file(id, path));
        if (path.equals("log.txt") && ctx.queryParam("download") == null) {
            ctx.contentType("text/plain; charset=utf-8").result(Files.newInputStream(file));
            return;
        }
        download(ctx, file, file.getFileName().toString());
    }

    /** A file is always saved, never shown: what it holds is not this server's. */
    private static void download(Context ctx, Path file, String name) throws IOException {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
        ctx.contentType("application/octet-stream");
        ctx.header("Content-Disposition", "attachment; filename=\"" + plain + "\"");
        ctx.header("Content-Length", Long.toString(Files.size(file)));
        ctx.result(Files.newInputStream(file));
    }

    private void note(Context ctx) {
        Shelf shelf = shelf(ctx);
        String name = named(shelf, ctx);
        Map<String, Object> fields = Json.fields(Body.text(ctx));
        List<String> tags = fields.get("tags") instanceof List<?> words
                ? words.stream().map(String::valueOf).toList()
                : List.of();
        Note note = new Note(tags, String.valueOf(fields.getOrDefault("text", "")));
        notes.put(shelf, name, note);
        json(ctx, note);
    }

    private static Shelf shelf(Context ctx) {
        String word = ctx.pathParam("shelf");
        List<Shelf> shelves = List.of(Shelf.DATASETS, Shelf.RUNS, Shelf.MODELS);
        return shelves.stream()
                .filter(shelf -> shelf.folder().equals(word))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        404,
                        new Problem(
                                "There are no notes on \"" + word + "\".",
                                ctx.path(),
                                Nearest.suggestion(
                                        word,
                                        shelves.stream().map(Shelf::folder).toList()))));
    }

    private static Map<String, Object> course(Context ctx) {
        return SettingAnswers.course(
                Optional.ofNullable(ctx.queryParam("schedule")).orElse("cosine"),
                number(Optional.ofNullable(ctx.queryParam("learningRate")).orElse("0.01"), "learningRate"),
                whole(Optional.ofNullable(ctx.queryParam("epochs")).orElse("30"), "epochs"),
                number(Optional.ofNullable(ctx.queryParam("warmUp")).orElse("0"), "warmUp"));
    }

    /** Returns the name of something that is there. */
    private String named(Shelf shelf, Context ctx) {
        String name = ctx.pathParamMap().containsKey("id") ? ctx.pathParam("id") : ctx.pathParam("name");
        return found(() -> {
            workspace.existing(shelf, name);
            return name;
        });
    }

    private static <T> T found(java.util.function.Supplier<T> look) {
        try {
            return look.get();
        } catch (Problem absent) {
            throw new Refusal(404, absent);
        }
    }

    private static int[] positions(String words) {
        if (words == null || words.isBlank())
            throw new Problem("No pictures are named.", "positions", "name positions, such as 0,1,2");
        return Arrays.stream(words.split(","))
                .mapToInt(word -> whole(word, "positions"))
                .toArray();
    }

    private static int whole(String word, String where) {
        try {
            return Integer.parseInt(word.strip());
        } catch (NumberFormatException otherwise) {
            throw new Problem("Expected a whole number, found \"" + word + "\".", where, "write digits", otherwise);
        }
    }

    private static double number(String word, String where) {
        try {
            return Double.parseDouble(word.strip());
        } catch (NumberFormatException otherwise) {
            throw new Problem("Expected a number, found \"" + word + "\".", where, "write one such as 0.01", otherwise);
        }
    }

    private static void json(Context ctx, Object answer) {
        ctx.result(Json.bytes(answer)).contentType("application/json");
    }

    /** Pictures are told apart by the address, and change only if a dataset is made anew. */
    private static void png(Context ctx, byte[] png) {
        ctx.header("Cache-Control", "private, max-age=60").result(png).contentType("image/png");
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
