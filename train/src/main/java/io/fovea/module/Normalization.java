package io.fovea.module;

import io.fovea.kernel.NormalizationKernel;
import java.util.Arrays;
import java.util.Optional;

/**
 * One part's work on batch norm: passes over its maps, piece by piece, so that a value is in the first-level cache for all that is done with it.
 *
 * <p>Symbols: C channels, x before batch norm, y after all of it, g the gradient by y.
 *
 * <p>Source: Ioffe and Szegedy 2015, arXiv:1502.03167.
 */
final class Normalization {

    /** Values in a piece: eight arrays of them fill the first-level cache. */
    private static final int PIECE = 2048;

    /** Pieces that are summed in 32 bits before the sums are added up in 64. */
    private static final int MOST_SUMMED = 256;

    private final short[] halves;
    private final float[] x;
    private final float[] y;
    private final float[] g;
    private final float[] first;
    private final float[] second;
    private final float[] third;
    private final float[] fourth;
    private final float[] sums;
    private final float[] products;
    private final int channels;
    private final int piece;

    /** Makes room for pieces of whole rows of C values. */
    Normalization(int channels) {
        this.channels = channels;
        this.piece = Math.max(1, PIECE / channels) * channels;
        halves = new short[piece];
        x = new float[piece];
        y = new float[piece];
        g = new float[piece];
        first = new float[piece];
        second = new float[piece];
        third = new float[piece];
        fourth = new float[piece];
        sums = new float[piece];
        products = new float[piece];
    }

    /**
     * Returns Σ x [C] and Σ x² [C], one after the other. They are summed as deviations from the mean of the first piece, so that no digits are lost
     * where values lie close together and far from zero.
     */
    double[] squares(MapMemory from, long length) {
        int beginning = (int) Math.min(piece, length);
        from.read(0, beginning, x, halves);
        float[] shift = new float[channels];
        for (int i = 0; i < beginning; i++) shift[i % channels] += x[i] * channels / beginning;
        repeat(shift, first);
        double[] total = new double[2 * channels];
        int pieces = 0;
        for (long at = 0; at < length; at += piece) {
            int n = (int) Math.min(piece, length - at);
            from.read(at, n, x, halves);
            NormalizationKernel.addDeviations(x, first, n, sums, products);
            if (++pieces % MOST_SUMMED == 0) fold(total);
        }
        fold(total);
        double rows = (double) length / channels;
        for (int c = 0; c < channels; c++) {
            double deviations = total[c];
            total[c] += rows * shift[c];
            total[channels + c] += 2 * shift[c] * deviations + rows * shift[c] * shift[c];
        }
        return total;
    }

    /** y = cut((x − mean) · scale + offset + added). */
    void normalize(
            MapMemory from,
            Optional<MapMemory> added,
            Optional<Float> ceiling,
            long length,
            float[] mean,
            float[] scale,
            float[] offset,
            MapMemory to) {
        repeat(mean, first);
        repeat(scale, second);
        repeat(offset, third);
        for (long at = 0; at < length; at += piece) {
            int n = (int) Math.min(piece, length - at);
            from.read(at, n, x, halves);
            NormalizationKernel.normalize(x, first, second, third, n, y);
            if (added.isPresent()) {
                added.get().read(at, n, x, halves);
                NormalizationKernel.add(x, n, y);
            }
            if (ceiling.isPresent()) NormalizationKernel.rectify(ceiling.get(), n, y);
            to.write(y, n, at, halves);
        }
    }

    /** Makes of one or two gradients by y that of the sum before the function that cuts off, where the first lies. */
    void gather(
            MapMemory gradient, Optional<MapMemory> further, Optional<Float> ceiling, MapMemory output, long length) {
        if (further.isEmpty() && ceiling.isEmpty()) return;
        for (long at = 0; at < length; at += piece) {
            int n = (int) Math.min(piece, length - at);
            gathered(gradient, further, ceiling, output, at, n);
            gradient.write(g, n, at, halves);
        }
    }

    /** Does the same and returns Σ g [C] and Σ g · (x − mean) [C], one after the other. */
    double[] gatherAndSum(
            MapMemory gradient,
            Optional<MapMemory> further,
            Optional<Float> ceiling,
            MapMemory output,
            MapMemory input,
            long length,
            float[] mean) {
        repeat(mean, first);
        double[] total = new double[2 * channels];
        int pieces = 0;
        boolean changes = further.isPresent() || ceiling.isPresent();
        for (long at = 0; at < length; at += piece) {
            int n = (int) Math.min(piece, length - at);
            gathered(gradient, further, ceiling, output, at, n);
            if (changes) gradient.write(g, n, at, halves);
            input.read(at, n, x, halves);
            NormalizationKernel.addGradients(g, x, first, n, sums, products);
            if (++pieces % MOST_SUMMED == 0) fold(total);
        }
        return fold(total);
    }

    private void gathered(
            MapMemory gradient,
            Optional<MapMemory> further,
            Optional<Float> ceiling,
            MapMemory output,
            long at,
            int n) {
        gradient.read(at, n, g, halves);
        if (further.isPresent()) {
            further.get().read(at, n, x, halves);
            NormalizationKernel.add(x, n, g);
        }
        if (ceiling.isPresent()) {
            output.read(at, n, y, halves);
            NormalizationKernel.rectifyGradient(y, ceiling.get(), n, g);
        }
    }

    /** Writes g · scale + (x − mean) · slope + offset, the gradient by x. */
    void inputGradient(
            MapMemory gradient,
            MapMemory input,
            long length,
            float[] scale,
            float[] mean,
            float[] slope,
            float[] offset,
            MapMemory to) {
        repeat(scale, first);
        repeat(mean, second);
        repeat(slope, third);
        repeat(offset, fourth);
        for (long at = 0; at < length; at += piece) {
            int n = (int) Math.min(piece, length - at);
            gradient.read(at, n, g, halves);
            input.read(at, n, x, halves);
            NormalizationKernel.inputGradient(g, first, second, third, fourth, n, x);
            to.write(x, n, at, halves);
        }
    }

    private void repeat(float[] values, float[] row) {
        for (int at = 0; at < piece; at += channels) System.arraycopy(values, 0, row, at, channels);
    }

    /** Adds what was summed since the last time. */
    private double[] fold(double[] total) {
        for (int i = 0; i < piece; i++) {
            total[i % channels] += sums[i];
            total[channels + i % channels] += products[i];
        }
        Arrays.fill(sums, 0);
        Arrays.fill(products, 0);
        return total;
    }
}
