package io.fovea.cli;

import io.fovea.bundle.Bundle;
import io.fovea.hybrid.KernelSource;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.weights.Safetensors;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;

/** Finds the network of a trained model whose kernels a hybrid begins with. */
final class TrainedKernels {

    private TrainedKernels() {}

    static KernelSource of(String model, Workspace workspace) {
        Path file = ModelFile.find(model, workspace);
        Bundle bundle = Bundle.open(file);
        byte[] weights = bundle.weights()
                .orElseThrow(() -> new Problem(
                        "The model carries no weights that could be taken from it.",
                        file.toString(),
                        "take a model that Fovea trained, or --kernels kmeans"));
        var preprocessing = bundle.manifest().preprocessing();
        Shape input = new Shape(preprocessing.channels(), preprocessing.height(), preprocessing.width());
        Network network = Catalogue.network(
                bundle.manifest().provenance().network(),
                input,
                bundle.manifest().classNames().size());
        return new KernelSource.Trained(model, network, Safetensors.read(weights, file.toString()));
    }
}
