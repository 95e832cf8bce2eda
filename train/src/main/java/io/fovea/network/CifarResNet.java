package io.fovea.network;

import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Convolution;
import java.util.List;

/**
 * Residual networks for pictures of 32x32: three stages of 16, 32 and 64 channels, shortcuts without weights. Names as in the public
 * PyTorch files {@code resnet20-12fca82f.th} and so on.
 *
 * <p>Source: He, Zhang, Ren and Sun 2016, arXiv:1512.03385, section 4.2, option A.
 */
final class CifarResNet {

    private static final List<Integer> CHANNELS = List.of(16, 32, 64);

    private CifarResNet() {}

    /** Returns the network of 6·{@code blocks} + 2 layers with weights. */
    static Network network(String name, int blocks, Shape input, int classes) {
        NetworkBuilder builder = new NetworkBuilder(name, input)
                .then("conv1", Convolution.square(16, 3, 1, 1, Bias.WITHOUT))
                .then("bn1", norm())
                .then("relu", Layer.Activation.RELU);
        for (int stage = 0; stage < CHANNELS.size(); stage++) {
            for (int i = 0; i < blocks; i++) {
                int stride = stage > 0 && i == 0 ? 2 : 1;
                block(builder, "layer" + (stage + 1) + "." + i, CHANNELS.get(stage), stride);
            }
        }
        return builder.then("avgpool", new Layer.GlobalAveragePooling())
                .then("flatten", new Layer.Flatten())
                .then("linear", new Layer.Dense(classes, Bias.WITH))
                .network();
    }

    private static void block(NetworkBuilder builder, String name, int outputs, int stride) {
        String input = builder.last();
        builder.then(name + ".conv1", Convolution.square(outputs, 3, stride, 1, Bias.WITHOUT))
                .then(name + ".bn1", norm())
                .then(name + ".relu1", Layer.Activation.RELU)
                .then(name + ".conv2", Convolution.square(outputs, 3, 1, 1, Bias.WITHOUT))
                .then(name + ".bn2", norm());
        String residual = builder.last();
        String shortcut = input;
        if (stride > 1) {
            shortcut = name + ".shortcut";
            builder.then(shortcut, new Layer.IdentityShortcut(stride, outputs), List.of(input));
        }
        builder.then(name + ".add", new Layer.Add(), List.of(residual, shortcut))
                .then(name + ".relu", Layer.Activation.RELU);
    }

    private static Layer norm() {
        return new Layer.BatchNorm(1e-5, 0.1);
    }
}
