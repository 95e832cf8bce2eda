package io.fovea.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Two models on the same folds")
class PairedFoldsTest {

    @Test
    void counts_the_pictures_that_only_one_has_right() {
        PairedFolds folds = new PairedFolds(List.of("1100", "10"), List.of("1011", "11"));

        assertThat(folds.gained()).isEqualTo(3);
        assertThat(folds.lost()).isEqualTo(1);
        assertThat(folds.before()).isEqualTo(0.5, within(1e-12));
        assertThat(folds.after()).isEqualTo(5.0 / 6, within(1e-12));
    }

    /** 2 · (1 + 4) / 2⁴. */
    @Test
    void gives_the_probability_of_the_exact_test() {
        PairedFolds folds = new PairedFolds(List.of("0001"), List.of("1110"));

        assertThat(folds.probability()).isEqualTo(0.625, within(1e-12));
    }

    /** Differences 0.5, 0, 0.5, 0: mean 0.25, variance 1/12, of the mean 1/12 · (1/4 + 1/1). */
    @Test
    void widens_the_interval_for_training_pictures_that_folds_share() {
        PairedFolds seed = new PairedFolds(List.of("10", "11"), List.of("11", "11"));

        PairedFolds.Difference difference = PairedFolds.difference(List.of(seed, seed));

        assertThat(difference.mean()).isEqualTo(0.25, within(1e-12));
        assertThat(difference.halfWidth()).isEqualTo(2.145 * Math.sqrt(1.25 / 12), within(1e-9));
    }
}
