package io.fovea.network;

import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Convolution;
import io.fovea.network.Layer.Rounding;
import java.util.List;

/**
 * Inception v1: modules of four branches side by side, and two auxiliary heads that count 0.3 times each in training. Names and details as in
 * torchvision: batch norm behind every convolution, and 3x3 windows where the paper has 5x5.
 *
 * <p>Source: Szegedy et al. 2015, arXiv:1409.4842, table 1 and section 5.
 */
final class GoogLeNet {

    private static final double AUXILIARY_WEIGHT = 0.3;

    private final NetworkBuilder builder;

    private GoogLeNet(Shape input) {
        builder = new NetworkBuilder("googlenet", input);
    }

    static Network network(Shape input, int classes) {
        return new GoogLeNet(input).build(classes);
    }

    private Network build(int classes) {
        convolution("conv1", 64, 7, 2, 3, Network.INPUT);
        builder.then("maxpool1", pooling(3));
        convolution("conv2", 64, 1, 1, 0, builder.last());
        convolution("conv3", 192, 3, 1, 1, builder.last());
        builder.then("maxpool2", pooling(3));
        inception("inception3a", 64, 96, 128, 16, 32, 32);
        inception("inception3b", 128, 128, 192, 32, 96, 64);
        builder.then("maxpool3", pooling(3));
        inception("inception4a", 192, 96, 208, 16, 48, 64);
        inception("inception4b", 160, 112, 224, 24, 64, 64);
        inception("inception4c", 128, 128, 256, 24, 64, 64);
        inception("inception4d", 112, 144, 288, 32, 64, 64);
        inception("inception4e", 256, 160, 320, 32, 128, 128);
        builder.then("maxpool4", pooling(2));
        inception("inception5a", 256, 160, 320, 32, 128, 128);
        inception("inception5b", 384, 192, 384, 48, 128, 128);
        auxiliary("aux1", "inception4a", classes);
        auxiliary("aux2", "inception4d", classes);
        return builder.then("avgpool", new Layer.GlobalAveragePooling(), List.of("inception5b"))
                .then("flatten", new Layer.Flatten())
                .then("dropout", new Layer.Dropout(0.2))
                .then("fc", new Layer.Dense(classes, Bias.WITH))
                .network();
    }

    /** Four branches that read the layer before: 1x1; 1x1 and 3x3; 1x1 and 3x3, for the paper's 5x5; pooling and 1x1. */
    private void inception(String name, int first, int reduced3, int outputs3, int reduced5, int outputs5, int pooled) {
        String input = builder.last();
        convolution(name + ".branch1", first, 1, 1, 0, input);
        convolution(name + ".branch2.0", reduced3, 1, 1, 0, input);
        convolution(name + ".branch2.1", outputs3, 3, 1, 1, builder.last());
        convolution(name + ".branch3.0", reduced5, 1, 1, 0, input);
        convolution(name + ".branch3.1", outputs5, 3, 1, 1, builder.last());
        builder.then(name + ".branch4.0", new Layer.MaxPooling(3, 1, 1, Rounding.CEILING), List.of(input));
        convolution(name + ".branch4.1", pooled, 1, 1, 0, builder.last());
        builder.then(
                name,
                new Layer.Concat(),
                List.of(
                        name + ".branch1.relu",
                        name + ".branch2.1.relu",
                        name + ".branch3.1.relu",
                        name + ".branch4.1.relu"));
    }

    private void auxiliary(String name, String input, int classes) {
        builder.then(name + ".pool", new Layer.AdaptiveAveragePooling(4, 4), List.of(input));
        convolution(name + ".conv", 128, 1, 1, 0, builder.last());
        builder.then(name + ".flatten", new Layer.Flatten())
                .then(name + ".fc1", new Layer.Dense(1024, Bias.WITH))
                .then(name + ".relu", Layer.Activation.RELU)
                .then(name + ".dropout", new Layer.Dropout(0.7))
                .then(name + ".fc2", new Layer.Dense(classes, Bias.WITH))
                .auxiliary(name + ".fc2", AUXILIARY_WEIGHT);
    }

    private void convolution(String name, int outputs, int kernelSize, int stride, int padding, String input) {
        builder.then(
                        name + ".conv",
                        Convolution.square(outputs, kernelSize, stride, padding, Bias.WITHOUT),
                        List.of(input))
                .then(name + ".bn", new Layer.BatchNorm(1e-3, 0.1))
                .then(name + ".relu", Layer.Activation.RELU);
    }

    private static Layer pooling(int kernelSize) {
        return new Layer.MaxPooling(kernelSize, 2, 0, Rounding.CEILING);
    }
}
