package io.fovea.search;

import java.util.Arrays;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix: A = Σ λⱼ·qⱼ·qⱼᵀ.
 *
 * <p>Householder reflections bring A to tridiagonal form T = QᵀAQ; implicit QL steps with Wilkinson's shift bring T to diagonal form, their plane
 * rotations turning the rows of Qᵀ into eigenvectors. All inner loops run along rows, so that they are vectorised.
 *
 * <p>Cost: about 9·n³ operations.
 * <p>Source: Golub and Van Loan 2013, Matrix Computations, 4th edition, sections 8.3.1 (algorithm 8.3.1) and 8.3.3 to 8.3.5; Dubrulle 1970, A short note on the implicit QL
 * algorithm for symmetric tridiagonal matrices (the order of operations).
 *
 * @param values  λ [n], in no order
 * @param vectors qⱼ as row j [n, n], orthonormal
 */
record SymmetricEigen(double[] values, double[][] vectors) {

    private static final int MOST_STEPS_PER_VALUE = 60;

    /**
     * Decomposes the matrix of which {@code lower} holds the entries j ≤ i in row i.
     *
     * @throws ArithmeticException if an entry is not finite
     */
    static SymmetricEigen of(double[][] lower) {
        int n = lower.length;
        double[][] a = full(lower);
        double scale = largest(a);
        if (!Double.isFinite(scale)) throw new ArithmeticException("The matrix has entries that are not finite");
        if (scale > 0) for (double[] row : a) for (int j = 0; j < n; j++) row[j] /= scale;

        double[] diagonal = new double[n];
        double[] beside = new double[n];
        double[] factors = new double[n];
        tridiagonalise(a, diagonal, beside, factors);
        double[][] rows = transposed(orthogonal(a, factors));
        diagonalise(diagonal, beside, rows);
        for (int j = 0; j < n; j++) diagonal[j] *= scale;
        return new SymmetricEigen(diagonal, rows);
    }

    /**
     * Replaces A by T: {@code diagonal} [n] and {@code beside} [n − 1]. Row k of {@code a} keeps the reflection I − β·v·vᵀ of step k: v after the diagonal, β in
     * {@code factors}.
     */
    private static void tridiagonalise(double[][] a, double[] diagonal, double[] beside, double[] factors) {
        int n = a.length;
        double[] product = new double[n];
        double[] w = new double[n];
        for (int k = 0; k < n - 2; k++) {
            double[] v = a[k];
            diagonal[k] = v[k];
            factors[k] = reflect(v, k + 1, beside, k);
            if (factors[k] == 0) continue;
            Arrays.fill(product, k + 1, n, 0);
            for (int j = k + 1; j < n; j++) add(product, v[j], a[j], k + 1);
            double inner = 0;
            for (int i = k + 1; i < n; i++) inner += v[i] * product[i];
            double half = factors[k] * factors[k] * inner / 2;
            for (int i = k + 1; i < n; i++) w[i] = factors[k] * product[i] - half * v[i];
            for (int j = k + 1; j < n; j++) subtractTwo(a[j], v[j], w, w[j], v, k + 1);
        }
        if (n > 1) {
            diagonal[n - 2] = a[n - 2][n - 2];
            beside[n - 2] = a[n - 2][n - 1];
        }
        diagonal[n - 1] = a[n - 1][n - 1];
    }

    /** Turns row[from …] into the v that reflects it onto its first axis, puts what is left there into beside[k], and returns β. */
    private static double reflect(double[] row, int from, double[] beside, int k) {
        double tail = 0;
        for (int i = from + 1; i < row.length; i++) tail += row[i] * row[i];
        double head = row[from];
        if (tail == 0) {
            beside[k] = head;
            return 0;
        }
        double length = -Math.copySign(Math.sqrt(head * head + tail), head);
        beside[k] = length;
        row[from] = head - length;
        return 2 / (row[from] * row[from] + tail);
    }

    private static void add(double[] sum, double factor, double[] row, int from) {
        for (int i = from; i < sum.length; i++) sum[i] += factor * row[i];
    }

    private static void subtractTwo(double[] row, double p, double[] x, double q, double[] y, int from) {
        for (int i = from; i < row.length; i++) row[i] -= p * x[i] + q * y[i];
    }

