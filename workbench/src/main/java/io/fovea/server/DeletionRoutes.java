package io.fovea.server;

import io.fovea.deletion.Deletion;
import io.fovea.deletion.Deletions;
import io.fovea.file.FileTree;
import io.fovea.intake.Uploads;
import io.fovea.note.Note;
import io.fovea.note.Notes;
import io.fovea.problem.Problem;
import io.fovea.queue.JobQueue;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Addresses of what takes the disk, and of deletions. */
final class DeletionRoutes {

    private static final List<Shelf> SHELVES = List.of(Shelf.DATASETS, Shelf.RUNS, Shelf.MODELS);

    private final Workspace workspace;
    private final Deletions deletions;
    private final Notes notes;
    private final Uploads uploads;
    private final Consumer<Deletion.Name> forget;

    /**
     * Nothing is deleted yet.
     *
     * @param forget lets go of what was deleted, and of what was remembered of it
     */
    DeletionRoutes(Workspace workspace, JobQueue queue, Notes notes, Uploads uploads, Consumer<Deletion.Name> forget) {
        this.workspace = workspace;
        this.deletions = new Deletions(workspace, queue::waits);
        this.notes = notes;
        this.uploads = uploads;
        this.forget = forget;
    }

    void configure(JavalinConfig config) {
        var routes = config.routes;
        routes.get("/api/disk", ctx -> Reply.json(ctx, disk()));
        routes.post(
                "/api/deletions/look", ctx -> Reply.json(ctx, looked(names(ctx)).json()));
        routes.post(
                "/api/deletions", ctx -> Reply.json(ctx, delete(ctx, names(ctx)).json()));
        routes.delete(
                "/api/datasets/{name}",
                ctx -> Reply.json(ctx, delete(ctx, name(Shelf.DATASETS, ctx)).json()));
        routes.delete(
                "/api/jobs/{id}",
                ctx -> Reply.json(ctx, delete(ctx, name(Shelf.RUNS, ctx)).json()));
        routes.delete(
                "/api/models/{name}",
                ctx -> Reply.json(ctx, delete(ctx, name(Shelf.MODELS, ctx)).json()));
    }

    private List<Deletion.Name> name(Shelf shelf, Context ctx) {
        return List.of(new Deletion.Name(shelf, Parameter.name(workspace, shelf, ctx)));
    }

    private static List<Deletion.Name> names(Context ctx) {
        Map<String, Object> fields = Json.fields(Body.text(ctx));
        List<Deletion.Name> names = new ArrayList<>();
        for (Shelf shelf : SHELVES) {
            if (!(fields.get(shelf.folder()) instanceof List<?> several)) continue;
            for (Object each : several) names.add(new Deletion.Name(shelf, String.valueOf(each)));
        }
        if (names.isEmpty())
            throw new Problem(
                    "Nothing is named that could be deleted.",
                    "the body",
                    "send {\"datasets\": [NAME], \"runs\": [NAME], \"models\": [NAME]}, each of them if need be");
        return names;
    }

    private Deletion looked(List<Deletion.Name> names) {
        return Refusal.orAbsent(() -> deletions.look(names));
    }

    private Deletion delete(Context ctx, List<Deletion.Name> names) {
        Visitor visitor = Visitor.of(ctx);
        for (Deletion.Name each : names) visitor.checkMayChange(each.shelf(), each.name());
        looked(names).obstacle().ifPresent(problem -> {
            throw new Refusal(409, problem);
        });
        Deletion deletion = deletions.delete(names);
        names.forEach(forget);
        for (Deletion.Thing thing : deletion.things()) {
            visitor.deleted(thing.name().shelf().folder(), thing.name().name());
            try {
                notes.put(thing.name().shelf(), thing.name().name(), Note.NONE);
            } catch (Problem damaged) {
                // where notes are shown it is told
            }
        }
        return deletion;
    }

    private Map<String, Object> disk() throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        for (Shelf shelf : SHELVES) {
            Map<String, Long> sizes = new LinkedHashMap<>();
            for (String name : workspace.names(shelf))
                sizes.put(
                        name,
                        FileTree.sizeInBytes(
                                workspace.folder().resolve(shelf.folder()).resolve(name)));
            json.put(shelf.folder(), sizes);
        }
        json.put(
                "uploads",
                uploads.list().stream().mapToLong(Uploads.Upload::sizeInBytes).sum());
        json.put("cache", FileTree.sizeInBytes(workspace.cache()));
        json.put("free", Files.getFileStore(workspace.folder()).getUsableSpace());
        return json;
    }
}
