package io.fovea.server;

import io.fovea.note.Note;
import io.fovea.note.Notes;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** Addresses of what people add to things. */
final class NoteRoutes {

    private final Workspace workspace;
    private final Notes notes;

    NoteRoutes(Workspace workspace, Notes notes) {
        this.workspace = workspace;
        this.notes = notes;
    }

    void configure(JavalinConfig config) {
        var routes = config.routes;
        routes.get("/api/notes/{shelf}", ctx -> Reply.json(ctx, Map.of("notes", notes.of(shelf(ctx)))));
        routes.put("/api/notes/{shelf}/{name}", this::note);
    }

    private void note(Context ctx) {
        Shelf shelf = shelf(ctx);
        String name = Parameter.name(workspace, shelf, ctx);
        Map<String, Object> fields = Json.fields(Body.text(ctx));
        List<String> tags = fields.get("tags") instanceof List<?> words
                ? words.stream().map(String::valueOf).toList()
                : List.of();
        Note note = new Note(tags, String.valueOf(fields.getOrDefault("text", "")));
        notes.put(shelf, name, note);
        Reply.json(ctx, note);
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
