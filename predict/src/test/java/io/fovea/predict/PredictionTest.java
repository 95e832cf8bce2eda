package io.fovea.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A prediction")
class PredictionTest {

    private final Prediction prediction = new Prediction(
            List.of("ant", "bee", "cat", "dog"),
            new float[] {1, 3, 2, 2},
            new float[] {0.05f, 0.65f, 0.15f, 0.15f},
            Optional.empty());

    @Test
    void has_the_most_probable_class_as_best() {
        assertThat(prediction.best()).isEqualTo(new RankedClass("bee", 1, 0.65f));
    }

    @Test
    void ranks_all_classes_and_gives_a_tie_to_the_smaller_label() {
        assertThat(prediction.ranked()).extracting(RankedClass::name).containsExactly("bee", "cat", "dog", "ant");
    }

    @Test
    void gives_the_first_k_or_all_if_there_are_fewer() {
        assertThat(prediction.top(2)).extracting(RankedClass::label).containsExactly(1, 2);
        assertThat(prediction.top(9)).hasSize(4);
        assertThatThrownBy(() -> prediction.top(0)).hasMessage("k must be at least 1: 0");
    }

    @Test
    void hands_out_copies() {
        prediction.probabilities()[0] = 1;
        prediction.logits()[0] = 9;
        assertThat(prediction.probability(0)).isEqualTo(0.05f);
        assertThat(prediction.logits()).containsExactly(1, 3, 2, 2);
    }

    @Test
    void says_its_best_class() {
        assertThat(prediction).hasToString("\"bee\" (65.0 %)");
    }
}
