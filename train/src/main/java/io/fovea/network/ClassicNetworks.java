package io.fovea.network;

import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Rounding;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiFunction;

/** The catalogue's networks for handwritten digits: ten classes of 28x28 in grey. */
final class ClassicNetworks {

    private static final Shape DIGIT = new Shape(1, 28, 28);
    private static final int CLASSES = 10;

    private ClassicNetworks() {}

    /** Returns them in the order in which a learner may want to meet them. */
    static List<CatalogueEntry> entries() {
        return List.of(
                entry(
                        "perceptron",
                        "Softmax regression: one dense layer from pixels to classes. The simplest network that learns"
                                + " something.",
                        "Bishop 2006, Pattern Recognition and Machine Learning, 4.3.4",
                        ClassicNetworks::perceptron),
                entry(
                        "mlp",
                        "Multi-layer perceptron: two hidden dense layers of 512 with ReLU and dropout. What is possible"
                                + " without convolutions.",
                        "Keras example mnist_mlp",
                        ClassicNetworks::mlp),
                entry(
                        "lenet",
                        "LeNet as in NVIDIA DIGITS: two convolutions, each with max pooling, and two dense layers."
                                + " Learns digits in seconds.",
                        "LeCun et al. 1998, doi:10.1109/5.726791; sizes of Caffe and DIGITS",
                        ClassicNetworks::lenet),
                entry(
                        "lenet-relu",
                        "LeNet with more filters, a ReLU after each pooling and dropout: the changed network at the"
                                + " end of the course. Learns digits in any colours.",
                        "the last step of the course of NVIDIA DIGITS",
                        ClassicNetworks::lenetRelu),
                entry(
                        "mnist-cnn",
                        "Two 3x3 convolutions, max pooling, a dense layer of 128, with dropout. Above 99 % on"
                                + " handwritten digits.",
                        "Keras example mnist_cnn",
                        ClassicNetworks::mnistCnn),
                hybrid(64),
                hybrid(32),
                hybrid(16),
                hybrid(8));
    }

    private static CatalogueEntry hybrid(int hidden) {
        return entry(
                "hybrid-" + hidden,
                "Two 3x3 convolutions with pooling and a dense layer of " + hidden
                        + "; small enough for evolution strategies, and the convolutions serve a k-NN head.",
                "Radu 2019, 27th Summer School on Image Processing, slides 25 and 26",
                (input, classes) -> hybrid(hidden, input, classes));
    }

    private static CatalogueEntry entry(
            String name, String description, String source, BiFunction<Shape, Integer, Network> factory) {
        return new CatalogueEntry(name, description, source, OptionalDouble.empty(), DIGIT, CLASSES, factory);
    }

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

    static Network lenetRelu(Shape input, int classes) {
        return new NetworkBuilder("lenet-relu", input)
                .then(convolution(32, 5))
                .then(halving())
                .then(relu())
                .then(convolution(64, 5))
                .then(halving())
                .then(relu())
                .then(new Layer.Flatten())
                .then(dense(256))
                .then(relu())
                .then(new Layer.Dropout(0.4))
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
