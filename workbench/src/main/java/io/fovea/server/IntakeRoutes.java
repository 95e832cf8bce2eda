package io.fovea.server;

import io.fovea.dataset.Preparation;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.intake.OpenFolders;
import io.fovea.intake.PendingImports;
import io.fovea.intake.RecordedImport;
import io.fovea.intake.SourceLooks;
import io.fovea.intake.Uploads;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.queue.JobQueue;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Addresses of what comes in: uploads, folders to choose from, looks at sources, and imports as they were and as they go. */
final class IntakeRoutes {

    /** The place of uploads in the workspace, for their owners. */
    private static final String UPLOADS = "uploads";

    private final Workspace workspace;
    private final Reach reach;
    private final Uploads uploads;
    private final OpenFolders folders;
    private final SourceLooks looks;
    private final RecordedImport recorded;
    private final PendingImports pending;
    private final JobQueue queue;

    IntakeRoutes(Workspace workspace, JobQueue queue, Reach reach, Uploads uploads, SourceLooks looks) {
        this.queue = queue;
        this.pending = new PendingImports(workspace);
        this.workspace = workspace;
        this.reach = reach;
        this.uploads = uploads;
        this.folders = new OpenFolders(reach.folders(), reach::holds);
        this.looks = looks;
        this.recorded = new RecordedImport(workspace);
    }

    void configure(JavalinConfig config) {
        var routes = config.routes;
        routes.get("/api/uploads", ctx -> Reply.json(ctx, uploads()));
        routes.post("/api/uploads", this::receive);
        routes.delete("/api/uploads/{name}", this::deleteUpload);
        routes.get("/api/folders", this::folder);
        routes.get("/api/imports", ctx -> Reply.json(ctx, Map.of("imports", pending())));
        routes.post("/api/looks", this::look);
        routes.get("/api/looks/{look}/{position}/picture.png", this::sample);
        routes.get(
                "/api/datasets/{name}/import",
                ctx -> Reply.json(ctx, recorded.of(Parameter.name(workspace, Shelf.DATASETS, ctx))));
        routes.get("/api/jobs/{id}/arriving.png", this::arriving);
    }

    private List<Map<String, Object>> pending() {
        List<String> ids = new ArrayList<>(queue.running());
        ids.addAll(queue.waiting());
        return pending.of(ids);
    }

    private Map<String, Object> uploads() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("uploads", uploads.list().stream().map(IntakeRoutes::json).toList());
        json.put("mostBytes", uploads.limits().bytes());
        json.put("mostFiles", uploads.limits().files());
        return json;
    }

    private static Map<String, Object> json(Uploads.Upload upload) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", upload.name());
        json.put("folder", upload.folder().toString());
        json.put("sizeInBytes", upload.sizeInBytes());
        return json;
    }

    private void receive(Context ctx) throws IOException {
        long length = ctx.req().getContentLengthLong();
        String name = Optional.ofNullable(ctx.queryParam("name")).orElse("upload");
        try (InputStream body = ctx.req().getInputStream()) {
            Uploads.Received received =
                    uploads.receive(body, name, length < 0 ? OptionalLong.empty() : OptionalLong.of(length));
            Visitor.of(ctx).made(UPLOADS, received.upload().name());
            Map<String, Object> json = json(received.upload());
            json.put("files", received.files());
            json.put("links", received.links());
            ctx.status(201);
            Reply.json(ctx, json);
        } catch (Uploads.TooMuch more) {
            throw new Refusal(more.isDisk() ? 507 : 413, more.problem());
        }
    }

    private void deleteUpload(Context ctx) {
        String name = ctx.pathParam("name");
        Visitor.of(ctx).checkMayChange(UPLOADS, "upload", name);
        Reply.json(ctx, json(Refusal.orAbsent(() -> uploads.delete(name))));
        Visitor.of(ctx).deleted(UPLOADS, name);
    }

    private void folder(Context ctx) {
        String path = ctx.queryParam("path");
        if (path == null || path.isBlank()) {
            Reply.json(ctx, folders.begin());
            return;
        }
        Path folder = path(path);
        reach.check(folder);
        if (!Files.isDirectory(folder))
            throw new Refusal(
                    404,
                    new Problem("There is no such folder.", folder.toString(), "choose one that /api/folders lists"));
        Reply.json(ctx, folders.list(folder));
    }

    private Path path(String words) {
        try {
            return workspace.folder().resolve(words).normalize();
        } catch (InvalidPathException otherwise) {
            throw new Problem("\"" + words + "\" is no path.", "path", "write one such as photos/pets", otherwise);
        }
    }

    /** The body is the job that would import; its name need not be chosen yet. */
    private void look(Context ctx) {
        String text = new String(Body.text(ctx), StandardCharsets.UTF_8);
        JobYaml.Order order = JobYaml.read(text, "the job", workspace.folder());
        if (!(order.job() instanceof Job.Import job))
            throw new Problem(
                    "Expected a job of kind import, found " + order.job().kind() + ".",
                    "kind",
                    "write {kind: import, name: NAME, sources: [FOLDER]}");
        reach.check(job);
        Reply.answer(ctx, looks.look(job));
    }

    private void sample(Context ctx) {
        Preparation preparation = new Preparation(
                query(ctx, "height", 224),
                query(ctx, "width", 224),
                constant(ctx, "colorMode", ColorMode.values(), ColorMode.COLOR),
                constant(ctx, "resizeMode", ResizeMode.values(), ResizeMode.SQUASH),
                query(ctx, "cropMargin", 0));
        int position = Parameter.whole(ctx.pathParam("position"), "position");
        Reply.answer(ctx, Refusal.orAbsent(() -> looks.sample(ctx.pathParam("look"), position, preparation)));
    }

    private static int query(Context ctx, String name, int usual) {
        return Optional.ofNullable(ctx.queryParam(name))
                .map(word -> Parameter.whole(word, name))
                .orElse(usual);
    }

    private static <E extends Enum<E>> E constant(Context ctx, String name, E[] all, E usual) {
        String word = ctx.queryParam(name);
        if (word == null) return usual;
        Function<E, String> lower = each -> each.name().toLowerCase(Locale.ROOT);
        return Arrays.stream(all)
                .filter(each -> lower.apply(each).equals(word))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        "There is no " + name + " \"" + word + "\".",
                        name,
                        Nearest.suggestion(word, Arrays.stream(all).map(lower).toList())));
    }

    private void arriving(Context ctx) throws IOException {
        Path file = workspace.run(Parameter.name(workspace, Shelf.RUNS, ctx)).resolve("arriving.png");
        if (!Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            ctx.status(204); // none has come yet, or nothing comes any more: no fault of whoever asks
            return;
        }
        ctx.result(Files.readAllBytes(file)).contentType("image/png");
    }
}
