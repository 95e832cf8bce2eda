package io.fovea.network;

import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Convolution;
import io.fovea.network.Layer.Interpolation;
import java.util.List;

/**
 * A ResNet whose maps at strides 8, 16 and 32 are each scored by a 1x1 convolution; the scores are summed from the coarsest on and brought
 * to the picture's size. Names of the backbone as in torchvision, so that its weights fit.
 *
 * <p>Unlike the paper's: upsampling stays bilinear, which the paper's begins as.
 * <p>Source: Long, Shelhamer and Darrell 2015, arXiv:1411.4038, section 4.2, FCN-8s.
 */
final class FullyConvolutional {

    /** By how much the coarsest maps are smaller than the picture. */
    static final int STRIDE = 32;

    private FullyConvolutional() {}

    static Network resNet18(String name, Shape input, int outputs) {
        NetworkBuilder builder = new NetworkBuilder(name, input);
        ResNet.backbone(builder, ResNet.Block.BASIC, List.of(2, 2, 2, 2));
        Layer score = Convolution.square(outputs, 1, 1, 0, Bias.WITH);
        return builder.then("head.score32", score)
                .then("head.up32", new Layer.Upsample(2, Interpolation.BILINEAR))
                .then("head.score16", score, List.of("layer3.1.relu"))
                .then("head.sum16", new Layer.Add(), List.of("head.up32", "head.score16"))
                .then("head.up16", new Layer.Upsample(2, Interpolation.BILINEAR))
                .then("head.score8", score, List.of("layer2.1.relu"))
                .then("head.sum8", new Layer.Add(), List.of("head.up16", "head.score8"))
                .then("head.up8", new Layer.Upsample(8, Interpolation.BILINEAR))
                .network();
    }
}
