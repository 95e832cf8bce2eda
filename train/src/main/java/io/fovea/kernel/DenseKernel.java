package io.fovea.kernel;

import static io.fovea.kernel.Lanes.BASE;
import static io.fovea.kernel.Lanes.COUNT;
import static io.fovea.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * A dense layer, forward and backward, two groups of pictures at a time so that each weight is fetched half as often.
 *
 * <p>Shapes: input [D, L] → output [outputs, L]; weight [outputs, D], bias [outputs].
 *
 * @param inputs  D
 * @param outputs the number of outputs
 */
public record DenseKernel(int inputs, int outputs) {

    private static final int TILE = 8;
    private static final int ROWS = 4;

    /**
     * Computes y[o] = bias[o] + Σ_i weight[o, i] · x[i] for two groups; both may be the same.
     *
     * @param bias negative for none
     */
    public void forward(
            float[] x, float[] otherX, float[] parameters, int weight, int bias, float[] y, float[] otherY) {
        if (outputs < TILE) {
            for (int o = 0; o < outputs; o++) {
                forwardOne(x, parameters, weight, bias, o, y);
                if (otherX != x) forwardOne(otherX, parameters, weight, bias, o, otherY);
            }
            return;
        }
        for (int o = 0; o < outputs; o += TILE) {
            // the last tile reaches back over the one before and computes the same numbers again
            forwardTile(x, otherX, parameters, weight, bias, Math.min(o, outputs - TILE), y, otherY);
        }
    }

