package io.fovea.quantize;

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
import java.util.Optional;
import java.util.Set;

/** A folded network as steps, and what lies between them: which results are whole numbers if some layers are computed in floats. Immutable. */
final class Steps {

    private final Network network;
    private final List<Step> all;
    private final Map<String, Step> byResult = new HashMap<>();
    private final Map<String, List<Step>> readers = new HashMap<>();

    Steps(Network network) {
        this.network = network;
        NetworkSummary summary = Inference.of(network);
        Set<String> merged = new HashSet<>();
        List<Step> steps = new ArrayList<>();
        for (Node node : network.nodes()) {
            if (merged.contains(node.name())) continue;
            Optional<Node> clip = clip(node);
            clip.ifPresent(each -> merged.add(each.name()));
            LayerSummary layer = summary.layer(node.name());
            steps.add(new Step(node, layer, clip, kind(layer)));
        }
        all = List.copyOf(steps);
        for (Step step : all) {
            byResult.put(step.result(), step);
            for (String read : Set.copyOf(step.node().inputs()))
                readers.computeIfAbsent(read, _ -> new ArrayList<>()).add(step);
        }
    }

    /** A result that is looked at elsewhere is needed as it is before it is cut off. */
    private Optional<Node> clip(Node node) {
        List<Node> reading = network.nodes().stream()
                .filter(each -> each.inputs().contains(node.name()))
                .toList();
        boolean alone =
                reading.size() == 1 && ClippedFirst.clips(reading.getFirst().layer());
        return alone ? Optional.of(reading.getFirst()) : Optional.empty();
    }

    private static Step.Kind kind(LayerSummary summary) {
        Layer layer = summary.layer();
        if (ClippedFirst.passes(layer)) return Step.Kind.PASSING;
        boolean whole =
                switch (layer) {
                    case Layer.Convolution _, Layer.Dense _, Layer.Concat _, Layer.Multiply _ -> true;
                    case Layer.Add _ -> summary.inputs().size() == 2;
                    case Layer.GlobalAveragePooling _, Layer.AveragePooling _ -> true;
                    case Layer.AdaptiveAveragePooling _ -> dividesEvenly(summary);
                    case Layer.Activation activation ->
                        activation.function() == ActivationFunction.LEAKY_RELU
                                || activation.function() == ActivationFunction.SIGMOID
                                || ClippedFirst.clips(layer);
                    default -> false;
                };
        return whole ? Step.Kind.WHOLE : Step.Kind.FLOAT;
    }

    private static boolean dividesEvenly(LayerSummary summary) {
        Shape from = summary.inputs().getFirst();
        Shape to = summary.output();
        return from.size(1) % to.size(1) == 0 && from.size(2) % to.size(2) == 0 && !from.equals(to);
    }

    List<Step> all() {
        return all;
    }

    Network network() {
        return network;
    }

    /** Returns the steps with weights, in their order. */
    List<Step> weighted() {
        return all.stream().filter(Steps::isWeighted).toList();
    }

    static boolean isWeighted(Step step) {
        return step.node().layer() instanceof Layer.Convolution || step.node().layer() instanceof Layer.Dense;
    }

    /** Returns the steps that read a result, or the picture. */
    List<Step> readers(String result) {
        return readers.getOrDefault(result, List.of());
    }

    /** Returns the step that gives a result; empty for the picture. */
    Optional<Step> giving(String result) {
        return Optional.ofNullable(byResult.get(result));
    }

    /** Returns the shape of a result, or of the picture. */
    Shape shape(String result) {
        return giving(result).map(step -> step.layer().output()).orElse(network.input());
    }

    /** Returns the result whose scale a result has: its own, unless it was passed on. */
    String scaled(String result) {
        String at = result;
        while (byResult.containsKey(at)
                && byResult.get(at).kind() == Step.Kind.PASSING
                && byResult.get(at).clip().isEmpty())
            at = byResult.get(at).node().inputs().getFirst();
        return at;
    }

    /** Returns the results that have a scale of their own, the picture first. */
    List<String> scaled() {
        List<String> names = new ArrayList<>(List.of(Network.INPUT));
        for (Step step : all) if (scaled(step.result()).equals(step.result())) names.add(step.result());
        return names;
    }

    /** Whether a step alone reads a result, maybe by way of what passes it on. */
    boolean feedsOnly(String result, Step reader) {
        List<Step> reading = readers(result);
        return !reading.isEmpty()
                && reading.stream()
                        .allMatch(step -> step == reader
                                || step.kind() == Step.Kind.PASSING
                                        && step.clip().isEmpty()
                                        && feedsOnly(step.result(), reader));
    }

    /**
     * Returns the step that could be whole numbers and whose numbers are the answer, as they are, picked or enlarged; empty if it gives floats anyhow,
     * as a dense layer does.
     */
    Optional<Step> answering() {
        Optional<Step> step = Optional.of(all.getLast());
        while (step.filter(Steps::picksOrEnlarges).isPresent())
            step = giving(step.get().node().inputs().getFirst());
        return step.filter(
                each -> each.kind() == Step.Kind.WHOLE && !(each.node().layer() instanceof Layer.Dense));
    }

    private static boolean picksOrEnlarges(Step step) {
        boolean keeps = step.kind() == Step.Kind.PASSING || step.node().layer() instanceof Layer.Upsample;
        return keeps && step.clip().isEmpty();
    }

    /** Whether a step takes the mean of each map. */
    static boolean isMean(Step step) {
        Shape to = step.layer().output();
        return step.node().layer() instanceof Layer.GlobalAveragePooling
                || step.node().layer() instanceof Layer.AdaptiveAveragePooling && to.size(1) == 1 && to.size(2) == 1;
    }

    /** Whether a step is computed in whole numbers. */
    static boolean isWhole(Step step, Set<String> floats) {
        return step.kind() == Step.Kind.WHOLE && !floats.contains(step.node().name());
    }

    /** Whether a result is kept in whole numbers: because a reader wants them, or because the operator that gives it can give no others. */
    boolean isQuantized(String result, Set<String> floats) {
        if (wanted(result, floats)) return true;
        Optional<Step> giver = giving(result);
        if (giver.isEmpty()) return false;
        Step step = giver.get();
        if (step.kind() == Step.Kind.PASSING)
            return isQuantized(step.node().inputs().getFirst(), floats);
        return isWhole(step, floats) && !(step.node().layer() instanceof Layer.Dense);
    }

    private boolean wanted(String result, Set<String> floats) {
        return readers(result).stream()
                .anyMatch(reader ->
                        reader.kind() == Step.Kind.PASSING ? wanted(reader.result(), floats) : isWhole(reader, floats));
    }
}
