package io.fovea.network;

import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Convolution;
import io.fovea.network.Layer.Rounding;
import java.util.OptionalDouble;

/**
 * A network that says where something is: five convolutions whose maps keep their places, and dense layers over all of them.
 *
 * <p>The picture is made four times smaller first: the dense layers find a point to a fraction of a pixel, and a sixteenth of the pixels is
 * a sixteenth of the work. A plain chain, so that the vector engine can train it.
 */
final class PointCnn {

    private static final Shape PHOTOGRAPH = new Shape(3, 224, 224);

    private PointCnn() {}

    static CatalogueEntry entry() {
        return new CatalogueEntry(
                "point-cnn",
                "Five convolutions and two dense layers over maps that keep their places: learns to point at"
                        + " something.",
                "sizes of this project; the task after JetBot's road following",
                OptionalDouble.empty(),
                PHOTOGRAPH,
                2,
                PointCnn::network);
    }

    static Network network(Shape input, int outputs) {
        return new NetworkBuilder("point-cnn", input)
                .then(new Layer.AveragePooling(4, 4, 0, Rounding.FLOOR))
                .then(Convolution.square(16, 3, 1, 1, Bias.WITH))
                .then(Layer.Activation.RELU)
                .then(halving())
                .then(Convolution.square(32, 3, 1, 1, Bias.WITH))
                .then(Layer.Activation.RELU)
                .then(halving())
                .then(Convolution.square(64, 3, 1, 1, Bias.WITH))
                .then(Layer.Activation.RELU)
                .then(Convolution.square(64, 3, 1, 1, Bias.WITH))
                .then(Layer.Activation.RELU)
                .then(halving())
                .then(Convolution.square(128, 3, 1, 1, Bias.WITH))
                .then(Layer.Activation.RELU)
                .then(new Layer.Flatten())
                .then(new Layer.Dropout(0.1))
                .then(new Layer.Dense(128, Bias.WITH))
                .then(Layer.Activation.RELU)
                .then(new Layer.Dense(outputs, Bias.WITH))
                .network();
    }

    private static Layer halving() {
        return new Layer.MaxPooling(2, 2, 0, Rounding.FLOOR);
    }
}
