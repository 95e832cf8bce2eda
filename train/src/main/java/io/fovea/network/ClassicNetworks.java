package io.fovea.network;

import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Rounding;

/** The layers of the catalogue's small networks. */
final class ClassicNetworks {

    private ClassicNetworks() {}

    static Network perceptron(Shape input, int classes) {
        return new NetworkBuilder("perceptron", input)
                .then(new Layer.Flatten())
                .then(dense(classes))
                .network();
    }

    static Network mlp(Shape input, int classes) {
        return new NetworkBuilder("mlp", input)
                .then(new Layer.Flatten())
                .then(dense(512))
                .then(relu())
                .then(new Layer.Dropout(0.2))
                .then(dense(512))
                .then(relu())
                .then(new Layer.Dropout(0.2))
                .then(dense(classes))
                .network();
    }

    /** No activation after the convolutions and no scaling of the input: so it is in DIGITS, whose 0.0125 the preprocessing replaces. */
    static Network lenet(Shape input, int classes) {
        return new NetworkBuilder("lenet", input)
                .then(convolution(20, 5))
                .then(halving())
                .then(convolution(50, 5))
                .then(halving())
                .then(new Layer.Flatten())
                .then(dense(500))
                .then(relu())
                .then(dense(classes))
                .network();
    }

    static Network mnistCnn(Shape input, int classes) {
        return new NetworkBuilder("mnist-cnn", input)
                .then(convolution(32, 3))
                .then(relu())
                .then(convolution(64, 3))
                .then(relu())
                .then(halving())
                .then(new Layer.Dropout(0.25))
                .then(new Layer.Flatten())
                .then(dense(128))
                .then(relu())
                .then(new Layer.Dropout(0.5))
                .then(dense(classes))
                .network();
    }

    static Network hybrid(int hidden, Shape input, int classes) {
        return new NetworkBuilder("hybrid-" + hidden, input)
                .then(convolution(32, 3))
                .then(relu())
                .then(halving())
                .then(convolution(64, 3))
                .then(relu())
                .then(halving())
                .then(new Layer.Flatten())
                .then(dense(hidden))
                .then(relu())
                .then(dense(classes))
                .network();
    }

    private static Layer convolution(int outputChannels, int kernelSize) {
        return new Layer.Convolution(outputChannels, kernelSize, kernelSize, 1, Padding.NONE, 1, 1, Bias.WITH);
    }

    private static Layer halving() {
        return new Layer.MaxPooling(2, 2, 0, Rounding.FLOOR);
    }

    private static Layer dense(int outputs) {
        return new Layer.Dense(outputs, Bias.WITH);
    }

    private static Layer relu() {
        return new Layer.Activation(ActivationFunction.RELU);
    }
}
