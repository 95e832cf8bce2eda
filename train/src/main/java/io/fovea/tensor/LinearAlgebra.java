package io.fovea.tensor;

import static org.bytedeco.openblas.global.openblas.CblasLeft;
import static org.bytedeco.openblas.global.openblas.CblasLower;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasNonUnit;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;

import io.fovea.file.NativeLibraries;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;

/**
 * Dense linear algebra in 64 bits, by OpenBLAS and the LAPACK in it, which load in a tenth of the time that libtorch takes. Matrices lie row after
 * row. Threads may share it.
 */
public final class LinearAlgebra {

    private LinearAlgebra() {}

    /** Values in ascending order [n] and vectors in the columns of [n, n]. */
    public record Eigen(double[] values, double[] vectors) {}

    /**
     * Returns L [n, n] with L·Lᵀ = A, or nothing if A is not positive definite.
     *
     * @param a symmetric [n, n]
     */
    public static Optional<double[]> cholesky(double[] a, int n) {
        check(a, n, n);
        Loaded.load();
        double[] factor = a.clone();
        // A is its own transpose: what is the upper triangle column after column is the lower one row after row
        if (openblas.LAPACKE_dpotrf(LAPACK_COL_MAJOR, (byte) 'U', n, factor, n) != 0) return Optional.empty();
        for (int i = 0; i < n; i++) {
            // LAPACK lets NaN pass
            if (!(factor[i * n + i] > 0)) return Optional.empty();
            for (int j = i + 1; j < n; j++) factor[i * n + j] = 0;
        }
        return Optional.of(factor);
    }

    /**
     * Returns X [n, m] with L·X = B, or Lᵀ·X = B.
     *
     * @param factor   L, lower triangular [n, n]
     * @param b        [n, m]
     * @param transposition whether L is used as it is
     */
    public static double[] solveTriangular(double[] factor, int n, double[] b, int m, Transposition transposition) {
        check(factor, n, n);
        check(b, n, m);
        Loaded.load();
        double[] solution = b.clone();
        int transposed =
                switch (transposition) {
                    case PLAIN -> CblasNoTrans;
                    case TRANSPOSED -> CblasTrans;
                };
        openblas.cblas_dtrsm(
                CblasRowMajor, CblasLeft, CblasLower, transposed, CblasNonUnit, n, m, 1, factor, n, solution, m);
        return solution;
    }

    /** Whether a matrix is used as it is. */
    public enum Transposition {
        /** As it is. */
        PLAIN,
        /** With rows as columns. */
        TRANSPOSED
    }

    /**
     * Returns the products of rows with each other, X·Xᵀ [n, n], or of columns, Xᵀ·X [m, m].
     *
     * @param x             [n, m]
     * @param transposition whether rows are multiplied, or columns
     */
    public static double[] products(double[] x, int n, int m, Transposition transposition) {
        check(x, n, m);
        Loaded.load();
        return switch (transposition) {
            case PLAIN -> products(x, m, n, m, CblasNoTrans, CblasTrans);
            case TRANSPOSED -> products(x, m, m, n, CblasTrans, CblasNoTrans);
        };
    }

    /** Returns op(X)·op'(X) [size, size], each entry a sum over {@code inner}; X lies in rows of {@code width}. */
    private static double[] products(double[] x, int width, int size, int inner, int first, int second) {
        double[] products = new double[size * size];
        openblas.cblas_dgemm(CblasRowMajor, first, second, size, size, inner, 1, x, width, x, width, 0, products, size);
        return products;
    }

    /** Returns the eigenvalues and eigenvectors of a symmetric matrix [n, n]. */
    public static Eigen symmetricEigen(double[] a, int n) {
        check(a, n, n);
        Loaded.load();
        double[] columns = a.clone();
        double[] values = new double[n];
        int failed = openblas.LAPACKE_dsyevd(LAPACK_COL_MAJOR, (byte) 'V', (byte) 'L', n, columns, n, values);
        if (failed != 0) throw new IllegalArgumentException("No eigenvalues were found: is a number not finite?");
        double[] vectors = new double[n * n];
        for (int k = 0; k < n; k++) for (int i = 0; i < n; i++) vectors[i * n + k] = columns[k * n + i];
        return new Eigen(values, vectors);
    }

    private static void check(double[] values, int rows, int columns) {
        if (values.length != rows * columns) {
            throw new IllegalArgumentException(
                    "Expected [" + rows + ", " + columns + "], found " + values.length + " numbers");
        }
    }

    /** Loading happens when this class is first touched. */
    private static final class Loaded {
        static {
            NativeLibraries.unpack("javacpp", "openblas");
            Loader.load(openblas.class);
        }

        private static void load() {}
    }
}
