package io.fovea.module;

import io.fovea.network.ActivationFunction;
import io.fovea.network.AuxiliaryOutput;
import io.fovea.network.Layer;
import io.fovea.network.LayerRates;
import io.fovea.network.Network;
import io.fovea.network.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network's layers in the order in which a step takes them, some of them several at once; which of the values between them have a gradient, and
 * which must be kept for it.
 *
 * @param units   in order
 * @param outputs names of the main output, as logits, and the auxiliary ones
 * @param readers how many units read a value; an output has one reader more
 * @param needing values by which a gradient is asked for, as something that is trained lies at or before them
 * @param kept    values that the way back reads
 */
record StepPlan(
        List<Unit> units, List<String> outputs, Map<String, Integer> readers, Set<String> needing, Set<String> kept) {

    /** What is computed at once, and has a way back of its own. */
    sealed interface Unit {
        /** Returns the values that it reads. */
        List<String> inputs();

        /** Returns the value that it makes. */
        String output();
    }

    /** A convolution with the same padding on opposite sides, by libtorch, forward and back. */
    record Convolved(Node node) implements Unit {
        @Override
        public List<String> inputs() {
            return node.inputs();
        }

        @Override
        public String output() {
            return node.name();
        }
    }

    /** A dense layer, by products of matrices. */
    record Multiplied(Node node) implements Unit {
        @Override
        public List<String> inputs() {
            return node.inputs();
        }

        @Override
        public String output() {
            return node.name();
        }
    }

    /**
     * Batch norm, then perhaps the sum with another value, then perhaps a function that cuts off, in one pass over the maps.
     *
     * @param node    the batch norm
     * @param added   the other value
     * @param ceiling where y is cut off above, if it is cut off at 0: infinite for ReLU
     * @param output  the last of the layers
     */
    record Normalized(Node node, Optional<String> added, Optional<Float> ceiling, String output) implements Unit {
        String input() {
            return node.inputs().getFirst();
        }

        Layer.BatchNorm layer() {
            return (Layer.BatchNorm) node.layer();
        }

        @Override
        public List<String> inputs() {
            return added.map(other -> List.of(input(), other)).orElse(List.of(input()));
        }
    }

    /** Values of which some are dropped. */
    record Dropped(Node node) implements Unit {
        @Override
        public List<String> inputs() {
            return node.inputs();
        }

        @Override
        public String output() {
            return node.name();
        }
    }

    /** Any other layer: libtorch's automatic differentiation, for this layer alone. */
    record Differentiated(Node node) implements Unit {
        @Override
        public List<String> inputs() {
            return node.inputs();
        }

        @Override
        public String output() {
            return node.name();
        }
    }

    /** Copies. */
    StepPlan {
        units = List.copyOf(units);
        outputs = List.copyOf(outputs);
        readers = Map.copyOf(readers);
        needing = Set.copyOf(needing);
        kept = Set.copyOf(kept);
    }

    /**
     * Plans all layers but some.
     *
     * @param passed  first layers that are not computed; what reads the last of them goes on from its value
     * @param kernels whether batch norm is computed by own kernels
     */
    static StepPlan of(Network network, Set<String> passed, LayerRates rates, boolean kernels) {
        List<Node> nodes = new ArrayList<>();
        String last = Network.INPUT;
        for (Node node : network.nodes()) {
            if (node.layer() instanceof Layer.Softmax) break; // the outputs are logits
            last = node.name();
            if (!passed.contains(node.name())) nodes.add(node);
        }
        List<String> outputs = new ArrayList<>(List.of(last));
        network.auxiliaries().stream().map(AuxiliaryOutput::node).forEach(outputs::add);
        List<Unit> units = kernels
                ? joined(nodes, outputs)
                : nodes.stream().map(StepPlan::unit).toList();
        Map<String, Integer> readers = new HashMap<>();
        units.forEach(unit -> unit.inputs().forEach(input -> readers.merge(input, 1, Integer::sum)));
        outputs.forEach(output -> readers.merge(output, 1, Integer::sum));
        Set<String> needing = new HashSet<>();
        Set<String> kept = new HashSet<>(outputs);
        for (Unit unit : units) {
            boolean trained = isTrained(unit, rates);
            if (trained || unit.inputs().stream().anyMatch(needing::contains)) {
                needing.add(unit.output());
                kept.addAll(kept(unit, trained));
            }
        }
        return new StepPlan(units, outputs, readers, needing, kept);
    }

    private static Set<String> kept(Unit unit, boolean trained) {
        return switch (unit) {
            case Convolved _ -> Set.copyOf(unit.inputs());
            case Multiplied _ -> trained ? Set.copyOf(unit.inputs()) : Set.of();
            case Normalized normalized ->
                normalized.ceiling().isPresent()
                        ? Set.of(normalized.input(), normalized.output())
                        : Set.of(normalized.input());
            case Dropped _, Differentiated _ -> Set.of(); // they hold on to what they need themselves
        };
    }

    private static boolean isTrained(Unit unit, LayerRates rates) {
        return switch (unit) {
            case Convolved(Node node) -> !rates.isFrozen(node.name());
            case Multiplied(Node node) -> !rates.isFrozen(node.name());
            case Normalized normalized -> !rates.isFrozen(normalized.node().name());
            case Dropped _ -> false;
            case Differentiated(Node node) -> hasParameters(node.layer()) && !rates.isFrozen(node.name());
        };
    }

    /** Whether a layer has numbers that can be trained, of those that libtorch differentiates. */
    static boolean hasParameters(Layer layer) {
        return layer instanceof Layer.Convolution || layer instanceof Layer.BatchNorm;
    }

    private static Unit unit(Node node) {
        return switch (node.layer()) {
            case Layer.Convolution convolution
            when TorchLayers.isSymmetric(convolution.padding()) -> new Convolved(node);
            case Layer.Dense _ -> new Multiplied(node);
            case Layer.Dropout _ -> new Dropped(node);
            default -> new Differentiated(node);
        };
    }

    /** Batch norm takes the layers along that read nothing else of it and are read by nobody else in between. */
    private static List<Unit> joined(List<Node> nodes, List<String> outputs) {
        Map<String, List<Node>> readers = new HashMap<>();
        for (Node node : nodes)
            node.inputs().forEach(input -> readers.computeIfAbsent(input, _ -> new ArrayList<>())
                    .add(node));
        Map<String, Unit> units = new HashMap<>(); // by their outputs
        Set<String> taken = new HashSet<>();
        // backwards, so that of two batch norms before one sum the later takes it: the other value is there by then
        for (Node node : nodes.reversed()) {
            if (!(node.layer() instanceof Layer.BatchNorm)) continue;
            List<Node> run = new ArrayList<>(List.of(node));
            Optional<String> added = Optional.empty();
            Optional<Node> next = onlyReader(node, readers, outputs, taken);
            if (next.isPresent() && isSumOfTwo(next.get())) {
                added = next.get().inputs().stream()
                        .filter(input -> !input.equals(node.name()))
                        .findFirst();
                run.add(next.get());
                next = onlyReader(next.get(), readers, outputs, taken);
            }
            Optional<Float> ceiling = next.flatMap(StepPlan::ceiling);
            if (ceiling.isPresent()) run.add(next.get());
            run.forEach(each -> taken.add(each.name()));
            String end = run.getLast().name();
            units.put(end, new Normalized(node, added, ceiling, end));
        }
        List<Unit> ordered = new ArrayList<>();
        for (Node node : nodes) {
            Unit joined = units.get(node.name());
            if (joined != null) ordered.add(joined);
            else if (!taken.contains(node.name())) ordered.add(unit(node));
        }
        return ordered;
    }

    private static boolean isSumOfTwo(Node node) {
        return node.layer() instanceof Layer.Add
                && node.inputs().size() == 2
                && !node.inputs().getFirst().equals(node.inputs().getLast());
    }

    private static Optional<Float> ceiling(Node node) {
        if (!(node.layer() instanceof Layer.Activation(ActivationFunction function))) return Optional.empty();
        return switch (function) {
            case RELU -> Optional.of(Float.POSITIVE_INFINITY);
            case RELU6 -> Optional.of(6f);
            case LEAKY_RELU, ELU, SIGMOID, TANH, GELU, SILU, SOFTPLUS -> Optional.empty();
        };
    }

    private static Optional<Node> onlyReader(
            Node node, Map<String, List<Node>> readers, List<String> outputs, Set<String> taken) {
        List<Node> all = readers.getOrDefault(node.name(), List.of());
        return all.size() == 1
                        && !outputs.contains(node.name())
                        && !taken.contains(all.getFirst().name())
                ? Optional.of(all.getFirst())
                : Optional.empty();
    }
}
