package io.fovea.network;

import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Convolution;
import io.fovea.network.Layer.Interpolation;
import io.fovea.problem.Problem;
import java.util.List;

/** Networks that answer with a picture: through a narrow code, or by taking the noise off. */
final class Restoration {

    /** By how much the code's maps are smaller than the picture. */
    static final int CODE_STRIDE = 4;

    /** Two maps of 7x7 for a digit of 28x28: 98 numbers. */
    private static final int CODE_CHANNELS = 2;

    private static final int DENOISER_CHANNELS = 32;
    private static final List<Integer> DILATIONS = List.of(1, 2, 3, 4, 3, 2, 1);

    private Restoration() {}

    /**
     * Returns a convolutional autoencoder: convolutions with stride to the layer "code", upsampling and convolutions back.
     *
     * <p>Source: Masci et al. 2011, doi:10.1007/978-3-642-21735-7_7; nearest neighbours before each convolution, so that no checkerboard
     * shows: Odena, Dumoulin and Olah 2016, doi:10.23915/distill.00003.
     */
    static Network autoencoder(String name, Shape input, int outputs) {
        NetworkBuilder builder = new NetworkBuilder(name, input);
        block(builder, 32, 2, 1);
        block(builder, 64, 2, 1);
        builder.then("code", Convolution.square(CODE_CHANNELS, 3, 1, 1, Bias.WITH));
        block(builder, 64, 1, 1);
        builder.then(new Layer.Upsample(2, Interpolation.NEAREST));
        block(builder, 32, 1, 1);
        builder.then(new Layer.Upsample(2, Interpolation.NEAREST));
        block(builder, 16, 1, 1);
        return builder.then("picture", Convolution.square(outputs, 3, 1, 1, Bias.WITH))
                .network();
    }

    /**
     * Returns a denoiser that learns the noise and adds its opposite to the picture; seven convolutions, dilated so that a pixel sees 33x33.
     *
     * <p>Source: Zhang et al. 2017, arXiv:1608.03981 (residual learning with batch norm); dilations: Zhang et al. 2017, arXiv:1704.03264,
     * figure 2.
     *
     * @throws Problem if the answer has not as many channels as the picture
     */
    static Network denoiser(String name, Shape input, int outputs) {
        if (outputs != input.size(0)) {
            throw new Problem(
                    "\"" + name + "\" answers with as many channels as its pictures have, " + input.size(0) + ", but "
                            + outputs + " are asked for.",
                    "network \"" + name + "\"",
                    "set the outputs to " + input.size(0) + ", or take another network, such as autoencoder-small");
        }
        NetworkBuilder builder = new NetworkBuilder(name, input)
                .then(Convolution.square(DENOISER_CHANNELS, 3, 1, 1, Bias.WITH))
                .then(Layer.Activation.RELU);
        for (int dilation : DILATIONS.subList(1, DILATIONS.size() - 1)) {
            block(builder, DENOISER_CHANNELS, 1, dilation);
        }
        return builder.then("noise", Convolution.square(outputs, 3, 1, 1, Bias.WITH))
                .then("picture", new Layer.Add(), List.of("noise", Network.INPUT))
                .network();
    }

    private static void block(NetworkBuilder builder, int channels, int stride, int dilation) {
        Padding padding = Padding.all(dilation);
        builder.then(new Convolution(channels, 3, 3, stride, padding, dilation, 1, Bias.WITHOUT))
                .then(new Layer.BatchNorm(1e-5, 0.1))
                .then(Layer.Activation.RELU);
    }
}
