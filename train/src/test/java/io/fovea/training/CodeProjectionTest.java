package io.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.network.Catalogue;
import io.fovea.network.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The projection of codes")
class CodeProjectionTest {

    private static final Shape DIGIT = new Shape(1, 28, 28);

    @Test
    void gives_the_direction_in_which_codes_differ_most_first() {
        float[] codes = {5, 1, 0, 5, -1, 0, 5, 0, 4, 5, 0, -4}; // [4, 3]

        CodeProjection projection = CodeProjection.of(codes, 4);

        assertThat(projection.points()).containsExactly(new float[] {0, 1, 0, -1, 4, 0, -4, 0}, within(1e-6f));
    }

    @Test
    void tells_what_share_of_the_variance_each_number_has() {
        float[] codes = {5, 1, 0, 5, -1, 0, 5, 0, 3, 5, 0, -3};

        assertThat(CodeProjection.of(codes, 4).shares()).containsExactly(new double[] {0.9, 0.1}, within(1e-9));
    }

    @Test
    void of_codes_that_are_all_equal_is_one_point_without_variance() {
        CodeProjection projection = CodeProjection.of(new float[] {2, 3, 2, 3, 2, 3}, 3);

        assertThat(projection.points()).containsOnly(0f);
        assertThat(projection.shares()).containsOnly(0.0);
    }

    @Test
    void is_there_for_networks_that_have_a_code() {
        assertThat(CodeProjection.isPossible(Catalogue.network("autoencoder-small", DIGIT, 1)))
                .isTrue();
        assertThat(CodeProjection.isPossible(Catalogue.network("denoiser-small", DIGIT, 1)))
                .isFalse();
    }
}
