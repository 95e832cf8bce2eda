package io.fovea.weights;

import io.fovea.network.Shape;

/** Tensors as Keras and TensorFlow lay them out, brought into the order of axes that networks here have. */
final class TensorFlowLayout {

    private TensorFlowLayout() {}

    /**
     * Returns the tensor with its axes turned.
     *
     * <p>Convolution [KH, KW, C, OC] → [OC, C, KH, KW]; depthwise [KH, KW, C, M] → [C·M, 1, KH, KW], output c·M + m; dense
     * [D, outputs] → [outputs, D]; everything else as it is.
     */
    static NamedTensor turned(NamedTensor tensor) {
        int[] s = tensor.shape();
        if (s.length == 2) return gathered(tensor, new int[] {s[1], s[0]}, new long[] {1, s[1]});
        if (s.length != 4) return tensor;
        long row = (long) s[1] * s[2] * s[3];
        long column = (long) s[2] * s[3];
        if (FileNames.isDepthwise(tensor.name())) {
            return gathered(tensor, new int[] {s[2] * s[3], 1, s[0], s[1]}, new long[] {1, 0, row, column});
        }
        return gathered(tensor, new int[] {s[3], s[2], s[0], s[1]}, new long[] {1, s[3], row, column});
    }

    /**
     * Returns a dense layer's weights [outputs, H·W·C] for maps that are laid in a row channel by channel: [outputs, C·H·W].
     *
     * @param maps [C, H, W] before they are laid in a row
     */
    static NamedTensor afterFlatten(NamedTensor dense, Shape maps) {
        int channels = maps.size(0);
        int pixels = maps.size(1) * maps.size(2);
        int outputs = dense.shape()[0];
        long all = (long) channels * pixels;
        NamedTensor turned = gathered(dense, new int[] {outputs, channels, pixels}, new long[] {all, 1, channels});
        return new NamedTensor(dense.name(), dense.shape(), turned.values());
    }

    private static NamedTensor gathered(NamedTensor tensor, int[] shape, long[] strides) {
        return new NamedTensor(tensor.name(), shape, Strided.gathered(tensor.values(), shape, strides));
    }
}
