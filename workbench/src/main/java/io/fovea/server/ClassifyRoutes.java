package io.fovea.server;

import io.fovea.answer.AnswerTable.Wanted;
import io.fovea.file.AtomicFile;
import io.fovea.look.Looks;
import io.fovea.problem.Problem;
import io.fovea.resource.ClassifyAnswers;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Addresses of what models said about many pictures, and of pictures that are sent for that. */
final class ClassifyRoutes {

    /** Pixels of a picture that is shown among many. */
    private static final int LONGEST_SIDE = 512;

    private static final String USUAL_COUNT = "100";
    private static final String NAME = "[^/\\\\\\p{Cntrl}]{1,200}";

    private final Workspace workspace;
    private final Reach reach;
    private final ClassifyAnswers answers;
    private final Looks looks;

    /**
     * Nothing is asked yet.
     *
     * @param reach which pictures may be shown
     * @param looks what decodes them
     */
    ClassifyRoutes(Workspace workspace, Reach reach, Looks looks) {
        this.workspace = workspace;
        this.reach = reach;
        this.answers = new ClassifyAnswers(workspace);
        this.looks = looks;
    }

    void configure(JavalinConfig config) {
        var routes = config.routes;
        routes.get("/api/jobs/{id}/answers", ctx -> Reply.json(ctx, answers.show(id(ctx))));
        routes.get("/api/jobs/{id}/answers/rows", ctx -> Reply.json(ctx, rows(ctx)));
        routes.get("/api/jobs/{id}/answers/{position}/picture.png", this::picture);
        routes.post("/api/pictures/{set}/{name}", this::keep);
    }

    private String id(Context ctx) {
        return Parameter.name(workspace, Shelf.RUNS, ctx);
    }

    private Map<String, Object> rows(Context ctx) {
        Wanted wanted = new Wanted(
                ClassifyAnswers.show(given(ctx, "show")),
                whole(ctx, "model", "0"),
                given(ctx, "truth"),
                given(ctx, "answer"),
                given(ctx, "words").orElse(""),
                ClassifyAnswers.order(given(ctx, "order")),
                !"false".equals(ctx.queryParam("up")));
        return answers.rows(id(ctx), wanted, whole(ctx, "from", "0"), whole(ctx, "count", USUAL_COUNT));
    }

    /** A file of somebody's is decoded by a worker. */
    private void picture(Context ctx) {
        int position = Parameter.whole(ctx.pathParam("position"), "position");
        Optional<Path> file = answers.file(id(ctx), position);
        if (file.isEmpty()) {
            Reply.png(ctx, answers.ofDataset(id(ctx), position));
            return;
        }
        reach.check(file.get());
        Reply.answer(ctx, looks.png(file.get(), LONGEST_SIDE));
    }

    private static Optional<String> given(Context ctx, String name) {
        return Optional.ofNullable(ctx.queryParam(name)).filter(word -> !word.isEmpty());
    }

    private static int whole(Context ctx, String name, String otherwise) {
        return Parameter.whole(given(ctx, name).orElse(otherwise), name);
    }

    /** Keeps a picture for a job that reads its folder. Of two of the same name the later one gets a number. */
    private void keep(Context ctx) throws IOException {
        Path folder = workspace
                .workbench()
                .resolve("pictures")
                .resolve(Workspace.checkedName("set of pictures", ctx.pathParam("set")));
        String name = ctx.pathParam("name");
        if (!name.matches(NAME) || name.startsWith("."))
            throw new Problem(
                    "\"" + name + "\" cannot name a picture.",
                    "name",
                    "use a file's name without folders, not beginning with a dot, of at most 200 letters");
        byte[] bytes = Body.picture(ctx);
        Files.createDirectories(folder);
        Path file = folder.resolve(name);
        for (int number = 2; Files.exists(file); number++) file = folder.resolve(number + "-" + name);
        AtomicFile.write(file, bytes);
        ctx.status(201);
        Reply.json(
                ctx,
                Map.of("folder", folder.toString(), "name", file.getFileName().toString()));
    }
}
