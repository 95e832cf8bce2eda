package io.fovea.network;

import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Convolution;
import io.fovea.network.Layer.Rounding;
import java.util.List;

/**
 * Fire modules: a 1x1 convolution squeezes the channels, two of 1x1 and 3x3 expand them again. Names as in torchvision.
 *
 * <p>Source: Iandola et al. 2016, arXiv:1602.07360, table 1; version 1.1 is the authors' cheaper one.
 */
final class SqueezeNet {

    private SqueezeNet() {}

    static Network version10(Shape input, int classes) {
        NetworkBuilder builder = new NetworkBuilder("squeezenet1_0", input)
                .then("features.0", Convolution.square(96, 7, 2, 0, Bias.WITH))
                .then("features.1", Layer.Activation.RELU)
                .then("features.2", pooling());
        fire(builder, "features.3", 16, 64);
        fire(builder, "features.4", 16, 64);
        fire(builder, "features.5", 32, 128);
        builder.then("features.6", pooling());
        fire(builder, "features.7", 32, 128);
        fire(builder, "features.8", 48, 192);
        fire(builder, "features.9", 48, 192);
        fire(builder, "features.10", 64, 256);
        builder.then("features.11", pooling());
        fire(builder, "features.12", 64, 256);
        return classifier(builder, classes);
    }

    static Network version11(Shape input, int classes) {
        NetworkBuilder builder = new NetworkBuilder("squeezenet1_1", input)
                .then("features.0", Convolution.square(64, 3, 2, 0, Bias.WITH))
                .then("features.1", Layer.Activation.RELU)
                .then("features.2", pooling());
        fire(builder, "features.3", 16, 64);
        fire(builder, "features.4", 16, 64);
        builder.then("features.5", pooling());
        fire(builder, "features.6", 32, 128);
        fire(builder, "features.7", 32, 128);
        builder.then("features.8", pooling());
        fire(builder, "features.9", 48, 192);
        fire(builder, "features.10", 48, 192);
        fire(builder, "features.11", 64, 256);
        fire(builder, "features.12", 64, 256);
        return classifier(builder, classes);
    }

    private static void fire(NetworkBuilder builder, String name, int squeezed, int expanded) {
        String squeeze = name + ".squeeze_activation";
        builder.then(name + ".squeeze", Convolution.square(squeezed, 1, 1, 0, Bias.WITH))
                .then(squeeze, Layer.Activation.RELU)
                .then(name + ".expand1x1", Convolution.square(expanded, 1, 1, 0, Bias.WITH))
                .then(name + ".expand1x1_activation", Layer.Activation.RELU)
                .then(name + ".expand3x3", Convolution.square(expanded, 3, 1, 1, Bias.WITH), List.of(squeeze))
                .then(name + ".expand3x3_activation", Layer.Activation.RELU)
                .then(
                        name + ".concat",
                        new Layer.Concat(),
                        List.of(name + ".expand1x1_activation", name + ".expand3x3_activation"));
    }

    private static Network classifier(NetworkBuilder builder, int classes) {
        return builder.then("classifier.0", new Layer.Dropout(0.5))
                .then("classifier.1", Convolution.square(classes, 1, 1, 0, Bias.WITH))
                .then("classifier.2", Layer.Activation.RELU)
                .then("classifier.3", new Layer.GlobalAveragePooling())
                .then("flatten", new Layer.Flatten())
                .network();
    }

    private static Layer pooling() {
        return new Layer.MaxPooling(3, 2, 0, Rounding.CEILING);
    }
}
