package io.fovea.explain;

import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.problem.Problem;
import io.fovea.task.Task;
import io.fovea.weights.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which score is explained: of the class or target that is named, or of the one that the model answers with. */
final class Scores {

    private final Task task;
    private final Node answering;
    private final Weights weights;
    private final String where;

    Scores(Task task, Network network, Weights weights, String where) {
        this.task = task;
        this.answering = LayerChoice.answering(network);
        this.weights = weights;
        this.where = where;
    }

    /** Returns the layer that scores are computed from: of a model that decides by neighbours, what they are searched by. */
    String result() {
        return answering.layer() instanceof Layer.NearestNeighbours
                ? answering.inputs().getFirst()
                : answering.name();
    }

    /** Returns the layer that gives the network's result. */
    String answer() {
        return answering.name();
    }

    /**
     * Returns the score of a class or target.
     *
     * @param asked  its name; empty for the class with the largest logit, the class of the most pixels, the first target
     * @param answer what the network gives, [K] or [K, H, W]
     * @throws Problem if there is none of that name, the picture has no pixel of that class, or the task has neither classes nor targets
     */
    Score of(Optional<String> asked, float[] answer) {
        List<String> names = task.names();
        if (names.isEmpty()) {
            throw new Problem(
                    "A model for " + task.word() + " answers with a picture: it has no class or target for which"
                            + " places could speak.",
                    where,
                    "look at its layers, its filters, and the arithmetic of a value, which every model has");
        }
        boolean isMap = answer.length > names.size();
        int index = asked.map(this::index).orElseGet(() -> answered(answer));
        String name = names.get(index);
        if (isMap) return pixels(index, answer);
        if (answering.layer() instanceof Layer.NearestNeighbours) return margin(index);
        OutputScore.Kind kind = task.probabilities().isPresent() ? OutputScore.Kind.LOGIT : OutputScore.Kind.VALUE;
        return new OutputScore(name, index, kind, task.scale(index));
    }

    private int index(String name) {
        int index = task.names().indexOf(name);
        if (index >= 0) return index;
        throw new Problem(
                "The model has no " + task.noun() + " named \"" + name + "\".",
                where,
                LayerChoice.suggestion(name, task.names()));
    }

    private int answered(float[] answer) {
        int classes = task.names().size();
        if (task.probabilities().isEmpty()) return 0;
        if (answer.length == classes) return largest(answer);
        float[] counts = new float[classes];
        for (int label : PixelScore.labels(answer, answer.length / classes)) counts[label]++;
        return largest(counts);
    }

    private static int largest(float[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) if (values[i] > values[largest]) largest = i;
        return largest;
    }

    private PixelScore pixels(int index, float[] answer) {
        List<String> names = task.names();
        int area = answer.length / names.size();
        int[] labels = PixelScore.labels(answer, area);
        int[] pixels = new int[area];
        int found = 0;
        for (int pixel = 0; pixel < area; pixel++) if (labels[pixel] == index) pixels[found++] = pixel;
        if (found > 0) return new PixelScore(names.get(index), index, Arrays.copyOf(pixels, found), area);
        String there =
                Arrays.stream(labels).distinct().sorted().mapToObj(names::get).collect(Collectors.joining(", "));
        throw new Problem(
                "No pixel of the picture is taken for \"" + names.get(index) + "\", so there is nothing to explain.",
                where,
                "name a class that the model sees in it: " + there);
    }

    private MarginScore margin(int label) {
        float[] references = weights.values(answering.name() + ".references");
        float[] labels = weights.values(answering.name() + ".labels");
        long own = 0;
        for (float each : labels) if ((int) each == label) own++;
        if (own > 0 && own < labels.length) return new MarginScore(task.names().get(label), label, references, labels);
        throw new Problem(
                own == 0
                        ? "The model has no reference of \"" + task.names().get(label) + "\"."
                        : "All references of the model are of one class, so none speaks against it.",
                where,
                "name another class with --class");
    }
}
