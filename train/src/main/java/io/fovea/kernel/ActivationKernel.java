package io.fovea.kernel;

import static io.fovea.kernel.Lanes.BASE;
import static io.fovea.kernel.Lanes.COUNT;
import static io.fovea.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Functions of each value alone, and their gradients by means of the output y, for whole arrays of groups.
 *
 * <p>Exponential functions go number by number: the vector library's differ in the last bit between interpreted and compiled
 * code, and a resumed run must not.
 *
 * <p>Symbols: x input, y output, gy and gx the gradients by them.
 */
public final class ActivationKernel {

    private ActivationKernel() {}

    /** y = x where x ≥ 0, else slope·x: ReLU at slope 0, leaky ReLU else. */
    public static void rectify(float[] x, float slope, float[] y) {
        for (int i = BASE; i < y.length; i += COUNT) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, i);
            (slope == 0 ? v.max(0f) : v.max(0f).add(v.min(0f).mul(slope))).intoArray(y, i);
        }
    }

    /** gx = gy where y &gt; 0, else slope·gy. */
    public static void rectifyGradient(float[] y, float slope, float[] gy, float[] gx) {
        for (int i = BASE; i < gx.length; i += COUNT) {
            FloatVector g = FloatVector.fromArray(SPECIES, gy, i);
            g.mul(slope)
                    .blend(g, FloatVector.fromArray(SPECIES, y, i).compare(VectorOperators.GT, 0f))
                    .intoArray(gx, i);
        }
    }

    /** y = 1 / (1 + exp(−x)). */
    public static void sigmoid(float[] x, float[] y) {
        for (int i = BASE; i < y.length; i++) y[i] = (float) (1 / (1 + Math.exp(-x[i])));
    }

    /** gx = gy · y · (1 − y). */
    public static void sigmoidGradient(float[] y, float[] gy, float[] gx) {
        for (int i = BASE; i < gx.length; i += COUNT) {
            FloatVector v = FloatVector.fromArray(SPECIES, y, i);
            FloatVector.fromArray(SPECIES, gy, i)
                    .mul(v)
                    .mul(FloatVector.broadcast(SPECIES, 1).sub(v))
                    .intoArray(gx, i);
        }
    }

    /** y = tanh(x). */
    public static void tanh(float[] x, float[] y) {
        for (int i = BASE; i < y.length; i++) y[i] = (float) Math.tanh(x[i]);
    }

    /** gx = gy · (1 − y²). */
    public static void tanhGradient(float[] y, float[] gy, float[] gx) {
        for (int i = BASE; i < gx.length; i += COUNT) {
            FloatVector v = FloatVector.fromArray(SPECIES, y, i);
            FloatVector.fromArray(SPECIES, gy, i)
                    .mul(FloatVector.broadcast(SPECIES, 1).sub(v.mul(v)))
                    .intoArray(gx, i);
        }
    }

    /** y = factor · x, value by value: dropout's keep or drop, forward and backward alike. */
    public static void multiply(float[] x, float[] factors, float[] y) {
        for (int i = BASE; i < y.length; i += COUNT)
            FloatVector.fromArray(SPECIES, x, i)
                    .mul(FloatVector.fromArray(SPECIES, factors, i))
                    .intoArray(y, i);
    }

    /** y = factor · x. */
    public static void scale(float[] x, float factor, float[] y) {
        for (int i = BASE; i < y.length; i += COUNT)
            FloatVector.fromArray(SPECIES, x, i).mul(factor).intoArray(y, i);
    }
}
