package io.fovea.network;

import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Convolution;
import io.fovea.network.Layer.Rounding;
import java.util.OptionalDouble;

/**
 * A small network for photographs of any size: five convolutions, and the mean of each of their last maps instead of a large dense layer.
 *
 * <p>Its weights do not grow with the picture: 311,000 and 129 for each class, for 64x64 as for 224x224. Pictures of 128 pixels and more are made twice smaller
 * first. A plain chain, so that the vector engine can train it.
 */
final class PhotoCnn {

    private static final Shape PHOTOGRAPH = new Shape(3, 224, 224);
    private static final int LARGE = 128;

    private PhotoCnn() {}

    static CatalogueEntry entry() {
        return new CatalogueEntry(
                "photo-cnn",
                "Five 3x3 convolutions and the mean of each map: learns photographs of any size from scratch, with few"
                        + " weights.",
                "sizes of this project; mean of maps: Lin et al. 2013, arXiv:1312.4400",
                OptionalDouble.empty(),
                PHOTOGRAPH,
                2,
                PhotoCnn::network);
    }

    static Network network(Shape input, int outputs) {
        NetworkBuilder builder = new NetworkBuilder("photo-cnn", input);
        boolean isLarge = Math.min(input.size(1), input.size(2)) >= LARGE;
        if (isLarge) builder.then(new Layer.AveragePooling(2, 2, 0, Rounding.FLOOR));
        return builder.then(Convolution.square(24, 3, 1, 1, Bias.WITH))
                .then(Layer.Activation.RELU)
                .then(halving())
                .then(Convolution.square(48, 3, 1, 1, Bias.WITH))
                .then(Layer.Activation.RELU)
                .then(halving())
                .then(Convolution.square(96, 3, 1, 1, Bias.WITH))
                .then(Layer.Activation.RELU)
                .then(halving())
                .then(Convolution.square(128, 3, 1, 1, Bias.WITH))
                .then(Layer.Activation.RELU)
                .then(Convolution.square(128, 3, 1, 1, Bias.WITH))
                .then(Layer.Activation.RELU)
                .then(new Layer.GlobalAveragePooling())
                .then(new Layer.Flatten())
                .then(new Layer.Dropout(0.1))
                .then(new Layer.Dense(outputs, Bias.WITH))
                .network();
    }

    private static Layer halving() {
        return new Layer.MaxPooling(2, 2, 0, Rounding.FLOOR);
    }
}
