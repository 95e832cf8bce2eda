package io.fovea.module;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.batch.Batch;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Optimizer;
import io.fovea.optimize.Targets;
import io.fovea.optimize.Update;
import io.fovea.optimize.UpdateRule;
import io.fovea.tensor.Libtorch;
import io.fovea.tensor.Precision;
import io.fovea.thread.Workers;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A deep network with its first weights")
class DeepNetworkTest {

    private static final int PICTURES = 8;
    private static final int CLASSES = 4;

    @ParameterizedTest(name = "{0}, {1} pixels, learning rate {2}")
    @CsvSource({"resnet20, 32, 0.1, 6", "cifar-cnn, 32, 0.05, 10", "googlenet, 48, 0.05, 5"})
    void learns_a_few_pictures_by_heart(String name, int side, float learningRate, int steps) {
        Libtorch.useThreads(1);
        Network network = Catalogue.network(name, new Shape(3, side, side), CLASSES);
        float[] third = {0.5f, 0.5f, 0.5f};
        Preprocessing preprocessing =
                new Preprocessing(side, side, ColorMode.COLOR, ResizeMode.SQUASH, third, third.clone());
        try (Workers workers = new Workers(1);
                TorchModule module = new TorchModule(
                        network,
                        preprocessing,
                        Initialization.of(network, new SplittableRandom(1)),
                        Precision.FLOAT32)) {
            module.learnBy(new UpdateRule(new Optimizer.GradientDescent(), module.trained()), workers);
            double first = step(module, batch(side), learningRate);
            double last = first;
            for (int i = 0; i < steps; i++) last = step(module, batch(side), learningRate);

            assertThat(first).isBetween(0.9, 6.0);
            assertThat(last).isLessThan(0.5 * first);
        }
    }

    /** Returns the loss before the step, those of auxiliary outputs with it by their weights. */
    private static double step(TorchModule module, Batch batch, float learningRate) {
        Objective objective =
                new Objective(new Loss.CrossEntropy(0), new Targets.Labels(batch.labels()), NothingCounted.NOTHING);
        return module.step(new ModuleInput.Pictures(batch), objective, new Update.Step(learningRate), 1)
                .loss();
    }

    private static Batch batch(int side) {
        byte[] pixels = new byte[PICTURES * side * side * 3];
        new SplittableRandom(2).nextBytes(pixels);
        int[] labels = new int[PICTURES];
        for (int i = 0; i < PICTURES; i++) labels[i] = i % CLASSES;
        return new Batch(PICTURES, side, side, 3, pixels, labels, new int[PICTURES]);
    }
}