    private void forwardTile(
            float[] x, float[] z, float[] parameters, int weight, int bias, int o, float[] y, float[] otherY) {
        int inputs = this.inputs;
        FloatVector x0 = FloatVector.broadcast(SPECIES, bias < 0 ? 0 : parameters[bias + o]),
                z0 = x0,
                x1 = FloatVector.broadcast(SPECIES, bias < 0 ? 0 : parameters[bias + o + 1]),
                z1 = x1;
        FloatVector x2 = FloatVector.broadcast(SPECIES, bias < 0 ? 0 : parameters[bias + o + 2]),
                z2 = x2,
                x3 = FloatVector.broadcast(SPECIES, bias < 0 ? 0 : parameters[bias + o + 3]),
                z3 = x3;
        FloatVector x4 = FloatVector.broadcast(SPECIES, bias < 0 ? 0 : parameters[bias + o + 4]),
                z4 = x4,
                x5 = FloatVector.broadcast(SPECIES, bias < 0 ? 0 : parameters[bias + o + 5]),
                z5 = x5;
        FloatVector x6 = FloatVector.broadcast(SPECIES, bias < 0 ? 0 : parameters[bias + o + 6]),
                z6 = x6,
                x7 = FloatVector.broadcast(SPECIES, bias < 0 ? 0 : parameters[bias + o + 7]),
                z7 = x7;
        int w0 = weight + o * inputs, w1 = w0 + inputs, w2 = w1 + inputs, w3 = w2 + inputs;
        int w4 = w3 + inputs, w5 = w4 + inputs, w6 = w5 + inputs, w7 = w6 + inputs;
        for (int i = 0; i < inputs; i++) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, BASE + i * COUNT);
            FloatVector u = FloatVector.fromArray(SPECIES, z, BASE + i * COUNT);
            FloatVector a = FloatVector.broadcast(SPECIES, parameters[w0 + i]);
            x0 = v.fma(a, x0);
            z0 = u.fma(a, z0);
            FloatVector b = FloatVector.broadcast(SPECIES, parameters[w1 + i]);
            x1 = v.fma(b, x1);
            z1 = u.fma(b, z1);
            FloatVector c = FloatVector.broadcast(SPECIES, parameters[w2 + i]);
            x2 = v.fma(c, x2);
            z2 = u.fma(c, z2);
            FloatVector d = FloatVector.broadcast(SPECIES, parameters[w3 + i]);
            x3 = v.fma(d, x3);
            z3 = u.fma(d, z3);
            FloatVector e = FloatVector.broadcast(SPECIES, parameters[w4 + i]);
            x4 = v.fma(e, x4);
            z4 = u.fma(e, z4);
            FloatVector f = FloatVector.broadcast(SPECIES, parameters[w5 + i]);
            x5 = v.fma(f, x5);
            z5 = u.fma(f, z5);
            FloatVector g = FloatVector.broadcast(SPECIES, parameters[w6 + i]);
            x6 = v.fma(g, x6);
            z6 = u.fma(g, z6);
            FloatVector h = FloatVector.broadcast(SPECIES, parameters[w7 + i]);
            x7 = v.fma(h, x7);
            z7 = u.fma(h, z7);
        }
        x0.intoArray(y, BASE + o * COUNT);
        x1.intoArray(y, BASE + (o + 1) * COUNT);
        x2.intoArray(y, BASE + (o + 2) * COUNT);
        x3.intoArray(y, BASE + (o + 3) * COUNT);
        x4.intoArray(y, BASE + (o + 4) * COUNT);
        x5.intoArray(y, BASE + (o + 5) * COUNT);
        x6.intoArray(y, BASE + (o + 6) * COUNT);
        x7.intoArray(y, BASE + (o + 7) * COUNT);
        z0.intoArray(otherY, BASE + o * COUNT);
        z1.intoArray(otherY, BASE + (o + 1) * COUNT);
        z2.intoArray(otherY, BASE + (o + 2) * COUNT);
        z3.intoArray(otherY, BASE + (o + 3) * COUNT);
        z4.intoArray(otherY, BASE + (o + 4) * COUNT);
        z5.intoArray(otherY, BASE + (o + 5) * COUNT);
        z6.intoArray(otherY, BASE + (o + 6) * COUNT);
        z7.intoArray(otherY, BASE + (o + 7) * COUNT);
    }

    private void forwardOne(float[] x, float[] parameters, int weight, int bias, int o, float[] y) {
        FloatVector even = FloatVector.broadcast(SPECIES, bias < 0 ? 0 : parameters[bias + o]);
        FloatVector odd = FloatVector.zero(SPECIES);
        int w = weight + o * inputs;
        int i = 0;
        for (; i + 1 < inputs; i += 2) {
            even = FloatVector.fromArray(SPECIES, x, BASE + i * COUNT)
                    .fma(FloatVector.broadcast(SPECIES, parameters[w + i]), even);
            odd = FloatVector.fromArray(SPECIES, x, BASE + (i + 1) * COUNT)
                    .fma(FloatVector.broadcast(SPECIES, parameters[w + i + 1]), odd);
        }
        if (i < inputs)
            even = FloatVector.fromArray(SPECIES, x, BASE + i * COUNT)
                    .fma(FloatVector.broadcast(SPECIES, parameters[w + i]), even);
        even.add(odd).intoArray(y, BASE + o * COUNT);
    }

    /** Computes gx[i] = Σ_o weight[o, i] · gy[o] for two groups; both may be the same. */
    public void inputGradient(
            float[] gy, float[] otherGy, float[] parameters, int weight, float[] gx, float[] otherGx) {
        if (inputs < TILE) {
            for (int i = 0; i < inputs; i++) {
                inputGradientOne(gy, parameters, weight, i, gx);
                if (otherGy != gy) inputGradientOne(otherGy, parameters, weight, i, otherGx);
            }
            return;
        }
        for (int i = 0; i < inputs; i += TILE) {
            inputGradientTile(gy, otherGy, parameters, weight, Math.min(i, inputs - TILE), gx, otherGx);
        }
    }

    private void inputGradientTile(
            float[] x, float[] z, float[] parameters, int weight, int i, float[] gx, float[] otherGx) {
        int outputs = this.outputs;
        int inputs = this.inputs;
        FloatVector x0 = FloatVector.zero(SPECIES), z0 = x0, x1 = x0, z1 = x0, x2 = x0, z2 = x0, x3 = x0, z3 = x0;
        FloatVector x4 = x0, z4 = x0, x5 = x0, z5 = x0, x6 = x0, z6 = x0, x7 = x0, z7 = x0;
        int w = weight + i;
        for (int o = 0; o < outputs; o++, w += inputs) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, BASE + o * COUNT);
            FloatVector u = FloatVector.fromArray(SPECIES, z, BASE + o * COUNT);
            FloatVector a = FloatVector.broadcast(SPECIES, parameters[w]);
            x0 = v.fma(a, x0);
            z0 = u.fma(a, z0);
            FloatVector b = FloatVector.broadcast(SPECIES, parameters[w + 1]);
            x1 = v.fma(b, x1);
            z1 = u.fma(b, z1);
            FloatVector c = FloatVector.broadcast(SPECIES, parameters[w + 2]);
            x2 = v.fma(c, x2);
            z2 = u.fma(c, z2);
            FloatVector d = FloatVector.broadcast(SPECIES, parameters[w + 3]);
            x3 = v.fma(d, x3);
            z3 = u.fma(d, z3);
            FloatVector e = FloatVector.broadcast(SPECIES, parameters[w + 4]);
            x4 = v.fma(e, x4);
            z4 = u.fma(e, z4);
            FloatVector f = FloatVector.broadcast(SPECIES, parameters[w + 5]);
            x5 = v.fma(f, x5);
            z5 = u.fma(f, z5);
            FloatVector g = FloatVector.broadcast(SPECIES, parameters[w + 6]);
            x6 = v.fma(g, x6);
            z6 = u.fma(g, z6);
            FloatVector h = FloatVector.broadcast(SPECIES, parameters[w + 7]);
            x7 = v.fma(h, x7);
            z7 = u.fma(h, z7);
        }
        x0.intoArray(gx, BASE + i * COUNT);
        x1.intoArray(gx, BASE + (i + 1) * COUNT);
        x2.intoArray(gx, BASE + (i + 2) * COUNT);
        x3.intoArray(gx, BASE + (i + 3) * COUNT);
        x4.intoArray(gx, BASE + (i + 4) * COUNT);
        x5.intoArray(gx, BASE + (i + 5) * COUNT);
        x6.intoArray(gx, BASE + (i + 6) * COUNT);
        x7.intoArray(gx, BASE + (i + 7) * COUNT);
        z0.intoArray(otherGx, BASE + i * COUNT);
        z1.intoArray(otherGx, BASE + (i + 1) * COUNT);
        z2.intoArray(otherGx, BASE + (i + 2) * COUNT);
        z3.intoArray(otherGx, BASE + (i + 3) * COUNT);
        z4.intoArray(otherGx, BASE + (i + 4) * COUNT);
        z5.intoArray(otherGx, BASE + (i + 5) * COUNT);
        z6.intoArray(otherGx, BASE + (i + 6) * COUNT);
        z7.intoArray(otherGx, BASE + (i + 7) * COUNT);
    }

    private void inputGradientOne(float[] gy, float[] parameters, int weight, int i, float[] gx) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int o = 0; o < outputs; o++)
            sum = FloatVector.fromArray(SPECIES, gy, BASE + o * COUNT)
                    .fma(FloatVector.broadcast(SPECIES, parameters[weight + o * inputs + i]), sum);
        sum.intoArray(gx, BASE + i * COUNT);
    }

    /**
     * Computes gw[o, i] = Σ_n gy[o, n] · x[n, i] and gb[o] = Σ_n gy[o, n] over all groups, for some outputs.
     *
     * <p>Here the lanes hold neighbouring inputs, so x is needed by rows: the outer product then needs no sums across lanes.
     *
     * @param rows     [groups·L, D], the layer's inputs picture by picture, from index BASE
     * @param gy       per group [outputs, L]
     * @param from     first output
     * @param to       after the last output
     * @param gradients overwritten at {@code weight} and, if that is not negative, at {@code bias}
     */
    public void weightGradient(
            float[] rows, float[][] gy, int groups, int from, int to, float[] gradients, int weight, int bias) {
        int block = ROWS * COUNT;
        for (int i = 0; i < inputs; i += block) {
            if (inputs < block) {
                for (int o = from; o < to; o++) weightGradientRow(rows, gy, groups, o, i, gradients, weight);
                break;
            }
            int column = Math.min(i, inputs - block);
            int o = from;
            for (; o + ROWS <= to; o += ROWS) weightGradientTile(rows, gy, groups, o, column, gradients, weight);
            // the last tile reaches back and computes the same numbers again
            if (o < to && to - from >= ROWS) weightGradientTile(rows, gy, groups, to - ROWS, column, gradients, weight);
            else for (; o < to; o++) weightGradientRow(rows, gy, groups, o, column, gradients, weight);
        }
        if (bias < 0) return;
        float[] lanes = new float[COUNT];
        for (int o = from; o < to; o++) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int group = 0; group < groups; group++)
                sum = sum.add(FloatVector.fromArray(SPECIES, gy[group], BASE + o * COUNT));
            sum.intoArray(lanes, 0);
            gradients[bias + o] = Lanes.sum(lanes, 0);
        }
    }

    private void weightGradientTile(
            float[] rows, float[][] gy, int groups, int o, int i, float[] gradients, int weight) {
        int inputs = this.inputs;
        FloatVector s00 = FloatVector.zero(SPECIES), s01 = s00, s02 = s00, s03 = s00;
        FloatVector s10 = s00, s11 = s00, s12 = s00, s13 = s00;
        FloatVector s20 = s00, s21 = s00, s22 = s00, s23 = s00;
        FloatVector s30 = s00, s31 = s00, s32 = s00, s33 = s00;
        int from = BASE + i;
        for (int group = 0; group < groups; group++) {
            float[] g = gy[group];
            int at = BASE + o * COUNT;
            for (int lane = 0; lane < COUNT; lane++, from += inputs, at++) {
                FloatVector v0 = FloatVector.fromArray(SPECIES, rows, from),
                        v1 = FloatVector.fromArray(SPECIES, rows, from + COUNT);
                FloatVector v2 = FloatVector.fromArray(SPECIES, rows, from + 2 * COUNT),
                        v3 = FloatVector.fromArray(SPECIES, rows, from + 3 * COUNT);
                FloatVector a = FloatVector.broadcast(SPECIES, g[at]);
                s00 = v0.fma(a, s00);
                s01 = v1.fma(a, s01);
                s02 = v2.fma(a, s02);
                s03 = v3.fma(a, s03);
                FloatVector b = FloatVector.broadcast(SPECIES, g[at + COUNT]);
                s10 = v0.fma(b, s10);
                s11 = v1.fma(b, s11);
                s12 = v2.fma(b, s12);
                s13 = v3.fma(b, s13);
                FloatVector c = FloatVector.broadcast(SPECIES, g[at + 2 * COUNT]);
                s20 = v0.fma(c, s20);
                s21 = v1.fma(c, s21);
                s22 = v2.fma(c, s22);
                s23 = v3.fma(c, s23);
                FloatVector d = FloatVector.broadcast(SPECIES, g[at + 3 * COUNT]);
                s30 = v0.fma(d, s30);
                s31 = v1.fma(d, s31);
                s32 = v2.fma(d, s32);
                s33 = v3.fma(d, s33);
            }
        }
        int to = weight + o * inputs + i;
        s00.intoArray(gradients, to);
        s01.intoArray(gradients, to + COUNT);
        s02.intoArray(gradients, to + 2 * COUNT);
        s03.intoArray(gradients, to + 3 * COUNT);
        s10.intoArray(gradients, to + inputs);
        s11.intoArray(gradients, to + inputs + COUNT);
        s12.intoArray(gradients, to + inputs + 2 * COUNT);
        s13.intoArray(gradients, to + inputs + 3 * COUNT);
        s20.intoArray(gradients, to + 2 * inputs);
        s21.intoArray(gradients, to + 2 * inputs + COUNT);
        s22.intoArray(gradients, to + 2 * inputs + 2 * COUNT);
        s23.intoArray(gradients, to + 2 * inputs + 3 * COUNT);
        s30.intoArray(gradients, to + 3 * inputs);
        s31.intoArray(gradients, to + 3 * inputs + COUNT);
        s32.intoArray(gradients, to + 3 * inputs + 2 * COUNT);
        s33.intoArray(gradients, to + 3 * inputs + 3 * COUNT);
    }

    /** One output, the inputs from {@code i} on, at most a block of them. */
    private void weightGradientRow(
            float[] rows, float[][] gy, int groups, int o, int i, float[] gradients, int weight) {
        int end = Math.min(inputs, i + ROWS * COUNT);
        for (int column = i; column < end; column += COUNT) {
            var mask = SPECIES.indexInRange(column, end);
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int n = 0; n < groups * COUNT; n++) {
                FloatVector v = FloatVector.fromArray(SPECIES, rows, BASE + n * inputs + column, mask);
                sum = v.fma(FloatVector.broadcast(SPECIES, gy[n / COUNT][BASE + o * COUNT + n % COUNT]), sum);
            }
            sum.intoArray(gradients, weight + o * inputs + column, mask);
        }
    }
}
