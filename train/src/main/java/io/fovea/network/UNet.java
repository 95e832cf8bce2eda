package io.fovea.network;

import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Convolution;
import io.fovea.network.Layer.Interpolation;
import io.fovea.network.Layer.Rounding;
import java.util.List;

/**
 * Encoder and decoder with a shortcut at every size: the encoder's maps join the decoder's where both are equally large.
 *
 * <p>Unlike the paper's: padded convolutions, so that the output is as large as the picture; batch norm after each; bilinear upsampling in
 * place of up-convolutions; fewer channels.
 * <p>Source: Ronneberger, Fischer and Brox 2015, arXiv:1505.04597, figure 1.
 */
final class UNet {

    /** How the first level of maps comes from the picture. */
    enum Stem {
        /** As large as the picture, with two convolutions. */
        FULL_SIZE(1),
        /** Half as high and wide, by a convolution of stride 2; the answer is made twice as large at the end. */
        HALF_SIZE(2);

        private final int stride;

        Stem(int stride) {
            this.stride = stride;
        }
    }

    private UNet() {}

    /** Returns by how much the deepest maps are smaller than the picture. */
    static int stride(Stem stem, List<Integer> channels) {
        return stem.stride << channels.size() - 1;
    }

    /** Returns the network with that many channels on each level, the largest maps first. */
    static Network network(String name, Stem stem, List<Integer> channels, Shape input, int outputs) {
        NetworkBuilder builder = new NetworkBuilder(name, input);
        int deepest = channels.size() - 1;
        for (int level = 0; level <= deepest; level++) {
            if (level > 0) builder.then("pool" + level, new Layer.MaxPooling(2, 2, 0, Rounding.FLOOR));
            int stride = level == 0 ? stem.stride : 1;
            convolutions(builder, "encoder" + level, channels.get(level), stride);
        }
        for (int level = deepest - 1; level >= 0; level--) {
            String up = "up" + level;
            builder.then(up, new Layer.Upsample(2, Interpolation.BILINEAR))
                    .then("join" + level, new Layer.Concat(), List.of(up, "encoder" + level + ".relu2"));
            convolutions(builder, "decoder" + level, channels.get(level), 1);
        }
        builder.then("head", Convolution.square(outputs, 1, 1, 0, Bias.WITH));
        return switch (stem) {
            case FULL_SIZE -> builder.network();
            case HALF_SIZE ->
                builder.then("head.up", new Layer.Upsample(stem.stride, Interpolation.BILINEAR))
                        .network();
        };
    }

    private static void convolutions(NetworkBuilder builder, String name, int channels, int stride) {
        builder.then(name + ".conv1", Convolution.square(channels, 3, stride, 1, Bias.WITHOUT))
                .then(name + ".bn1", new Layer.BatchNorm(1e-5, 0.1))
                .then(name + ".relu1", Layer.Activation.RELU)
                .then(name + ".conv2", Convolution.square(channels, 3, 1, 1, Bias.WITHOUT))
                .then(name + ".bn2", new Layer.BatchNorm(1e-5, 0.1))
                .then(name + ".relu2", Layer.Activation.RELU);
    }
}
