package io.fovea.explain;

import io.fovea.network.Layer;
import io.fovea.network.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Batch norm and activation after a layer, of one value, as long as nothing else reads what they read. */
final class FollowingSteps {

    private FollowingSteps() {}

    /** What becomes of a value, and by which formula. */
    record Computed(String formula, double value) {}

    /**
     * Returns what follows a value.
     *
     * @param value by hand
     */
    static List<ArithmeticStep> of(LayerValues layers, String layer, int channel, int x, int y, double value) {
        List<ArithmeticStep> steps = new ArrayList<>();
        double last = value;
        String before = layer;
        while (true) {
            List<Node> readers = layers.readers(before);
            if (readers.size() != 1) return steps;
            Node reader = readers.getFirst();
            Computed next;
            switch (reader.layer()) {
                case Layer.BatchNorm norm -> next = normalised(layers, reader.name(), norm, channel, last);
                case Layer.Activation activation -> next = activated(activation, last);
                default -> {
                    return steps;
                }
            }
            last = next.value();
            before = reader.name();
            steps.add(new ArithmeticStep(
                    before, layers.kind(before), next.formula(), last, layers.at(before, channel, x, y)));
        }
    }

    static Computed normalised(LayerValues layers, String name, Layer.BatchNorm norm, int channel, double value) {
        double mean = layers.number(name + ".running_mean", channel, 0);
        double variance = layers.number(name + ".running_var", channel, 0);
        double weight = layers.number(name + ".weight", channel, 1);
        double bias = layers.number(name + ".bias", channel, 0);
        String formula = String.format(
                Locale.ROOT,
                "(%.6g − %.6g) / √(%.6g + %.1g) · %.6g + %.6g",
                value,
                mean,
                variance,
                norm.epsilon(),
                weight,
                bias);
        return new Computed(formula, (value - mean) / Math.sqrt(variance + norm.epsilon()) * weight + bias);
    }

    static Computed activated(Layer.Activation activation, double value) {
        return new Computed(
                ActivationValue.words(activation.function(), String.format(Locale.ROOT, "%.6g", value)),
                ActivationValue.of(activation.function(), value));
    }
}
