package io.fovea.network;

import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Convolution;
import io.fovea.network.Layer.Rounding;
import java.util.List;

/**
 * Stacks of 3x3 convolutions, each stack halved by max pooling; names as in torchvision.
 *
 * <p>Source: Simonyan and Zisserman 2015, arXiv:1409.1556, table 1, columns D (16 layers with weights) and E (19).
 */
final class Vgg {

    /** How many convolutions each stack has. */
    static final List<Integer> SIXTEEN = List.of(2, 2, 3, 3, 3);

    static final List<Integer> NINETEEN = List.of(2, 2, 4, 4, 4);

    private static final List<Integer> CHANNELS = List.of(64, 128, 256, 512, 512);
    private static final int HIDDEN = 4096;

    /** Whether a batch norm follows each convolution. */
    enum Normalisation {
        /** None, as in the paper. */
        NONE,
        /** One, as in torchvision's networks that end with bn. */
        BATCH
    }

    private Vgg() {}

    static Network imageNet(String name, List<Integer> stacks, Normalisation normalisation, Shape input, int classes) {
        return imageNet(name, stacks, normalisation, HIDDEN, input, classes);
    }

    /** The same with as many outputs of the hidden dense layers as asked for. */
    static Network imageNet(
            String name, List<Integer> stacks, Normalisation normalisation, int hidden, Shape input, int classes) {
        return features(name, stacks, normalisation, input)
                .then("avgpool", new Layer.AdaptiveAveragePooling(7, 7))
                .then("flatten", new Layer.Flatten())
                .then("classifier.0", new Layer.Dense(hidden, Bias.WITH))
                .then("classifier.1", Layer.Activation.RELU)
                .then("classifier.2", new Layer.Dropout(0.5))
                .then("classifier.3", new Layer.Dense(hidden, Bias.WITH))
                .then("classifier.4", Layer.Activation.RELU)
                .then("classifier.5", new Layer.Dropout(0.5))
                .then("classifier.6", new Layer.Dense(classes, Bias.WITH))
                .network();
    }

    /** For pictures of 32x32, of which five poolings leave one pixel: a single dense layer follows. */
    static Network cifar(String name, List<Integer> stacks, Shape input, int classes) {
        return features(name, stacks, Normalisation.BATCH, input)
                .then("avgpool", new Layer.GlobalAveragePooling())
                .then("flatten", new Layer.Flatten())
                .then("classifier", new Layer.Dense(classes, Bias.WITH))
                .network();
    }

    private static NetworkBuilder features(
            String name, List<Integer> stacks, Normalisation normalisation, Shape input) {
        NetworkBuilder builder = new NetworkBuilder(name, input);
        int index = 0;
        for (int stack = 0; stack < stacks.size(); stack++) {
            for (int i = 0; i < stacks.get(stack); i++) {
                builder.then("features." + index++, Convolution.square(CHANNELS.get(stack), 3, 1, 1, Bias.WITH));
                switch (normalisation) {
                    case NONE -> {}
                    case BATCH -> builder.then("features." + index++, new Layer.BatchNorm(1e-5, 0.1));
                }
                builder.then("features." + index++, Layer.Activation.RELU);
            }
            builder.then("features." + index++, new Layer.MaxPooling(2, 2, 0, Rounding.FLOOR));
        }
        return builder;
    }
}
