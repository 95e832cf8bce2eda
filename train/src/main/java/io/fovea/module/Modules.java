package io.fovea.module;

import io.fovea.image.Preprocessing;
import io.fovea.network.Inference;
import io.fovea.network.LayerRates;
import io.fovea.network.Network;
import io.fovea.problem.Problem;
import io.fovea.tensor.Libtorch;
import io.fovea.tensor.Precision;
import io.fovea.tensor.Processor;
import io.fovea.thread.Workers;
import io.fovea.weights.Weights;
import java.util.List;

/** Chooses the engine that computes a network. */
public final class Modules {

    /** The kernels keep a batch's values on the Java heap; beyond this nothing is measured (docs/experiments.md). */
    private static final long MOST_VALUES = 1_000_000;

    private Modules() {}

    /** Builds a module of which every layer is trained, as {@link #create(Network, Preprocessing, Weights, LayerRates, Engine, Precision, Workers)}. */
    public static TrainableModule create(
            Network network,
            Preprocessing preprocessing,
            Weights weights,
            Engine engine,
            Precision precision,
            Workers workers) {
        return create(network, preprocessing, weights, LayerRates.ALL, engine, precision, workers);
    }

    /**
     * Builds a module with the engine asked for.
     *
     * @param rates says which layers are frozen; other factors are the optimizer's business
     * @throws io.fovea.problem.Problem if the vector engine is asked for and does not know a layer
     */
    public static TrainableModule create(
            Network network,
            Preprocessing preprocessing,
            Weights weights,
            LayerRates rates,
            Engine engine,
            Precision precision,
            Workers workers) {
        Computation chosen = resolved(network, engine, precision);
        if (chosen.engine() == Engine.VECTOR) return new VectorModule(network, preprocessing, weights, rates, workers);
        Libtorch.useThreads(workers.count());
        return new TorchModule(network, preprocessing, weights, rates, chosen.precision());
    }

    /**
     * Returns what mostly computes a network fastest on this machine: nothing of it is automatic any more.
     *
     * @throws io.fovea.problem.Problem if the vector engine is asked for and does not know a layer
     */
    public static Computation resolved(Network network, Engine engine, Precision precision) {
        if (able(network, engine, precision).getFirst() == Engine.VECTOR)
            return new Computation(Engine.VECTOR, Precision.FLOAT32);
        Precision format =
                switch (precision) {
                    case AUTOMATIC -> automatic(network);
                    case FLOAT32, BFLOAT16 -> precision;
                };
        return new Computation(Engine.LIBTORCH, format);
    }

    /**
     * Returns the engines that may compute a network where so much was chosen, the one that mostly is fastest first: one or two. libtorch is not
     * loaded for it.
     *
     * @throws io.fovea.problem.Problem as {@link #resolved}
     */
    public static List<Engine> able(Network network, Engine engine, Precision precision) {
        return switch (engine) {
            case AUTOMATIC ->
                precision != Precision.BFLOAT16 && VectorModule.supports(network) && isSmall(network)
                        ? List.of(Engine.VECTOR, Engine.LIBTORCH)
                        : List.of(Engine.LIBTORCH);
            case LIBTORCH -> List.of(Engine.LIBTORCH);
            case VECTOR -> {
                checkVector(network);
                yield List.of(Engine.VECTOR);
            }
        };
    }

    /** Returns bfloat16 where the processor has it and computes the network right by it, else 32 bits. */
    private static Precision automatic(Network network) {
        return Processor.current().hasBfloat16()
                ? Arithmetic.of(network, Precision.BFLOAT16).precision()
                : Precision.FLOAT32;
    }

    /** Whether a picture's values between layers are no more than what the kernels were measured with. */
    private static boolean isSmall(Network network) {
        long values = Inference.of(network).layers().stream()
                .mapToLong(layer -> layer.output().count())
                .sum();
        return values <= MOST_VALUES;
    }

    private static void checkVector(Network network) {
        if (VectorModule.supports(network)) return;
        if (!network.auxiliaries().isEmpty()) {
            throw new Problem(
                    "The vector engine trains no network with auxiliary outputs.",
                    "network \"" + network.name() + "\", auxiliary output \""
                            + network.auxiliaries().getFirst().node() + "\"",
                    "use the engine \"libtorch\" or \"automatic\"");
        }
        throw LaneLayers.firstUnknown(network)
                .map(node -> new Problem(
                        "The vector engine does not know this layer: " + node.layer() + ".",
                        "network \"" + network.name() + "\", layer \"" + node.name() + "\"",
                        "use the engine \"libtorch\" or \"automatic\""))
                .orElseGet(() -> new Problem(
                        "The vector engine needs the Vector API, which this JVM was started without.",
                        "the JVM's options",
                        "start it with --add-modules jdk.incubator.vector, as ./fovea does, or use the engine"
                                + " \"libtorch\""));
    }
}
