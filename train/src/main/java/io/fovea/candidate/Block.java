package io.fovea.candidate;

import java.util.Arrays;

/**
 * A part of the kernels that one search looks for, as a vector in units of its layer's root mean square.
 *
 * <p>A filter is its C·3·3 weights in the order [C, 3, 3], then its bias; a layer is its filters one after the other.
 */
public sealed interface Block {

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

    /** Writes this part of the kernels, each number times the scale of its layer. */
    default void write(double[] values, Kernels kernels, Scales scales) {
        float[] scaled = new float[values.length];
        scale(values, kernels, scales, scaled, 0);
        put(scaled, 0, kernels);
    }

    /**
     * Multiplies each number with the scale of its layer, as {@link #put} takes them.
     *
     * @param kernels of the sizes that the part belongs to
     */
    default void scale(double[] values, Kernels kernels, Scales scales, float[] scaled, int from) {
        int first =
                switch (this) {
                    case Filter _ -> 0;
                    case FirstLayer _ -> values.length;
                    case BothLayers _ -> kernels.firstWeight().length + kernels.firstBias().length;
                };
        for (int i = 0; i < values.length; i++) {
            scaled[from + i] = (float) (values[i] * (i < first ? scales.first() : scales.second()));
        }
    }

    /** Puts this part into the kernels as it is, its numbers from {@code from}. */
    default void put(float[] values, int from, Kernels kernels) {
        switch (this) {
            case Filter filter -> put(values, from, kernels.secondWeight(), kernels.secondBias(), filter.filter(), 1);
            case FirstLayer _ ->
                put(values, from, kernels.firstWeight(), kernels.firstBias(), 0, kernels.firstBias().length);
            case BothLayers _ -> {
                new FirstLayer().put(values, from, kernels);
                int first = kernels.firstWeight().length + kernels.firstBias().length;
                int count = kernels.secondBias().length;
                put(values, from + first, kernels.secondWeight(), kernels.secondBias(), 0, count);
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

    private static void put(float[] values, int from, float[] weight, float[] bias, int first, int count) {
        int size = weight.length / bias.length;
        int i = from;
        for (int f = first; f < first + count; f++) {
            for (int w = 0; w < size; w++) weight[f * size + w] = values[i++];
            bias[f] = values[i++];
        }
    }

    /**
     * The root mean square of each layer's weights when the search began: a step is as large a share of the one as of the other.
     */
    record Scales(double first, double second) {
        /** Returns those of these kernels. */
        public static Scales of(Kernels kernels) {
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
