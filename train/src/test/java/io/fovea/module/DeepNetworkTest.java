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
import io.fovea.optimize.Targets;
import io.fovea.tensor.Libtorch;
import io.fovea.tensor.Precision;
import java.util.Arrays;
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
        try (TorchModule module = new TorchModule(
                network, preprocessing, Initialization.of(network, new SplittableRandom(1)), Precision.FLOAT32)) {
            double first = step(module, network, batch(side), learningRate);
            double last = first;
            for (int i = 0; i < steps; i++) last = step(module, network, batch(side), learningRate);

            assertThat(first).isBetween(0.9, 4.0);
            assertThat(last).isLessThan(0.5 * first);
        }
    }

    /** One step of plain gradient descent on the main output's loss and those of auxiliary outputs; returns the first. */
    private static double step(TorchModule module, Network network, Batch batch, float learningRate) {
        int block = PICTURES * CLASSES;
        float[] outputs = module.forward(batch, Mode.TRAINING, 1);
        float[] gradient = new float[block * (1 + network.auxiliaries().size())];
        double main = 0;
        for (int b = 0; b <= network.auxiliaries().size(); b++) {
            float[] part = new float[block];
            float[] logits = Arrays.copyOfRange(outputs, b * block, (b + 1) * block);
            double loss = new Loss.CrossEntropy(0)
                    .of(logits, new Targets.Labels(batch.labels()), PICTURES, CLASSES, part)
                    .mean();
            if (b == 0) main = loss;
            double weight = b == 0 ? 1 : network.auxiliaries().get(b - 1).lossWeight();
            for (int i = 0; i < block; i++) gradient[b * block + i] = (float) (part[i] * weight);
        }
        module.backward(gradient);
        float[] parameters = module.parameters();
        float[] gradients = module.gradients();
        for (int i = 0; i < parameters.length; i++) parameters[i] -= learningRate * gradients[i];
        module.parametersChanged();
        return main;
    }

    private static Batch batch(int side) {
        byte[] pixels = new byte[PICTURES * side * side * 3];
        new SplittableRandom(2).nextBytes(pixels);
        int[] labels = new int[PICTURES];
        for (int i = 0; i < PICTURES; i++) labels[i] = i % CLASSES;
        return new Batch(PICTURES, side, side, 3, pixels, labels, new int[PICTURES]);
    }
}
