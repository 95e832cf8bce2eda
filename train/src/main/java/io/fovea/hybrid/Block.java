package io.fovea.hybrid;

import java.util.Arrays;

/**
 * A part of the kernels that one search looks for, as a vector in units of its layer's root mean square.
 *
 * <p>A filter is its C·3·3 weights in the order [C, 3, 3], then its bias; a layer is its filters one after the other.
 */
sealed interface Block {

    /** One filter of the second layer. */
    record Filter(int filter) implements Block {}

    /** The whole first layer. */
    record FirstLayer() implements Block {}

    /** The first layer, then the second. */
    record BothLayers() implements Block {}

    /** Returns this part of the kernels, divided by the scales of its layers. */
    default double[] read(Kernels kernels, Scales scales) {
        return switch (this) {
            case Filter filter ->
                filters(kernels.secondWeight(), kernels.secondBias(), filter.filter(), 1, scales.second());
            case FirstLayer _ ->
                filters(kernels.firstWeight(), kernels.firstBias(), 0, kernels.firstBias().length, scales.first());
            case BothLayers _ -> {
                double[] first = new FirstLayer().read(kernels, scales);
                double[] second = filters(
                        kernels.secondWeight(), kernels.secondBias(), 0, kernels.secondBias().length, scales.second());
                double[] all = Arrays.copyOf(first, first.length + second.length);
                System.arraycopy(second, 0, all, first.length, second.length);
                yield all;
            }
        };
    }

    /** Writes this part of the kernels. */
    default void write(double[] values, Kernels kernels, Scales scales) {
        switch (this) {
            case Filter filter ->
                write(values, 0, kernels.secondWeight(), kernels.secondBias(), filter.filter(), 1, scales.second());
            case FirstLayer _ ->
                write(
                        values,
                        0,
                        kernels.firstWeight(),
                        kernels.firstBias(),
                        0,
                        kernels.firstBias().length,
                        scales.first());
            case BothLayers _ -> {
                new FirstLayer().write(values, kernels, scales);
                int first = kernels.firstWeight().length + kernels.firstBias().length;
                int count = kernels.secondBias().length;
                write(values, first, kernels.secondWeight(), kernels.secondBias(), 0, count, scales.second());
            }
        }
    }

    private static double[] filters(float[] weight, float[] bias, int first, int count, double scale) {
        int size = weight.length / bias.length;
        double[] values = new double[count * (size + 1)];
        for (int f = 0, i = 0; f < count; f++) {
            for (int w = 0; w < size; w++) values[i++] = weight[(first + f) * size + w] / scale;
            values[i++] = bias[first + f] / scale;
        }
        return values;
    }

    private static void write(
            double[] values, int from, float[] weight, float[] bias, int first, int count, double scale) {
        int size = weight.length / bias.length;
        int i = from;
        for (int f = first; f < first + count; f++) {
            for (int w = 0; w < size; w++) weight[f * size + w] = (float) (values[i++] * scale);
            bias[f] = (float) (values[i++] * scale);
        }
    }

    /**
     * The root mean square of each layer's weights when the search began: a step is as large a share of the one as of the other.
     */
    record Scales(double first, double second) {
        static Scales of(Kernels kernels) {
            return new Scales(rootMeanSquare(kernels.firstWeight()), rootMeanSquare(kernels.secondWeight()));
        }

        private static double rootMeanSquare(float[] weight) {
            double squares = 0;
            for (float w : weight) squares += (double) w * w;
            double root = Math.sqrt(squares / weight.length);
            return root > 0 ? root : 1;
        }
    }
}
