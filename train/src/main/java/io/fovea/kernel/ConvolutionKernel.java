package io.fovea.kernel;

/**
 * Two-dimensional convolution of a group of pictures, forward and backward.
 *
 * <p>Shapes: input [C, H, W, L] already padded → output [OC, OH, OW, L]; weight [OC, C, KH, KW], bias [OC], both in the flat
 * parameters of a network; a bias at a negative place is none.
 *
 * <p>One object serves all threads; what a thread needs for itself it brings as workspace and sums.
 */
public sealed interface ConvolutionKernel permits DirectConvolutionKernel, WinogradConvolutionKernel {

    /**
     * Returns the way that takes fewer operations: {@link WinogradConvolutionKernel} where it can be used and there are channels enough to
     * share its transforms.
     */
    static ConvolutionKernel of(
            int channels,
            int height,
            int width,
            int outputChannels,
            int kernelHeight,
            int kernelWidth,
            int stride,
            int dilation) {
        boolean plain = stride == 1 && dilation == 1 && kernelHeight == kernelWidth;
        if (plain && WinogradConvolutionKernel.pays(channels, height, width, outputChannels, kernelHeight))
            return new WinogradConvolutionKernel(channels, height, width, outputChannels, kernelHeight);
        return new DirectConvolutionKernel(
                channels, height, width, outputChannels, kernelHeight, kernelWidth, stride, dilation);
    }

    /** Returns OC. */
    int outputChannels();

    /** Returns how many floats a padded input has: C·H·W·L. */
    int inputLength();

    /** Returns how many floats each call needs to work with. */
    int workspaceLength();

    /** Returns how many floats a thread sums gradients by the parameters in. */
    int sumsLength();

    /**
     * Makes the weights of output channels {@code from} to {@code to}, which is left out, ready for {@link #forward} and {@link
     * #inputGradient}. To be called after every change of the parameters.
     */
    void prepare(float[] parameters, int weight, int from, int to);

    /** Computes y[oc, oy, ox] = bias[oc] + Σ_c,ky,kx weight[oc, c, ky, kx] · x[c, oy + ky, ox + kx], stride and dilation likewise. */
    void forward(float[] x, float[] parameters, int weight, int bias, float[] y, float[] workspace);

    /**
     * Adds the gradients by weight and bias of two groups to the sums; if both groups are the same, it counts once.
     *
     * @param gy [OC, OH, OW, L], the gradient by the output
     */
    void parameterGradients(float[] x, float[] gy, float[] otherX, float[] otherGy, float[] sums, float[] workspace);

    /**
     * Computes gx[c, y, x] = Σ_oc,ky,kx weight[oc, c, ky, kx] · gy[oc, y − ky, x − kx], stride and dilation likewise.
     *
     * @param gx [C, H, W, L], overwritten with the gradient by the padded input
     */
    void inputGradient(float[] gy, float[] parameters, int weight, float[] gx, float[] workspace);

    /** Writes the gradients of output channels {@code from} to {@code to}, which is left out, from the sums of all threads. */
    void collect(float[][] sums, int from, int to, float[] gradients, int weight, int bias);
}
