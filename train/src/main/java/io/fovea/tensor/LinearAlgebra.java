package io.fovea.tensor;

import java.util.Optional;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Dense linear algebra in 64 bits, by libtorch's LAPACK. Matrices lie row after row. Threads may share it. */
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
        Libtorch.load();
        try (PointerScope _ = new PointerScope()) {
            Tensor matrix = tensor(a, n, n);
            var result = torch.linalg_cholesky_ex(matrix);
            if (result.get1().item_int() != 0) return Optional.empty();
            double[] factor = values(result.get0(), n * n);
            // LAPACK lets NaN pass
            for (int i = 0; i < n; i++) if (!(factor[i * n + i] > 0)) return Optional.empty();
            return Optional.of(factor);
        }
    }

    /**
     * Returns X [n, m] with L·X = B, or Lᵀ·X = B.
     *
     * @param factor   L, lower triangular [n, n]
     * @param b        [n, m]
     * @param transposition whether L is used as it is
     */
    public static double[] solveTriangular(double[] factor, int n, double[] b, int m, Transposition transposition) {
        Libtorch.load();
        try (PointerScope _ = new PointerScope()) {
            Tensor lower = tensor(factor, n, n);
            Tensor right = tensor(b, n, m);
            Tensor solution =
                    switch (transposition) {
                        case PLAIN -> torch.linalg_solve_triangular(lower, right, false);
                        case TRANSPOSED -> torch.linalg_solve_triangular(lower.t(), right, true);
                    };
            return values(solution, n * m);
        }
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
        Libtorch.load();
        try (PointerScope _ = new PointerScope()) {
            Tensor matrix = tensor(x, n, m);
            return switch (transposition) {
                case PLAIN -> values(matrix.matmul(matrix.t()), n * n);
                case TRANSPOSED -> values(matrix.t().matmul(matrix), m * m);
            };
        }
    }

    /** Returns the eigenvalues and eigenvectors of a symmetric matrix [n, n]. */
    public static Eigen symmetricEigen(double[] a, int n) {
        Libtorch.load();
        try (PointerScope _ = new PointerScope()) {
            T_TensorTensor_T result = torch.linalg_eigh(tensor(a, n, n));
            return new Eigen(values(result.get0(), n), values(result.get1(), n * n));
        }
    }

    private static Tensor tensor(double[] values, int rows, int columns) {
        if (values.length != rows * columns) {
            throw new IllegalArgumentException(
                    "Expected [" + rows + ", " + columns + "], found " + values.length + " numbers");
        }
        DoublePointer pointer = new DoublePointer(values);
        Tensor view = torch.from_blob(
                pointer, new long[] {rows, columns}, new org.bytedeco.pytorch.TensorOptions(torch.ScalarType.Double));
        return view.clone();
    }

    private static double[] values(Tensor tensor, int length) {
        double[] values = new double[length];
        new DoublePointer(tensor.contiguous().data_ptr()).get(values, 0, length);
        return values;
    }
}
