package io.fovea.look;

import com.sun.management.OperatingSystemMXBean;
import io.fovea.file.FolderBounds;
import io.fovea.problem.Problem;
import io.fovea.worker.Answer;
import io.fovea.worker.Limits;
import io.fovea.worker.Question;
import io.fovea.worker.Workers;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Asks workers about models and pictures. Predictions have workers of their own, so that none waits behind an explanation. Threads may share it.
 *
 * <p>All methods throw {@link Problem} if what they name is not there or cannot be shown, and {@link io.fovea.worker.Unanswered} if the process that
 * answers ends in the middle or takes too long.
 */
public final class Looks implements AutoCloseable {

    /** A process that starts takes the processors from the first page, which comes right after the server. */
    private static final Duration PAGES_FIRST = Duration.ofSeconds(3);

    /** Pixels of the longer side of a picture that is shown, at most. */
    private static final int LARGEST_SIDE = 2048;

    private static final Duration FOR_A_PREDICTION = Duration.ofSeconds(60);
    private static final Duration FOR_AN_EXPLANATION = Duration.ofSeconds(180);

    private final Workspace workspace;
    private final KeptPictures pictures;
    private final Workers predictions;
    private final Workers explanations;

    /**
     * Those of a workspace; a process for predictions is started ahead.
     *
     * @param bounds of the files that people name
     */
    public Looks(Workspace workspace, FolderBounds bounds) {
        this(workspace, bounds, limits(2, FOR_A_PREDICTION), limits(1, FOR_AN_EXPLANATION));
    }

    /**
     * With limits.
     *
     * @param bounds      of the files that people name
     * @param prediction  of processes that predict
     * @param explanation of processes that explain
     */
    public Looks(Workspace workspace, FolderBounds bounds, Limits prediction, Limits explanation) {
        this.workspace = workspace;
        this.pictures = new KeptPictures(workspace.workbench().resolve("tried"));
        Path output = workspace.workbench().resolve("output");
        this.predictions = new Workers(
                "the workbench's predictions", LookWorker.class, output.resolve("predictions.txt"), prediction, bounds);
        this.explanations = new Workers(
                "the workbench's explanations",
                LookWorker.class,
                output.resolve("explanations.txt"),
                explanation,
                bounds);
        predictions.warm(
                new Question(
                        "load",
                        "",
                        newest().map(file -> Map.<String, Object>of("model", file))
                                .orElse(Map.of())),
                PAGES_FIRST);
    }

    private static Limits limits(int processes, Duration deadline) {
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return Limits.of(processes, deadline, machine.getTotalMemorySize());
    }

