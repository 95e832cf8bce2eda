package io.fovea.map;

/** A convolution over {@link ChannelMaps} whose weights are fixed, with what follows it: sum with other maps, ReLU. */
public sealed interface MapConvolution permits DirectConvolution, WinogradConvolution {

    /** Returns the output's [OC, OH, OW]. */
    int[] outputShape();

    /** Returns how many floats the weights take as they are kept. */
    int weightLength();

    /**
     * Computes y = clamp(convolution(x) + bias), picture by picture the same bits whatever else is in the batch.
     *
     * @param pictures how many of x to take
     */
    void forward(ChannelMaps x, int pictures, Clamp clamp, ChannelMaps y, MapWorkspace workspace);

    /** Computes y = clamp(convolution(x) + bias + other); {@code other} and y are different maps of one shape. */
    void forward(ChannelMaps x, ChannelMaps other, int pictures, Clamp clamp, ChannelMaps y, MapWorkspace workspace);
}
