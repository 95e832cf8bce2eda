package io.fovea.network;

import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Convolution;
import io.fovea.network.Layer.Interpolation;
import java.util.List;

/**
 * LR-ASPP, "lite reduced atrous spatial pyramid pooling", on MobileNet v2: maps at stride 16, gated by what the whole picture says, and
 * maps at stride 8 are scored by a 1x1 convolution each; the sum is brought to the picture's size. Names of the backbone as in torchvision,
 * so that its weights fit.
 *
 * <p>The backbone's last stage is dilated in place of its stride, and the 1x1 convolution to 1280 channels after it is left out. The gate
 * is the mean of the whole map, as in torchvision, in place of large windows.
 * <p>Source: Howard et al. 2019, arXiv:1905.02244, section 6.4 and figure 10.
 */
final class LiteAspp {

    /** By how much the coarsest maps are smaller than the picture. */
    static final int STRIDE = 16;

    private static final int CHANNELS = 128;
    /** The backbone's last maps before the stride becomes 16. */
    private static final String FINE = "features.6.add";

    private LiteAspp() {}

    static Network mobileNet(String name, Shape input, int outputs) {
        NetworkBuilder builder = new NetworkBuilder(name, input);
        MobileNetV2.dilatedBackbone(builder, input);
        String coarse = builder.last();
        Layer score = Convolution.square(outputs, 1, 1, 0, Bias.WITH);
        return builder.then("head.cbr.0", Convolution.square(CHANNELS, 1, 1, 0, Bias.WITHOUT))
                .then("head.cbr.1", new Layer.BatchNorm(1e-5, 0.1))
                .then("head.cbr.2", Layer.Activation.RELU)
                .then("head.scale.0", new Layer.GlobalAveragePooling(), List.of(coarse))
                .then("head.scale.1", Convolution.square(CHANNELS, 1, 1, 0, Bias.WITHOUT))
                .then("head.scale.2", new Layer.Activation(ActivationFunction.SIGMOID))
                .then("head.gated", new Layer.Multiply(), List.of("head.cbr.2", "head.scale.2"))
                .then("head.up16", new Layer.Upsample(2, Interpolation.BILINEAR))
                .then("head.high_classifier", score)
                .then("head.low_classifier", score, List.of(FINE))
                .then("head.sum", new Layer.Add(), List.of("head.high_classifier", "head.low_classifier"))
                .then("head.up8", new Layer.Upsample(8, Interpolation.BILINEAR))
                .network();
    }
}
