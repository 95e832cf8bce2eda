package io.fovea.export;

import io.fovea.image.Preprocessing;
import java.util.Arrays;

/**
 * Fixed filters that tell how a picture looks, whatever a network has learned to see in it. A picture's statistics are the logarithms of their
 * energies: vⱼ = ln(Σ yⱼ² + ε·P) with the results yⱼ of filter j at P positions.
 *
 * <p>With Y, the mean of the channels, in 0 … 1, at each second pixel and row:
 * <ul>
 *   <li>differences of Y: left less right, top less bottom, and both, between single pixels and between means of 2x2;
 *   <li>Y and 1 − Y, which together tell mean and contrast;
 *   <li>of colours R − B and G − (R + B)/2, and 1 + each, which tells their mean.
 * </ul>
 * The floor ε lets a flat or grey picture lie far from textured or coloured ones, and at a finite distance.
 * <p>Shapes: picture as the network gets it, [C, H, W] with C = 1 or 3 → maps [F, ⌊(H − 4)/2⌋ + 1, ⌊(W − 4)/2⌋ + 1], F = 8 or 12.
 * <p>Cost: F·C·16 multiply-accumulates for each of the P positions.
 * <p>Source: Haar 1910, doi:10.1007/BF01456326 (differences of boxes).
 *
 * @param weights [F, C, 4, 4]
 * @param bias    [F]
 * @param floor   ε·P
 */
record PictureFilters(float[] weights, float[] bias, float floor) {

    static final int KERNEL = 4;
    static final int STRIDE = 2;

    /** ε, the energy of a difference of a grey level in 255, nearly. */
    private static final double FLOOR = 1e-5;

    private static final int GREY = 8;
    private static final int COLOUR = 12;

    /** Returns whether pictures are large enough for a position, and have the channels of grey or colour. */
    static boolean fit(int channels, int height, int width) {
        return (channels == 1 || channels == 3) && height >= KERNEL && width >= KERNEL;
    }

    /** Returns F. */
    static int count(int channels) {
        return channels == 1 ? GREY : COLOUR;
    }

    /** Returns the filters for pictures that are prepared so. */
    static PictureFilters of(Preprocessing preprocessing) {
        Drawn drawn = new Drawn(preprocessing);
        for (int side = 1; side <= KERNEL / 2; side++) {
            drawn.add(0, drawn.brightness(), boxes(side, 1, -1, 1, -1));
            drawn.add(0, drawn.brightness(), boxes(side, 1, 1, -1, -1));
            drawn.add(0, drawn.brightness(), boxes(side, 1, -1, -1, 1));
        }
        double[] pixel = pixel();
        drawn.add(0, drawn.brightness(), pixel);
        drawn.add(-1, drawn.brightness(), pixel);
        if (preprocessing.channels() == 3) {
            for (double[] colour : new double[][] {{1, 0, -1}, {-0.5, 1, -0.5}}) {
                drawn.add(0, colour, pixel);
                drawn.add(1, colour, pixel);
            }
        }
        int positions = positions(preprocessing.height()) * positions(preprocessing.width());
        return new PictureFilters(drawn.weights, drawn.bias, (float) (FLOOR * positions));
    }

    private static int positions(int size) {
        return (size - KERNEL) / STRIDE + 1;
    }

    /** Returns the mean of each of four boxes at the upper left, times half a sign: top left and right, bottom left and right. */
    private static double[] boxes(int side, int... signs) {
        double[] kernel = new double[KERNEL * KERNEL];
        for (int y = 0; y < 2 * side; y++)
            for (int x = 0; x < 2 * side; x++)
                kernel[y * KERNEL + x] = 0.5 * signs[y / side * 2 + x / side] / (side * side);
        return kernel;
    }

    private static double[] pixel() {
        double[] kernel = new double[KERNEL * KERNEL];
        kernel[KERNEL + 1] = 1;
        return kernel;
    }

    /** Filters for values of 0 … 1, written as filters for what the network gets instead. */
    private static final class Drawn {

        private final float[] mean;
        private final float[] std;
        private final float[] weights;
        private final float[] bias;
        private int next;

        Drawn(Preprocessing preprocessing) {
            mean = preprocessing.mean();
            std = preprocessing.std();
            int count = count(mean.length);
            weights = new float[count * mean.length * KERNEL * KERNEL];
            bias = new float[count];
        }

        double[] brightness() {
            double[] share = new double[mean.length];
            Arrays.fill(share, 1.0 / mean.length);
            return share;
        }

        /** Adds offset + Σ shareᶜ · kernel ∗ picture. */
        void add(double offset, double[] share, double[] kernel) {
            double constant = offset;
            for (int c = 0; c < mean.length; c++) {
                for (int i = 0; i < kernel.length; i++) {
                    weights[(next * mean.length + c) * kernel.length + i] = (float) (share[c] * kernel[i] * std[c]);
                    constant += share[c] * kernel[i] * mean[c];
                }
            }
            bias[next++] = (float) constant;
        }
    }
}
