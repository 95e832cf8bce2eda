package io.fovea.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One of K classes for a picture.
 *
 * @param classNames K names in label order
 */
public record Classification(List<String> classNames) implements Task {

    /** The task in a word. */
    public static final String WORD = "classification";

    /** Copies. */
    public Classification {
        classNames = List.copyOf(classNames);
        if (classNames.isEmpty()) throw new IllegalArgumentException("classNames must not be empty");
    }

    /** Returns classes that are named by their labels, 0 … {@code classes} − 1. */
    public static Classification numbered(int classes) {
        return new Classification(
                IntStream.range(0, classes).mapToObj(Integer::toString).toList());
    }

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public List<String> names() {
        return classNames;
    }

    @Override
    public String noun() {
        return "class";
    }

    @Override
    public String result() {
        return ModelOutput.LOGITS;
    }

    @Override
    public Optional<String> probabilities() {
        return Optional.of(ModelOutput.PROBABILITIES);
    }

    @Override
    public List<ModelOutput> outputs(List<Integer> shape) {
        return List.of(
                ModelOutput.floats(ModelOutput.LOGITS, shape, "one for each class, before softmax"),
                ModelOutput.floats(ModelOutput.PROBABILITIES, shape, "one for each class, after softmax"));
    }

    @Override
    public Optional<String> misfit(List<Integer> shape) {
        if (shape.size() != 1)
            return Optional.of("A classifier ends with features [N, K], but this network ends with maps "
                    + ModelOutput.batch(shape) + ".");
        if (shape.get(0) == classNames.size()) return Optional.empty();
        return Optional.of("The network answers with " + shape.get(0) + " numbers, but there are " + classNames.size()
                + " class names.");
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of("classNames", String.join("\n", classNames));
    }

    @Override
    public double scale(int index) {
        return 1;
    }

    @Override
    public String ending() {
        return "a dense layer with " + classNames.size() + " outputs";
    }
}
