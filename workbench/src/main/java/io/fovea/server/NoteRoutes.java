package io.fovea.server;

import io.fovea.note.Note;
import io.fovea.note.Notes;
import io.fovea.note.Owners;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** Addresses of what people add to things, and whose things are. */
final class NoteRoutes {

    private static final List<String> NOTE = List.of("text", "tags");

    private final Workspace workspace;
    private final Notes notes;
    private final Owners owners;

    NoteRoutes(Workspace workspace, Notes notes, Owners owners) {
        this.workspace = workspace;
        this.notes = notes;
        this.owners = owners;
    }

    void configure(JavalinConfig config) {
        var routes = config.routes;
        routes.get("/api/notes/{shelf}", ctx -> Reply.json(ctx, Map.of("notes", notes.of(shelf(ctx)))));
        routes.put("/api/notes/{shelf}/{name}", this::note);
        routes.get(
                "/api/owners/{shelf}",
                ctx -> Reply.json(ctx, Map.of("owners", owners.of(shelf(ctx).folder()))));
    }

    private void note(Context ctx) {
        Shelf shelf = shelf(ctx);
        String name = Parameter.name(workspace, shelf, ctx);
        Note note = note(Json.fields(Body.text(ctx)));
        notes.put(shelf, name, note);
        Reply.json(ctx, note);
    }

    /** A note is replaced as a whole, so that a field which is not understood would cost what was there. */
    private static Note note(Map<String, Object> fields) {
        for (String field : fields.keySet()) {
            if (NOTE.contains(field)) continue;
            throw new Problem("A note has no field \"" + field + "\".", "the body", Nearest.suggestion(field, NOTE));
        }
        if (!(fields.getOrDefault("text", "") instanceof String text)
                || !(fields.getOrDefault("tags", List.of()) instanceof List<?> tags)
                || !tags.stream().allMatch(String.class::isInstance))
            throw new Problem(
                    "A note is a text and a list of tags.",
                    "the body",
                    "send {\"text\": \"…\", \"tags\": [\"…\"]}; what is left out becomes empty");
        return new Note(tags.stream().map(String.class::cast).toList(), text);
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
}
