package io.fovea.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Pictures that are held out")
class HoldOutTest {

    @Test
    void are_as_many_as_wanted_and_none_is_among_the_others() {
        int[] labels = IntStream.range(0, 100).map(i -> i % 4).toArray();

        HoldOut drawn = HoldOut.of(labels, 30, new SplittableRandom(1));

        assertThat(drawn.heldOut()).hasSize(30);
        assertThat(IntStream.concat(Arrays.stream(drawn.heldOut()), Arrays.stream(drawn.others()))
                        .sorted()
                        .toArray())
                .isEqualTo(IntStream.range(0, 100).toArray());
    }

    @Test
    void leave_every_class_a_picture() {
        int[] labels = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2};

        for (long seed = 0; seed < 50; seed++) {
            HoldOut drawn = HoldOut.of(labels, 11, new SplittableRandom(seed));

            assertThat(drawn.heldOut()).hasSize(9);
            assertThat(Arrays.stream(drawn.others()).map(place -> labels[place]))
                    .containsExactlyInAnyOrder(0, 1, 2);
        }
    }

    @Test
    void are_not_needed_of_a_class_for_it_to_be_among_the_first() {
        int[] labels = {0, 0, 0, 1, 0, 2, 1, 2};

        assertThat(HoldOut.first(2, labels)).containsExactly(0, 1, 3, 5);
        assertThat(HoldOut.first(8, labels)).hasSize(8);
    }
}
