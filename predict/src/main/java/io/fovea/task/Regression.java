package io.fovea.task;

import io.fovea.image.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * T numbers for a picture, among them places in it.
 *
 * @param targets T of them, in the order of the network's outputs
 */
public record Regression(List<Target> targets) implements Task {

    /** The task in a word. */
    public static final String WORD = "regression";

    /** Copies, and checks the names. */
    public Regression {
        targets = List.copyOf(targets);
        if (targets.isEmpty()) throw new IllegalArgumentException("targets must not be empty");
        Set<String> seen = new HashSet<>();
        for (Target target : targets) {
            if (!seen.add(target.name()))
                throw new IllegalArgumentException("Two targets are named \"" + target.name() + "\"");
        }
    }

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public List<String> names() {
        return targets.stream().map(Target::name).toList();
    }

    @Override
    public String noun() {
        return "target";
    }

    @Override
    public String result() {
        return ModelOutput.VALUES;
    }

    @Override
    public Optional<String> probabilities() {
        return Optional.empty();
    }

    @Override
    public List<ModelOutput> outputs(List<Integer> shape) {
        return List.of(ModelOutput.floats(
                ModelOutput.VALUES, shape, "one for each target: shift + scale * value is in the target's unit"));
    }

    @Override
    public Optional<String> misfit(List<Integer> shape) {
        if (shape.size() != 1)
            return Optional.of("A regression ends with features [N, T], but this network ends with maps "
                    + ModelOutput.batch(shape) + ".");
        if (shape.get(0) == targets.size()) return Optional.empty();
        return Optional.of(
                "The network answers with " + shape.get(0) + " numbers, but there are " + targets.size() + " targets.");
    }

    /** A line for each target with what turns an output into a value: {@code nose_x = 112.0 + 112.0 * output}. */
    @Override
    public Map<String, String> metadata() {
        return Map.of(
                "targets",
                targets.stream()
                        .map(target -> target.name() + " = " + target.shift() + " + " + target.scale() + " * output")
                        .collect(Collectors.joining("\n")));
    }

    @Override
    public double scale(int index) {
        return targets.get(index).scale();
    }

    @Override
    public String ending() {
        return "a dense layer with " + targets.size() + " outputs, and no softmax after it";
    }
}
