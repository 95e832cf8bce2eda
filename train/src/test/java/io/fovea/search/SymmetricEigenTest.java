package io.fovea.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The decomposition of a symmetric matrix")
class SymmetricEigenTest {

    @Test
    void finds_the_axes_of_two_correlated_numbers() {
        SymmetricEigen eigen = SymmetricEigen.of(new double[][] {{2}, {1, 2}});

        double[] values = eigen.values();
        Arrays.sort(values);
        assertThat(values).containsExactly(new double[] {1, 3}, within(1e-14));
        assertThat(Math.abs(eigen.vectors()[0][0])).isCloseTo(Math.sqrt(0.5), within(1e-14));
    }

    @Test
    void takes_one_number_as_its_own_value() {
        SymmetricEigen eigen = SymmetricEigen.of(new double[][] {{-7}});

        assertThat(eigen.values()).containsExactly(-7);
        assertThat(eigen.vectors()[0]).containsExactly(1);
    }

    @Test
    void leaves_a_diagonal_matrix_as_it_is() {
        SymmetricEigen eigen = SymmetricEigen.of(new double[][] {{4}, {0, 0}, {0, 0, 9}});

        assertThat(eigen.values()).containsExactly(4, 0, 9);
    }

    @Test
    void knows_the_second_difference_matrix() {
        // 2 on the diagonal, −1 beside it: values 2 − 2·cos(jπ/(n + 1))
        int n = 5;
        double[][] lower = new double[n][];
        for (int i = 0; i < n; i++) {
            lower[i] = new double[i + 1];
            lower[i][i] = 2;
            if (i > 0) lower[i][i - 1] = -1;
        }

        double[] values = SymmetricEigen.of(lower).values();

        Arrays.sort(values);
        assertThat(values).containsExactly(new double[] {2 - Math.sqrt(3), 1, 2, 3, 2 + Math.sqrt(3)}, within(1e-14));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10, 64, 101})
    void gives_the_matrix_back(int n) {
        RandomStream random = new RandomStream(n);
        double[][] lower = new double[n][];
        for (int i = 0; i < n; i++) {
            lower[i] = new double[i + 1];
            random.fillNormal(lower[i]);
        }

        SymmetricEigen eigen = SymmetricEigen.of(lower);

        double worst = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                double product = 0;
                for (int k = 0; k < n; k++) {
                    sum += eigen.values()[k] * eigen.vectors()[k][i] * eigen.vectors()[k][j];
                    product += eigen.vectors()[i][k] * eigen.vectors()[j][k];
                }
                worst = Math.max(worst, Math.abs(sum - lower[i][j]));
                worst = Math.max(worst, Math.abs(product - (i == j ? 1 : 0)));
            }
        }
        assertThat(worst).isLessThan(1e-12);
    }

    @Test
    void refuses_what_is_no_number() {
        assertThatThrownBy(() -> SymmetricEigen.of(new double[][] {{1}, {Double.NaN, 1}}))
                .isInstanceOf(ArithmeticException.class);
    }
}
