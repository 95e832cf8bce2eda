package io.fovea.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.fovea.tensor.LinearAlgebra.Eigen;
import io.fovea.tensor.LinearAlgebra.Transposition;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Linear algebra")
class LinearAlgebraTest {

    // L·Lᵀ of the lower triangular matrix below
    private static final double[] PRODUCT = {4, 2, -2, 2, 10, 5, -2, 5, 6};
    private static final double[] FACTOR = {2, 0, 0, 1, 3, 0, -1, 2, 1};

    @Nested
    @DisplayName("by Cholesky's factor")
    class Factor {

        @Test
        void is_lower_triangular_with_a_positive_diagonal() {
            assertThat(LinearAlgebra.cholesky(PRODUCT, 3).orElseThrow()).containsExactly(FACTOR, offset(1e-12));
            assertThat(LinearAlgebra.cholesky(new double[] {9}, 1).orElseThrow())
                    .containsExactly(3);
        }

        @Test
        void is_absent_for_matrices_that_are_not_positive_definite() {
            assertThat(LinearAlgebra.cholesky(new double[] {1, 2, 2, 1}, 2)).isEmpty();
            assertThat(LinearAlgebra.cholesky(new double[4], 2)).isEmpty();
            assertThat(LinearAlgebra.cholesky(new double[] {Double.NaN}, 1)).isEmpty();
        }

        @Test
        void solves_with_the_factor_and_with_its_transpose() {
            // L·[1 4; 2 5; 3 6] and Lᵀ·[1 4; 2 5; 3 6]
            double[] plain = {2, 8, 7, 19, 6, 12};
            double[] transposed = {1, 7, 12, 27, 3, 6};
            double[] expected = {1, 4, 2, 5, 3, 6};

            assertThat(LinearAlgebra.solveTriangular(FACTOR, 3, plain, 2, Transposition.PLAIN))
                    .containsExactly(expected, offset(1e-12));
            assertThat(LinearAlgebra.solveTriangular(FACTOR, 3, transposed, 2, Transposition.TRANSPOSED))
                    .containsExactly(expected, offset(1e-12));
        }
    }

    @Test
    void multiplies_rows_or_columns_with_each_other() {
        double[] x = {1, 2, 3, 0, -1, 4};
        assertThat(LinearAlgebra.products(x, 2, 3, Transposition.PLAIN)).containsExactly(14, 10, 10, 17);
        assertThat(LinearAlgebra.products(x, 2, 3, Transposition.TRANSPOSED))
                .containsExactly(1, 2, 3, 2, 5, 2, 3, 2, 25);
    }

    @Nested
    @DisplayName("by eigenvectors")
    class Vectors {

        @Test
        void gives_values_in_ascending_order_and_vectors_in_columns() {
            Eigen eigen = LinearAlgebra.symmetricEigen(new double[] {2, 1, 0, 1, 2, 0, 0, 0, -5}, 3);

            assertThat(eigen.values()).containsExactly(new double[] {-5, 1, 3}, offset(1e-12));
            double[] vectors = eigen.vectors();
            double half = Math.sqrt(0.5);
            assertThat(Math.abs(vectors[6])).isCloseTo(1, offset(1e-12));
            assertThat(vectors[1] * vectors[4]).isCloseTo(-half * half, offset(1e-12));
            assertThat(vectors[2] * vectors[5]).isCloseTo(half * half, offset(1e-12));
        }
    }

    @Test
    void refuses_numbers_of_another_count_than_the_shape_says() {
        assertThatThrownBy(() -> LinearAlgebra.cholesky(new double[5], 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected [2, 2], found 5 numbers");
    }

    @Test
    void leaves_nothing_in_native_memory() {
        int size = 200;
        double[] matrix = new double[size * size];
        for (int i = 0; i < size; i++) matrix[i * size + i] = 1 + i;
        for (int i = 0; i < 5; i++) everything(matrix, size);
        long pointers = Pointer.totalCount();
        long resident = Pointer.physicalBytes();

        for (int i = 0; i < 100; i++) everything(matrix, size);

        assertThat(Pointer.totalCount()).isEqualTo(pointers);
        // a round holds more than 2 MB: kept, they would be 200 MB
        assertThat(Pointer.physicalBytes() - resident).isLessThan(100_000_000);
    }

    private static void everything(double[] matrix, int size) {
        double[] factor = LinearAlgebra.cholesky(matrix, size).orElseThrow();
        LinearAlgebra.solveTriangular(factor, size, matrix, size, Transposition.PLAIN);
        LinearAlgebra.solveTriangular(factor, size, matrix, size, Transposition.TRANSPOSED);
        LinearAlgebra.symmetricEigen(matrix, size);
    }
}
