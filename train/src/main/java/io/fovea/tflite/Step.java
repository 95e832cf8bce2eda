package io.fovea.tflite;

import io.fovea.network.ActivationFunction;
import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A layer together with the ReLU or ReLU6 that alone reads it.
 *
 * @param layer  the layer with its shapes
 * @param inputs the names of the results that it reads
 * @param clip   what cuts off its results
 * @param result the name of its result: the layer's, or the cutting one's
 */
record Step(LayerSummary layer, List<String> inputs, Clip clip, String result) {

    /** What is cut off of a result, with the number that stands for it in options. */
    enum Clip {
        NOTHING(0),
        /** All below 0. */
        RELU(1),
        /** All below 0 and above 6. */
        RELU6(3);

        private final int code;

        Clip(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        private static Clip of(Layer layer) {
            if (layer.equals(Layer.Activation.RELU)) return RELU;
            return layer.equals(Layer.Activation.RELU6) ? RELU6 : NOTHING;
        }
    }

    /** How a layer goes with whole numbers. */
    enum Kind {
        /** There is an operator on whole numbers, with a scale of its own for the result. */
        WHOLE,
        /** It picks or averages what it reads, in whichever form that is. */
        PASSING,
        /** It needs floats. */
        FLOAT
    }

    /** Returns a network's steps in its order. */
    static List<Step> of(Network network) {
        NetworkSummary summary = Inference.of(network);
        Map<String, List<Node>> readers = new HashMap<>();
        for (Node node : network.nodes())
            node.inputs().forEach(read -> readers.computeIfAbsent(read, _ -> new ArrayList<>())
                    .add(node));
        Set<String> merged = new HashSet<>();
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < network.nodes().size(); i++) {
            Node node = network.nodes().get(i);
            if (merged.contains(node.name())) continue;
            List<Node> reading = readers.getOrDefault(node.name(), List.of());
            Clip clip = reading.size() == 1 ? Clip.of(reading.getFirst().layer()) : Clip.NOTHING;
            String result =
                    clip == Clip.NOTHING ? node.name() : reading.getFirst().name();
            merged.add(result);
            steps.add(new Step(summary.layers().get(i), node.inputs(), clip, result));
        }
        return steps;
    }

    /** Returns the result that is the answer, or becomes it by layers that change nothing. */
    static String answer(List<Step> steps) {
        int last = steps.size() - 1;
        while (last > 0 && steps.get(last).changesNothing()) last--;
        return steps.get(last).result();
    }

    private boolean changesNothing() {
        boolean passes =
                switch (layer.layer()) {
                    case Layer.Dropout _, Layer.Softmax _ -> true;
                    case Layer.Flatten _ -> from().rank() == 1;
                    default -> false;
                };
        return passes && clip == Clip.NOTHING;
    }

    String name() {
        return layer.name();
    }

    Shape from() {
        return layer.inputs().getFirst();
    }

    Shape to() {
        return layer.output();
    }

    Kind kind() {
        return switch (layer.layer()) {
            case Layer.Convolution _, Layer.Dense _, Layer.Concat _, Layer.Multiply _ -> Kind.WHOLE;
            case Layer.GlobalAveragePooling _ -> Kind.WHOLE;
            case Layer.Add _ -> inputs.size() == 2 ? Kind.WHOLE : Kind.FLOAT;
            case Layer.AdaptiveAveragePooling _ -> {
                if (from().equals(to())) yield Kind.PASSING;
                if (isMean()) yield Kind.WHOLE;
                yield dividesEvenly() ? Kind.PASSING : Kind.FLOAT;
            }
            case Layer.Activation activation -> kind(activation.function());
            case Layer.MaxPooling _, Layer.AveragePooling _, Layer.GlobalMaxPooling _ -> Kind.PASSING;
            case Layer.Flatten _, Layer.IdentityShortcut _, Layer.Upsample _ -> Kind.PASSING;
            case Layer.Dropout _, Layer.Softmax _ -> Kind.PASSING;
            case Layer.BatchNorm _, Layer.LocalResponseNorm _, Layer.Scale _ -> Kind.FLOAT;
            case Layer.NearestNeighbours _ -> Kind.FLOAT;
        };
    }

    private static Kind kind(ActivationFunction function) {
        return switch (function) {
            case RELU, RELU6, LEAKY_RELU, SIGMOID -> Kind.WHOLE;
            case ELU, TANH, GELU, SILU, SOFTPLUS -> Kind.FLOAT;
        };
    }

    /** Whether each map becomes one pixel. */
    boolean isMean() {
        return to().size(1) == 1 && to().size(2) == 1;
    }

    /** Whether windows of one size, next to each other, cover the maps. */
    boolean dividesEvenly() {
        return from().size(1) % to().size(1) == 0 && from().size(2) % to().size(2) == 0;
    }
}
