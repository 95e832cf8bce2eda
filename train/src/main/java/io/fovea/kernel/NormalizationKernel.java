package io.fovea.kernel;

import static io.fovea.kernel.Lanes.COUNT;
import static io.fovea.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Batch norm and what mostly stands beside it, for pieces of maps that lie in memory channels last. A piece is whole rows of C values; what belongs
 * to channels is repeated for each row, so that every operation goes straight through arrays of the same length.
 *
 * <p>Symbols: n values in the piece, x before batch norm, y after all of it, g the gradient by y.
 */
public final class NormalizationKernel {

    private NormalizationKernel() {}

    /** sum += x − shift and squares += (x − shift)², value by value. A shift near the mean keeps the squares from drowning the deviations. */
    public static void addDeviations(float[] x, float[] shift, int n, float[] sum, float[] squares) {
        int i = 0;
        for (; i < SPECIES.loopBound(n); i += COUNT) {
            FloatVector d = FloatVector.fromArray(SPECIES, x, i).sub(FloatVector.fromArray(SPECIES, shift, i));
            FloatVector.fromArray(SPECIES, sum, i).add(d).intoArray(sum, i);
            d.fma(d, FloatVector.fromArray(SPECIES, squares, i)).intoArray(squares, i);
        }
        for (; i < n; i++) {
            float d = x[i] - shift[i];
            sum[i] += d;
            squares[i] = Math.fma(d, d, squares[i]);
        }
    }

    /** y = (x − mean) · scale + offset. */
    public static void normalize(float[] x, float[] mean, float[] scale, float[] offset, int n, float[] y) {
        int i = 0;
        for (; i < SPECIES.loopBound(n); i += COUNT)
            FloatVector.fromArray(SPECIES, x, i)
                    .sub(FloatVector.fromArray(SPECIES, mean, i))
                    .fma(FloatVector.fromArray(SPECIES, scale, i), FloatVector.fromArray(SPECIES, offset, i))
                    .intoArray(y, i);
        for (; i < n; i++) y[i] = Math.fma(x[i] - mean[i], scale[i], offset[i]);
    }

    /** y += x. */
    public static void add(float[] x, int n, float[] y) {
        int i = 0;
        for (; i < SPECIES.loopBound(n); i += COUNT)
            FloatVector.fromArray(SPECIES, y, i)
                    .add(FloatVector.fromArray(SPECIES, x, i))
                    .intoArray(y, i);
        for (; i < n; i++) y[i] += x[i];
    }

    /** y = min(max(y, 0), ceiling). */
    public static void rectify(float ceiling, int n, float[] y) {
        int i = 0;
        for (; i < SPECIES.loopBound(n); i += COUNT)
            FloatVector.fromArray(SPECIES, y, i).max(0f).min(ceiling).intoArray(y, i);
        for (; i < n; i++) y[i] = Math.min(Math.max(y[i], 0), ceiling);
    }

    /** g = 0 where y was cut off at 0 or at the ceiling. */
    public static void rectifyGradient(float[] y, float ceiling, int n, float[] g) {
        int i = 0;
        for (; i < SPECIES.loopBound(n); i += COUNT) {
            FloatVector v = FloatVector.fromArray(SPECIES, y, i);
            FloatVector.zero(SPECIES)
                    .blend(
                            FloatVector.fromArray(SPECIES, g, i),
                            v.compare(VectorOperators.GT, 0f).and(v.compare(VectorOperators.LT, ceiling)))
                    .intoArray(g, i);
        }
        for (; i < n; i++) if (!(y[i] > 0 && y[i] < ceiling)) g[i] = 0;
    }

    /** sum += g and products += g · (x − mean), value by value. */
    public static void addGradients(float[] g, float[] x, float[] mean, int n, float[] sum, float[] products) {
        int i = 0;
        for (; i < SPECIES.loopBound(n); i += COUNT) {
            FloatVector v = FloatVector.fromArray(SPECIES, g, i);
            FloatVector d = FloatVector.fromArray(SPECIES, x, i).sub(FloatVector.fromArray(SPECIES, mean, i));
            FloatVector.fromArray(SPECIES, sum, i).add(v).intoArray(sum, i);
            v.fma(d, FloatVector.fromArray(SPECIES, products, i)).intoArray(products, i);
        }
        for (; i < n; i++) {
            sum[i] += g[i];
            products[i] = Math.fma(g[i], x[i] - mean[i], products[i]);
        }
    }

    /** x = g · scale + (x − mean) · slope + offset: the gradient by x, where x was. */
    public static void inputGradient(
            float[] g, float[] scale, float[] mean, float[] slope, float[] offset, int n, float[] x) {
        int i = 0;
        for (; i < SPECIES.loopBound(n); i += COUNT)
            FloatVector.fromArray(SPECIES, g, i)
                    .fma(
                            FloatVector.fromArray(SPECIES, scale, i),
                            FloatVector.fromArray(SPECIES, x, i)
                                    .sub(FloatVector.fromArray(SPECIES, mean, i))
                                    .fma(
                                            FloatVector.fromArray(SPECIES, slope, i),
                                            FloatVector.fromArray(SPECIES, offset, i)))
                    .intoArray(x, i);
        for (; i < n; i++) x[i] = Math.fma(g[i], scale[i], Math.fma(x[i] - mean[i], slope[i], offset[i]));
    }
}
