package io.fovea.network;

import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Convolution;
import io.fovea.network.Layer.Rounding;

/**
 * Five convolutions and three dense layers, in the single-column form that torchvision has, with its names.
 *
 * <p>Source: Krizhevsky, Sutskever and Hinton 2012; this form: Krizhevsky 2014, arXiv:1404.5997.
 */
final class AlexNet {

    private static final int HIDDEN = 4096;

    private AlexNet() {}

    static Network network(Shape input, int classes) {
        return network(HIDDEN, input, classes);
    }

    /** The same with as many outputs of the hidden dense layers as asked for. */
    static Network network(int hidden, Shape input, int classes) {
        return new NetworkBuilder("alexnet", input)
                .then("features.0", Convolution.square(64, 11, 4, 2, Bias.WITH))
                .then("features.1", Layer.Activation.RELU)
                .then("features.2", pooling())
                .then("features.3", Convolution.square(192, 5, 1, 2, Bias.WITH))
                .then("features.4", Layer.Activation.RELU)
                .then("features.5", pooling())
                .then("features.6", Convolution.square(384, 3, 1, 1, Bias.WITH))
                .then("features.7", Layer.Activation.RELU)
                .then("features.8", Convolution.square(256, 3, 1, 1, Bias.WITH))
                .then("features.9", Layer.Activation.RELU)
                .then("features.10", Convolution.square(256, 3, 1, 1, Bias.WITH))
                .then("features.11", Layer.Activation.RELU)
                .then("features.12", pooling())
                .then("avgpool", new Layer.AdaptiveAveragePooling(6, 6))
                .then("flatten", new Layer.Flatten())
                .then("classifier.0", new Layer.Dropout(0.5))
                .then("classifier.1", new Layer.Dense(hidden, Bias.WITH))
                .then("classifier.2", Layer.Activation.RELU)
                .then("classifier.3", new Layer.Dropout(0.5))
                .then("classifier.4", new Layer.Dense(hidden, Bias.WITH))
                .then("classifier.5", Layer.Activation.RELU)
                .then("classifier.6", new Layer.Dense(classes, Bias.WITH))
                .network();
    }

    private static Layer pooling() {
        return new Layer.MaxPooling(3, 2, 0, Rounding.FLOOR);
    }
}
