package io.fovea.search;

import java.util.Arrays;

/** Arithmetic on matrices held as rows; every inner loop runs along a row, four rows at a time, so that it is vectorised. */
final class Rows {

    private Rows() {}

    /** sum[i] += factor·row[i] for i below {@code length}. */
    static void add(double[] sum, double factor, double[] row, int length) {
        for (int i = 0; i < length; i++) sum[i] += factor * row[i];
    }

    /** Returns Σ x[i]·y[i], summed in four parts, as one sum would wait for itself. */
    static double dot(double[] x, double[] y) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= x.length; i += 4) {
            s0 += x[i] * y[i];
            s1 += x[i + 1] * y[i + 1];
            s2 += x[i + 2] * y[i + 2];
            s3 += x[i + 3] * y[i + 3];
        }
        for (; i < x.length; i++) s0 += x[i] * y[i];
        return (s0 + s1) + (s2 + s3);
    }

    /** sum ← Σ factors[j]·rows[j]. */
    static void combine(double[][] rows, double[] factors, double[] sum) {
        Arrays.fill(sum, 0);
        addAll(sum, factors, rows, sum.length);
    }

    /** matrix ← kept·matrix + Σ factors[v]·vectors[v]·vectors[v]ᵀ, where row i of the matrix holds columns 0 … i. */
    static void updateSymmetric(double[][] matrix, double kept, double[][] vectors, double[] factors) {
        double[] scaled = new double[factors.length];
        for (int i = 0; i < matrix.length; i++) {
            double[] row = matrix[i];
            for (int j = 0; j <= i; j++) row[j] *= kept;
            for (int v = 0; v < factors.length; v++) scaled[v] = factors[v] * vectors[v][i];
            addAll(row, scaled, vectors, i + 1);
        }
    }

    private static void addAll(double[] sum, double[] factors, double[][] rows, int length) {
        int j = 0;
        for (; j + 4 <= rows.length; j += 4) addFour(sum, factors, rows, j, length);
        for (; j < rows.length; j++) add(sum, factors[j], rows[j], length);
    }

    private static void addFour(double[] sum, double[] factors, double[][] rows, int first, int length) {
        double f0 = factors[first];
        double f1 = factors[first + 1];
        double f2 = factors[first + 2];
        double f3 = factors[first + 3];
        double[] r0 = rows[first];
        double[] r1 = rows[first + 1];
        double[] r2 = rows[first + 2];
        double[] r3 = rows[first + 3];
        for (int i = 0; i < length; i++) sum[i] += (f0 * r0[i] + f1 * r1[i]) + (f2 * r2[i] + f3 * r3[i]);
    }
}
