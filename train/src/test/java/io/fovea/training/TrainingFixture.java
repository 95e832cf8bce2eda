package io.fovea.training;

import io.fovea.batch.Augmentation;
import io.fovea.collection.GeneratedDigits;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportListener;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitSettings;
import io.fovea.module.Engine;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Optimizer;
import io.fovea.optimize.Regularisation;
import io.fovea.source.Source;
import io.fovea.tensor.Precision;
import java.nio.file.Path;
import java.util.List;

/** A small dataset, a small network with everything random in it, and settings that learn in seconds. */
final class TrainingFixture {

    static final Network NETWORK = NetworkYaml.read("""
        name: small
        input: [1, 14, 14]
        layers:
          - convolution: {outputs: 6, kernel: 3}
          - relu
          - max-pooling: {kernel: 2}
          - dropout: {rate: 0.2}
          - flatten
          - dense: {outputs: 24}
          - relu
          - dense: {outputs: 10}
        """, "TrainingFixture");

    private TrainingFixture() {}

    /** Imports 300 training digits (a quarter of them for validation) and 50 for the test into {@code folder/digits}. */
    static Path digits(Path folder) {
        GeneratedDigits.generate(30, 5, 4).write(folder.resolve("idx"));
        ImportSettings settings = ImportSettings.of(
                        "digits", new Preparation(14, 14, ColorMode.GREY, ResizeMode.SQUASH))
                .withSplits(new SplitSettings(25, 0))
                .withThreads(1);
        DatasetImport.run(
                List.of(Source.of(folder.resolve("idx"))), settings, folder.resolve("digits"), ImportListener.NONE);
        return folder.resolve("digits");
    }

    static TrainingSettings settings(Engine engine) {
        return TrainingSettings.defaults(42)
                .withEpochs(6)
                .withBatchSize(16)
                .withOptimizer(new Optimizer.Adam(0.9, 0.999, 1e-8), 0.005)
                .withRegularisation(new Regularisation(0, 1e-4))
                .withLoss(new Loss.CrossEntropy(0.05))
                .withAugmentation(Augmentation.NONE.withShift(0.1).withRotation(10))
                .withComputation(new ComputationSettings(engine, Precision.FLOAT32, 2));
    }

    static TrainingResult train(Dataset dataset, TrainingSettings settings, Path run) {
        return new Trainer(dataset, NETWORK, settings, run, event -> {}, new StopSignal()).run();
    }
}