    /** Returns Q, the product of all reflections, built from the last so that each touches only what is no longer the identity. */
    private static double[][] orthogonal(double[][] a, double[] factors) {
        int n = a.length;
        double[][] q = new double[n][n];
        for (int i = 0; i < n; i++) q[i][i] = 1;
        double[] product = new double[n];
        for (int k = n - 3; k >= 0; k--) {
            double[] v = a[k];
            Arrays.fill(product, k + 1, n, 0);
            for (int j = k + 1; j < n; j++) add(product, v[j], q[j], k + 1);
            for (int j = k + 1; j < n; j++) add(q[j], -factors[k] * v[j], product, k + 1);
        }
        return q;
    }

    /** Implicit QL steps until nothing is left beside the diagonal; {@code rows} follow the rotations. */
    private static void diagonalise(double[] d, double[] e, double[][] rows) {
        int n = d.length;
        double[] cosines = new double[n];
        double[] sines = new double[n];
        for (int low = 0; low < n; low++) {
            for (int step = 0; ; step++) {
                int high = blockEnd(d, e, low);
                if (high == low) break;
                if (step == MOST_STEPS_PER_VALUE) throw new ArithmeticException("The QL steps do not converge");
                int from = chase(d, e, low, high, cosines, sines);
                rotate(rows, from, high, cosines, sines);
            }
        }
    }

    /** Returns the last index that is still coupled to {@code low}. */
    private static int blockEnd(double[] d, double[] e, int low) {
        int high = low;
        while (high < d.length - 1 && Math.abs(e[high]) > Math.ulp(1.0) * (Math.abs(d[high]) + Math.abs(d[high + 1])))
            high++;
        return high;
    }

    /** One QL step on the block from low to high: its rotations of the planes (i, i + 1), and the smallest i among them. */
    private static int chase(double[] d, double[] e, int low, int high, double[] cosines, double[] sines) {
        double slope = (d[low + 1] - d[low]) / (2 * e[low]);
        double root = Math.sqrt(slope * slope + 1);
        double g = d[high] - d[low] + e[low] / (slope + Math.copySign(root, slope));
        double s = 1;
        double c = 1;
        double shift = 0;
        for (int i = high - 1; i >= low; i--) {
            double f = s * e[i];
            double b = c * e[i];
            double r = Math.sqrt(f * f + g * g);
            e[i + 1] = r;
            if (r == 0) { // the block has fallen apart
                d[i + 1] -= shift;
                e[high] = 0;
                return i + 1;
            }
            s = f / r;
            c = g / r;
            cosines[i] = c;
            sines[i] = s;
            double next = d[i + 1] - shift;
            double t = (d[i] - next) * s + 2 * c * b;
            shift = s * t;
            d[i + 1] = next + shift;
            g = c * t - b;
        }
        d[low] -= shift;
        e[low] = g;
        e[high] = 0;
        return low;
    }

    /** Applies the rotations of the planes (i, i + 1) for i from high − 1 down to low, two at a time while their rows are at hand. */
    private static void rotate(double[][] rows, int low, int high, double[] cosines, double[] sines) {
        int i = high - 1;
        for (; i > low; i -= 2)
            rotateTwo(rows[i - 1], rows[i], rows[i + 1], cosines[i], sines[i], cosines[i - 1], sines[i - 1]);
        if (i == low) rotateOne(rows[i], rows[i + 1], cosines[i], sines[i]);
    }

    private static void rotateOne(double[] x, double[] y, double c, double s) {
        for (int k = 0; k < x.length; k++) {
            double upper = x[k];
            double lower = y[k];
            y[k] = s * upper + c * lower;
            x[k] = c * upper - s * lower;
        }
    }

    private static void rotateTwo(double[] x, double[] y, double[] z, double c, double s, double c2, double s2) {
        for (int k = 0; k < x.length; k++) {
            double middle = y[k];
            double last = z[k];
            double first = x[k];
            z[k] = s * middle + c * last;
            middle = c * middle - s * last;
            y[k] = s2 * first + c2 * middle;
            x[k] = c2 * first - s2 * middle;
        }
    }

    private static double[][] full(double[][] lower) {
        int n = lower.length;
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(lower[i], 0, a[i], 0, i + 1);
            for (int j = 0; j < i; j++) a[j][i] = lower[i][j];
        }
        return a;
    }

    private static double[][] transposed(double[][] a) {
        int n = a.length;
        double[][] t = new double[n][n];
        for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) t[j][i] = a[i][j];
        return t;
    }

    private static double largest(double[][] a) {
        double largest = 0;
        for (double[] row : a) for (double value : row) largest = Math.max(largest, Math.abs(value));
        return largest;
    }
}
