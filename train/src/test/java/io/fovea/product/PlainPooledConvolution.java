package io.fovea.product;

import java.util.SplittableRandom;

/** What {@link PooledConvolution} computes, as plain loops in 64 bits. */
final class PlainPooledConvolution {

    final int height;
    final int width;
    final int channels;
    final int filters;
    final int size;
    final float[] weight;
    final float[] bias;

    PlainPooledConvolution(int height, int width, int channels, int filters, int size, SplittableRandom random) {
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.filters = filters;
        this.size = size;
        weight = drawn(filters * channels * size * size, random);
        bias = drawn(filters, random);
    }

    static float[] drawn(int count, SplittableRandom random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = (float) (random.nextDouble() - 0.5);
        return values;
    }

    PooledConvolution kernel() {
        PooledConvolution kernel = new PooledConvolution(height, width, channels, filters, size);
        kernel.set(weight, bias);
        return kernel;
    }

    int windows() {
        return (height - size + 1) / 2 * ((width - size + 1) / 2);
    }

    /** Returns [PH, PW, OC] of the picture that stands at {@code at}. */
    double[] forward(float[] x, int at) {
        int outputWidth = (width - size + 1) / 2;
        double[] y = new double[windows() * filters];
        for (int window = 0; window < windows(); window++) {
            for (int o = 0; o < filters; o++) {
                double largest = 0; // ReLU
                for (int r = 0; r < 4; r++) {
                    int top = 2 * (window / outputWidth) + r / 2;
                    int left = 2 * (window % outputWidth) + r % 2;
                    largest = Math.max(largest, answer(x, at, top, left, o));
                }
                y[window * filters + o] = largest;
            }
        }
        return y;
    }

    private double answer(float[] x, int at, int top, int left, int o) {
        double sum = bias[o];
        for (int c = 0; c < channels; c++) {
            for (int ky = 0; ky < size; ky++) {
                for (int kx = 0; kx < size; kx++) {
                    sum += (double) weight[((o * channels + c) * size + ky) * size + kx]
                            * x[at + ((top + ky) * width + left + kx) * channels + c];
                }
            }
        }
        return sum;
    }
}