    /** Returns a model that is likely to be asked about first. */
    private Optional<String> newest() {
        try {
            return workspace.names(Shelf.MODELS).stream()
                    .flatMap(name -> workspace.newestModel(name).stream())
                    .max(java.util.Comparator.comparing(file -> file.toFile().lastModified()))
                    .map(Path::toString);
        } catch (Problem unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Returns what a model says about the bytes of a picture's file.
     *
     * @param top how many classes are named where they are ranked
     */
    public Answer predict(Path model, byte[] picture, int top) {
        return predictions.ask(new Question(
                "predict", model.toString(), Map.of("model", model.toString(), "top", checkedTop(top)), picture));
    }

    /** Returns what a model says about a picture that is kept. */
    public Answer predict(Path model, String picture, int top) {
        return predictions.ask(question("predict", model, picture, Map.of("top", checkedTop(top))));
    }

    private static int checkedTop(int top) {
        if (top < 1) throw new Problem("top is " + top + ".", "the query", "ask for 1 class or more");
        return top;
    }

    /**
     * A picture that is kept.
     *
     * @param name  what it is asked for by
     * @param about its size
     */
    public record Kept(String name, Answer about) {}

    /** Keeps a picture to look at. */
    public Kept keep(byte[] picture) {
        String name = pictures.keep(picture);
        try {
            return new Kept(name, about(name));
        } catch (Problem broken) {
            pictures.forget(name);
            throw broken;
        }
    }

    /**
     * Checks that a picture is kept.
     *
     * @throws Problem if it is not, or no longer
     */
    public void check(String picture) {
        pictures.file(picture);
    }

    /** Returns the size of a picture that is kept, upright. */
    public Answer about(String picture) {
        return predictions.ask(new Question("picture", "", Map.of("picture", file(picture))));
    }

    /**
     * Returns a picture that is kept, upright, as PNG.
     *
     * @param side pixels of its longer side, at most
     */
    public Answer png(String picture, int side) {
        if (side < 1 || side > LARGEST_SIDE)
            throw new Problem("side is " + side + ".", "the query", "ask for 1 to " + LARGEST_SIDE + " pixels");
        return predictions.ask(new Question("png", "", Map.of("picture", file(picture), "side", side)));
    }

    /**
     * Returns a picture of somebody's files, upright, as PNG.
     *
     * @param side pixels of its longer side, at most
     */
    public Answer png(Path file, int side) {
        return predictions.ask(new Question("filePng", "", Map.of("file", file.toString(), "side", side)));
    }

    /** Returns all layers with what they give for a picture. */
    public Answer layers(Path model, String picture, int top) {
        return explanations.ask(question("layers", model, picture, Map.of("top", checkedTop(top))));
    }

    /** Returns a picture as the network sees it, as PNG. */
    public Answer prepared(Path model, String picture) {
        return explanations.ask(question("prepared", model, picture, Map.of()));
    }

    /**
     * Returns maps of a layer side by side, as PNG.
     *
     * @param oneRange whether all are drawn in one range
     * @param first    the first map, from 0
     * @param most     maps, at most
     */
    public Answer maps(Path model, String picture, String layer, boolean oneRange, int first, int most) {
        return explanations.ask(question(
                "maps", model, picture, Map.of("layer", layer, "oneRange", oneRange, "first", first, "most", most)));
    }

    /** Returns one map of a layer with its values. */
    public Answer map(Path model, String picture, String layer, int channel) {
        return explanations.ask(question("map", model, picture, Map.of("layer", layer, "channel", channel)));
    }

    /** Returns how one value comes about. */
    public Answer arithmetic(Path model, String picture, String layer, int channel, int x, int y) {
        return explanations.ask(
                question("arithmetic", model, picture, Map.of("layer", layer, "channel", channel, "x", x, "y", y)));
    }

    /** Returns the places that speak for a class, by gradients. */
    public Answer gradCam(Path model, String picture, Optional<String> className, Optional<String> layer) {
        return explanations.ask(question("gradCam", model, picture, present("class", className, "layer", layer)));
    }

    /** Returns the places that speak for a class, by covering. */
    public Answer occlusion(
            Path model,
            String picture,
            Optional<String> className,
            Optional<Integer> window,
            Optional<Integer> stride) {
        Map<String, Object> fields = present("window", window, "stride", stride);
        className.ifPresent(name -> fields.put("class", name));
        return explanations.ask(question("occlusion", model, picture, fields));
    }

    /** Returns a layer's filters, as PNG. */
    public Answer filters(Path model, String layer) {
        return explanations.ask(
                new Question("filters", model.toString(), Map.of("model", model.toString(), "layer", layer)));
    }

    private static Map<String, Object> present(String name, Optional<?> value, String other, Optional<?> otherValue) {
        Map<String, Object> fields = new HashMap<>();
        value.ifPresent(each -> fields.put(name, each));
        otherValue.ifPresent(each -> fields.put(other, each));
        return fields;
    }

    private Question question(String what, Path model, String picture, Map<String, Object> more) {
        Map<String, Object> fields = new HashMap<>(more);
        fields.put("model", model.toString());
        fields.put("picture", file(picture));
        return new Question(what, model.toString(), fields);
    }

    private String file(String picture) {
        return pictures.file(picture).toString();
    }

    /** Ends the processes. */
    @Override
    public void close() {
        predictions.close();
        explanations.close();
    }
}
