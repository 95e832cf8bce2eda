package io.fovea.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.image.Axis;
import io.fovea.image.Target;
import io.fovea.network.Shape;
import io.fovea.task.Classification;
import io.fovea.task.Regression;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The difference of answers")
class OutputDifferenceTest {

    private final OutputDifference classes = new OutputDifference(Classification.numbered(2), new Shape(2));

    @Test
    void is_the_divergence_of_probabilities() {
        // p = (1/2, 1/2), q = (1/4, 3/4): ½·ln 2 + ½·ln(2/3)
        classes.add(new float[] {0, 0}, new float[] {0, (float) Math.log(3)});

        assertThat(classes.value()).isCloseTo(0.5 * Math.log(2) + 0.5 * Math.log(2.0 / 3), within(1e-7));
    }

    @Test
    void is_nothing_where_only_a_constant_was_added_to_logits() {
        classes.add(new float[] {1, 3}, new float[] {101, 103});

        assertThat(classes.value()).isCloseTo(0, within(1e-9));
        assertThat(classes.agreement()).isEqualTo(1);
    }

    @Test
    void tells_how_often_the_most_probable_class_is_the_same() {
        classes.add(new float[] {1, 0}, new float[] {2, 0});
        classes.add(new float[] {1, 0}, new float[] {0, 1});

        assertThat(classes.agreement()).isEqualTo(0.5);
    }

    @Test
    void is_the_share_of_the_variance_that_numbers_lose() {
        OutputDifference numbers =
                new OutputDifference(new Regression(List.of(new Target("a", Axis.NONE, 0, 1))), new Shape(1));
        numbers.add(new float[] {-1}, new float[] {-1});
        numbers.add(new float[] {1}, new float[] {0});

        assertThat(numbers.value()).isEqualTo(0.5); // 1 of 2
    }

    @Test
    void of_nothing_is_nothing() {
        assertThat(classes.value()).isZero();
    }
}
