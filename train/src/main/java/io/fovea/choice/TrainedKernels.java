package io.fovea.choice;

import io.fovea.bundle.Bundle;
import io.fovea.export.BundleImport;
import io.fovea.export.ModelParts;
import io.fovea.hybrid.KernelSource;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;

/** Finds the network of a trained model whose kernels a hybrid begins with. */
public final class TrainedKernels {

    private TrainedKernels() {}

    public static KernelSource of(String model, Workspace workspace) {
        Path file = ModelFile.find(model, workspace);
        Bundle bundle = Bundle.open(file);
        ModelParts parts = BundleImport.read(bundle, file.toString());
        return new KernelSource.Trained(model, parts.network(), parts.weights());
    }
}
