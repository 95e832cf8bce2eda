package io.fovea.network;

import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Convolution;
import io.fovea.network.Layer.Rounding;
import java.util.List;

/**
 * Residual networks for ImageNet; names as in torchvision.
 *
 * <p>Source: He, Zhang, Ren and Sun 2016, arXiv:1512.03385, table 1. As in torchvision, a bottleneck halves the map in its 3x3
 * convolution instead of the first 1x1.
 */
final class ResNet {

    /** What a block computes beside its shortcut. */
    enum Block {
        /** Two 3x3 convolutions. */
        BASIC(1),
        /** 1x1 to fewer channels, 3x3, 1x1 to four times as many. */
        BOTTLENECK(4);

        private final int expansion;

        Block(int expansion) {
            this.expansion = expansion;
        }
    }

    private static final List<Integer> CHANNELS = List.of(64, 128, 256, 512);

    private ResNet() {}

    /** Returns the network of which each of four stages has that many blocks. */
    static Network network(String name, Block block, List<Integer> blocks, Shape input, int classes) {
        NetworkBuilder builder = new NetworkBuilder(name, input);
        backbone(builder, block, blocks);
        return builder.then("avgpool", new Layer.GlobalAveragePooling())
                .then("flatten", new Layer.Flatten())
                .then("fc", new Layer.Dense(classes, Bias.WITH))
                .network();
    }

    /** Adds all but the head; the last maps have a stride of 32. */
    static void backbone(NetworkBuilder builder, Block block, List<Integer> blocks) {
        builder.then("conv1", Convolution.square(64, 7, 2, 3, Bias.WITHOUT))
                .then("bn1", norm())
                .then("relu", Layer.Activation.RELU)
                .then("maxpool", new Layer.MaxPooling(3, 2, 1, Rounding.FLOOR));
        int channels = 64;
        for (int stage = 0; stage < blocks.size(); stage++) {
            int outputs = CHANNELS.get(stage) * block.expansion;
            for (int i = 0; i < blocks.get(stage); i++) {
                int stride = stage > 0 && i == 0 ? 2 : 1;
                block(builder, "layer" + (stage + 1) + "." + i, block, channels, outputs, stride);
                channels = outputs;
            }
        }
    }

    private static void block(NetworkBuilder builder, String name, Block block, int channels, int outputs, int stride) {
        String input = builder.last();
        switch (block) {
            case BASIC ->
                builder.then(name + ".conv1", Convolution.square(outputs, 3, stride, 1, Bias.WITHOUT))
                        .then(name + ".bn1", norm())
                        .then(name + ".relu1", Layer.Activation.RELU)
                        .then(name + ".conv2", Convolution.square(outputs, 3, 1, 1, Bias.WITHOUT))
                        .then(name + ".bn2", norm());
            case BOTTLENECK -> {
                int narrow = outputs / block.expansion;
                builder.then(name + ".conv1", Convolution.square(narrow, 1, 1, 0, Bias.WITHOUT))
                        .then(name + ".bn1", norm())
                        .then(name + ".relu1", Layer.Activation.RELU)
                        .then(name + ".conv2", Convolution.square(narrow, 3, stride, 1, Bias.WITHOUT))
                        .then(name + ".bn2", norm())
                        .then(name + ".relu2", Layer.Activation.RELU)
                        .then(name + ".conv3", Convolution.square(outputs, 1, 1, 0, Bias.WITHOUT))
                        .then(name + ".bn3", norm());
            }
        }
        String residual = builder.last();
        String shortcut = input;
        if (stride > 1 || channels != outputs) {
            shortcut = name + ".downsample.1";
            builder.then(
                            name + ".downsample.0",
                            Convolution.square(outputs, 1, stride, 0, Bias.WITHOUT),
                            List.of(input))
                    .then(shortcut, norm());
        }
        builder.then(name + ".add", new Layer.Add(), List.of(residual, shortcut))
                .then(name + ".relu", Layer.Activation.RELU);
    }

    private static Layer norm() {
        return new Layer.BatchNorm(1e-5, 0.1);
    }
}
