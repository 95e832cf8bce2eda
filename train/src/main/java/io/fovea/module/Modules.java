package io.fovea.module;

import io.fovea.image.Preprocessing;
import io.fovea.network.Network;
import io.fovea.tensor.Libtorch;
import io.fovea.tensor.Precision;
import io.fovea.tensor.Workers;
import io.fovea.weights.Weights;

/** Chooses the engine that computes a network. */
public final class Modules {

    private Modules() {}

    /**
     * Builds a module with the engine asked for.
     *
     * @throws io.fovea.problem.Problem if the vector engine is asked for and does not know a layer
     */
    public static TrainableModule create(
            Network network, Preprocessing preprocessing, Weights weights, Engine engine, Precision precision, Workers workers) {
        Libtorch.useThreads(workers.count());
        return new TorchModule(network, preprocessing, weights, precision);
    }
}
