package io.fovea.training;

import io.fovea.batch.Augmentation;
import io.fovea.module.Engine;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.optimize.Averaging;
import io.fovea.optimize.ClassWeights;
import io.fovea.optimize.Clipping;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Optimizer;
import io.fovea.tensor.Precision;
import java.nio.file.Path;
import java.util.List;

/** What ranks train: of {@link TrainingFixture}'s 225 digits 14 batches of 16 and one of a single picture, of {@link MaskFixture}'s 36 discs three and a last of 6. */
enum RankFixture {
    VECTOR(Engine.VECTOR),
    LIBTORCH(Engine.LIBTORCH),
    AUTOMATIC(Engine.AUTOMATIC),
    /** Classes that weigh differently, mixed pictures, clipped gradients of several batches. */
    WEIGHTED(Engine.VECTOR),
    /** Batch norms, dropout, mean weights. */
    NORMED(Engine.LIBTORCH),
    /** Masks with pixels that are not labelled, classes that weigh differently. */
    MASKS(Engine.LIBTORCH),
    /** As {@link #VECTOR}, from another seed. */
    OTHER_SEED(Engine.VECTOR);

    private static final Network PLAIN = NetworkYaml.read("""
        name: plain
        input: [1, 14, 14]
        layers:
          - convolution: {outputs: 6, kernel: 3}
          - relu
          - max-pooling: {kernel: 2}
          - flatten
          - dense: {outputs: 24}
          - relu
          - dense: {outputs: 10}
        """, "RankFixture");

    private static final Network WITH_NORM = NetworkYaml.read("""
        name: normed
        input: [1, 14, 14]
        layers:
          - convolution: {outputs: 6, kernel: 3}
          - batch-norm: {name: norm}
          - relu
          - max-pooling: {kernel: 2}
          - dropout: {rate: 0.2}
          - flatten
          - dense: {outputs: 16}
          - batch-norm: {name: single}
          - relu
          - dense: {outputs: 10}
        """, "RankFixture");

    private static final Network OF_PIXELS = NetworkYaml.read("""
        name: pixels
        input: [1, 16, 16]
        layers:
          - convolution: {outputs: 6, kernel: 3, padding: 1}
          - relu
          - convolution: {outputs: 2, kernel: 3, padding: 1}
        """, "RankFixture");

    private final Engine engine;

    RankFixture(Engine engine) {
        this.engine = engine;
    }

    /** Whether ranks send each other their sums although they are on one machine. */
    boolean isSent() {
        return this == LIBTORCH || this == NORMED;
    }

    Network network() {
        return switch (this) {
            case VECTOR, LIBTORCH, AUTOMATIC, WEIGHTED, OTHER_SEED -> PLAIN;
            case NORMED -> WITH_NORM;
            case MASKS -> OF_PIXELS;
        };
    }

    Path dataset(Path folder) {
        return this == MASKS ? MaskFixture.discs(folder) : TrainingFixture.digits(folder);
    }

    TrainingSettings settings() {
        TrainingSettings usual = TrainingFixture.settings(engine)
                .withEpochs(3)
                .withOptimizer(new Optimizer.Momentum(0.9), 0.02)
                .withComputation(new ComputationSettings(engine, Precision.FLOAT32, 1));
        return switch (this) {
            case VECTOR, LIBTORCH, AUTOMATIC -> usual;
            case OTHER_SEED -> usual.withSeed(43);
            case WEIGHTED ->
                usual.withLoss(new Loss.CrossEntropy(0.05, weights(1.0, 0.5, 3.0, 1.0, 1.0, 0.2, 1.0, 2.0, 1.0, 1.0)))
                        .withAugmentation(
                                usual.pictures().augmentation().withMixup(0.4).withCutmix(0.7))
                        .withAccumulatedBatches(2)
                        .withClipping(new Clipping.ByNorm(1));
            case NORMED -> usual.withAveraging(new Averaging.Exponential(0.9));
            case MASKS ->
                usual.withEpochs(8)
                        .withBatchSize(10)
                        .withLoss(new Loss.CrossEntropy(0, weights(1.0, 2.5)))
                        .withAugmentation(Augmentation.NONE.withShift(0.2));
        };
    }

    private static ClassWeights weights(Double... weights) {
        return new ClassWeights.Given(List.of(weights));
    }
}
