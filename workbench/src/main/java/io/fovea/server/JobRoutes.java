package io.fovea.server;

import io.fovea.job.JobYaml;
import io.fovea.problem.Problem;
import io.fovea.queue.JobQueue;
import io.fovea.resource.JobAnswers;
import io.fovea.stream.EventStream;
import io.fovea.stream.EventTail;
import io.fovea.work.JobState;
import io.fovea.work.Jobs;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/** Addresses of jobs, their events and files, and of the queue. */
final class JobRoutes {

    /** Each looks 33 times a second whether something was added. */
    private static final int MOST_STREAMS = 200;

    private final Workspace workspace;
    private final JobQueue queue;
    private final Jobs jobs;
    private final JobAnswers runs;
    private final Reach reach;
    private final BooleanSupplier over;
    private final Semaphore streams = new Semaphore(MOST_STREAMS);

    /**
     * Nothing is asked yet.
     *
     * @param reach which places jobs may name
     * @param over  whether the server ends, and with it every stream
     */
    JobRoutes(Workspace workspace, JobQueue queue, Reach reach, BooleanSupplier over) {
        this.workspace = workspace;
        this.queue = queue;
        this.jobs = new Jobs(workspace);
        this.runs = new JobAnswers(workspace, queue);
        this.reach = reach;
        this.over = over;
    }

    void configure(JavalinConfig config) {
        var routes = config.routes;
        routes.get("/api/jobs", ctx -> Reply.json(ctx, Map.of("jobs", runs.list())));
        routes.post("/api/jobs", this::begin);
        routes.get("/api/jobs/{id}", ctx -> Reply.json(ctx, runs.show(Parameter.name(workspace, Shelf.RUNS, ctx))));
        routes.get("/api/jobs/{id}/events", this::events);
        routes.get(
                "/api/jobs/{id}/files",
                ctx -> Reply.json(ctx, Map.of("files", runs.files(Parameter.name(workspace, Shelf.RUNS, ctx)))));
        routes.get("/api/jobs/{id}/files/<path>", this::file);
        routes.post("/api/jobs/{id}/stop", this::stop);
        routes.post("/api/jobs/{id}/go-on", this::goOn);
        routes.get("/api/queue", ctx -> Reply.json(ctx, queueJson()));
        routes.put("/api/queue", this::reorder);
    }

    /** Forgets a job that was deleted. */
    void forget(String id) {
        queue.forget(id);
        runs.forget(id);
    }

    /** JSON is YAML too. */
    private void begin(Context ctx) {
        String text = new String(Body.text(ctx), StandardCharsets.UTF_8);
        JobYaml.Order order = JobYaml.read(text, "the job", workspace.folder());
        reach.check(order.job());
        begun(ctx, queue, order, "true".equals(ctx.queryParam("anew")) ? Jobs.Going.ANEW : Jobs.Going.ON);
    }

    /** Begins a job and says where it is found. */
    static void begun(Context ctx, JobQueue queue, JobYaml.Order order, Jobs.Going going) {
        String id = Visitor.of(ctx).begins(order.job(), () -> queue.add(order, going));
        ctx.status(201).header("Location", "/api/jobs/" + id);
        Reply.json(ctx, Map.of("job", id));
    }

    private void stop(Context ctx) {
        String id = Parameter.name(workspace, Shelf.RUNS, ctx);
        Visitor.of(ctx).checkMayChange(Shelf.RUNS, id);
        if (!queue.stop(id)) {
            throw new Refusal(409, notStopped(id, jobs.show(id).state()));
        }
        ctx.status(202);
        Reply.json(ctx, Map.of("job", id));
    }

    private static Problem notStopped(String id, JobState state) {
        String advice =
                switch (state) {
                    case DONE -> "it is done: look at what came out";
                    case STOPPED -> "it is stopped already; go on with it, or leave it";
                    case FAILED -> "it has failed already; its page says why";
                    default -> "ask again in a moment: it begins or ends just now";
                };
        return new Problem("Nothing is done for this job just now.", "job \"" + id + "\"", advice);
    }

    private void goOn(Context ctx) {
        String id = Parameter.name(workspace, Shelf.RUNS, ctx);
        Visitor.of(ctx).checkMayChange(Shelf.RUNS, id);
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
        Reply.json(ctx, Map.of("job", id));
    }

    private Map<String, Object> queueJson() {
        List<Map<String, Object>> lanes = new ArrayList<>();
        for (JobQueue.InLane each : queue.lanes()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("lane", each.lane().word());
            each.running().ifPresent(id -> json.put("running", id));
            json.put("waiting", each.waiting());
            lanes.add(json);
        }
        return Map.of("lanes", lanes);
    }

    private void reorder(Context ctx) {
        Object waiting = Json.fields(Body.text(ctx)).get("waiting");
        if (!(waiting instanceof List<?> names))
            throw new Problem("The queue's order is missing.", "waiting", "send the names of all that wait in a lane");
        List<String> order = names.stream().map(String::valueOf).toList();
        List<String> before = queue.waiting().stream().filter(order::contains).toList();
        for (int i = 0; i < Math.min(order.size(), before.size()); i++) // others' jobs keep their places
        if (!order.get(i).equals(before.get(i))) Visitor.of(ctx).checkMayChange(Shelf.RUNS, before.get(i));
        queue.reorder(order);
        Reply.json(ctx, queueJson());
    }

    private void events(Context ctx) throws IOException {
        Path file = runs.events(Parameter.name(workspace, Shelf.RUNS, ctx));
        String last = Optional.ofNullable(ctx.header("Last-Event-ID"))
                .or(() -> Optional.ofNullable(ctx.queryParam("after")))
                .orElse("0");
        EventTail tail = new EventTail(file, Parameter.whole(last, "Last-Event-ID"));
        if (!streams.tryAcquire()) throw tooManyStreams();
        try (OutputStream out = ctx.contentType("text/event-stream").res().getOutputStream()) {
            EventStream.send(tail, out, over);
        } catch (IOException readerIsGone) {
            // it comes back and says what it saw last
        } finally {
            streams.release();
        }
    }

    private static Refusal tooManyStreams() {
        return new Refusal(
                503,
                new Problem(
                        "As many as " + MOST_STREAMS + " readers follow the events of jobs just now.",
                        "the workbench",
                        "close pages that are not looked at, or read the events by /api/jobs/NAME/files/events.jsonl"));
    }

    private void file(Context ctx) throws IOException {
        String path = ctx.pathParam("path");
        String id = Parameter.name(workspace, Shelf.RUNS, ctx);
        Path file = Refusal.orAbsent(() -> runs.file(id, path));
        if (path.equals("log.txt") && ctx.queryParam("download") == null) {
            ctx.contentType("text/plain; charset=utf-8").result(Files.newInputStream(file));
            return;
        }
        Reply.download(ctx, file, file.getFileName().toString());
    }
}
