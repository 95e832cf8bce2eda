package io.fovea.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.image.Axis;
import io.fovea.image.Target;
import io.fovea.optimize.Targets;
import io.fovea.task.Classification;
import io.fovea.task.Measure;
import io.fovea.task.Regression;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("What learning knows of a task")
class LearningTest {

    @Nested
    @DisplayName("of classes")
    class Classes {

        private final Learning learning = Learning.of(new Classification(List.of("a", "b", "c")));

        @Test
        void counts_a_picture_as_right_when_its_label_has_the_largest_logit_and_the_first_of_equals_wins() {
            float[] logits = {1, 3, 2, 5, 5, 0, 5, 5, 0};
            double[] counts = new double[learning.counts()];
            learning.count(logits, new Targets.Labels(new int[] {1, 0, 1}), 3, counts);
            assertThat(counts).containsExactly(2);
        }

        @Test
        void counts_a_mixed_picture_as_right_when_the_class_with_the_larger_share_wins() {
            float[] logits = {3, 0, 0, 0, 3, 0};
            Targets targets = new Targets.MixedLabels(new int[] {0, 0}, new int[] {1, 1}, new float[] {0.7f, 0.3f});
            double[] counts = new double[learning.counts()];
            learning.count(logits, targets, 2, counts);
            assertThat(counts).containsExactly(2);
        }

        @Test
        void are_measured_by_the_accuracy_of_which_more_is_better() {
            Measure accuracy = learning.measures(new double[] {3}, 4).getFirst();
            assertThat(accuracy.name()).isEqualTo("accuracy");
            assertThat(accuracy.words()).isEqualTo("75.00 %");
            assertThat(accuracy.isBetterThan(0.7)).isTrue();
        }

        @Test
        void guess_at_the_logarithm_of_their_number() {
            assertThat(learning.guessingLoss().getAsDouble()).isEqualTo(Math.log(3));
        }

        @Test
        void are_not_counted_by_numbers() {
            Targets numbers = new Targets.Values(new float[3]);
            assertThatThrownBy(() -> learning.count(new float[3], numbers, 1, new double[1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Expected labels, found numbers");
        }
    }

    @Nested
    @DisplayName("of numbers")
    class Numbers {

        private final Learning learning =
                Learning.of(new Regression(List.of(Target.place("x", Axis.X, 20), Target.place("y", Axis.Y, 40))));

        @Test
        void measures_their_mean_distance_in_pixels() {
            double[] counts = new double[1];
            // off by a tenth of 10 pixels and a tenth of 20: 1.5 pixels in the mean
            learning.count(new float[] {0.1f, 0}, new Targets.Values(new float[] {0, 0.1f}), 1, counts);
            Measure error = learning.measures(counts, 1).getFirst();
            assertThat(error.words()).isEqualTo("1.50 pixels");
            assertThat(error.isBetterThan(2)).isTrue();
        }
    }
}
