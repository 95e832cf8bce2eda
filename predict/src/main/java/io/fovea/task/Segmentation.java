package io.fovea.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of K classes for every pixel of a picture.
 *
 * @param classNames K names in label order, at least two
 */
public record Segmentation(List<String> classNames) implements Task {

    /** The task in a word. */
    public static final String WORD = "segmentation";

    /** What a mask holds where nothing is known: such pixels teach nothing and are not judged. */
    public static final int UNLABELLED = 255;

    /** Copies. */
    public Segmentation {
        classNames = List.copyOf(classNames);
        if (classNames.size() < 2 || classNames.size() > UNLABELLED) {
            throw new IllegalArgumentException(
                    "A segmentation has 2 to " + UNLABELLED + " classes, found " + classNames.size());
        }
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
                ModelOutput.floats(ModelOutput.LOGITS, shape, "a map for each class, before softmax"),
                ModelOutput.floats(
                        ModelOutput.PROBABILITIES, shape, "a map for each class, after softmax over classes"));
    }

    @Override
    public Optional<String> misfit(List<Integer> shape) {
        if (shape.size() != 3) {
            return Optional.of("A segmentation ends with maps [N, K, H, W], but this network ends with features "
                    + ModelOutput.batch(shape) + ".");
        }
        if (shape.get(0) == classNames.size()) return Optional.empty();
        return Optional.of("The network answers with " + shape.get(0) + " maps, but there are " + classNames.size()
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
        return "a convolution with " + classNames.size() + " output channels, brought to the size of the picture";
    }
}
