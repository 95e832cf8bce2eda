package io.fovea.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.dataset.SplitMix;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A balanced draw")
class BalancedDrawTest {

    /** How often each picture comes, given the label of each. */
    private static int[] counts(long seed, int... labels) {
        int[] counts = new int[labels.length];
        for (int example : drawn(new BalancedDraw(new LabelledPictures(labels)), seed, labels.length))
            counts[example]++;
        return counts;
    }

    private static int[] drawn(BalancedDraw draw, long seed, int count) {
        int[] examples = new int[count];
        draw.draw(examples, new SplitMix(seed));
        return examples;
    }

    @Test
    void of_even_classes_takes_each_picture_once() {
        assertThat(counts(1, 0, 1, 1, 0)).containsOnly(1);
    }

    @Test
    void repeats_the_pictures_of_a_small_class_evenly() {
        int[] counts = counts(1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1); // five of each class

        assertThat(counts[8] + counts[9]).isEqualTo(5);
        assertThat(counts[8]).isBetween(2, 3);
        assertThat(Arrays.stream(counts, 0, 8).sum()).isEqualTo(5);
        assertThat(Arrays.stream(counts, 0, 8).max()).hasValue(1);
    }

    @Test
    void gives_what_does_not_divide_to_classes_by_chance() {
        int[] firstClassCount = new int[2];
        for (int seed = 0; seed < 1_000; seed++) {
            int[] counts = counts(seed, 0, 1, 1); // three of two classes: one comes twice
            firstClassCount[counts[0] - 1]++;
        }
        assertThat(Arrays.stream(firstClassCount)).allMatch(count -> count > 430 && count < 570);
    }

    @Test
    void passes_over_classes_without_pictures() {
        assertThat(counts(1, 5, 5, 2, 2)).containsOnly(1);
    }

    @Test
    void lets_every_picture_of_a_large_class_come_in_some_epoch() {
        int[] sums = new int[10];
        for (int seed = 0; seed < 1_000; seed++) {
            int[] counts = counts(seed, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1);
            for (int i = 0; i < sums.length; i++) sums[i] += counts[i];
        }
        // five of eight
        assertThat(Arrays.stream(sums, 0, 8)).allMatch(sum -> sum > 565 && sum < 685);
    }

    @Test
    void depends_on_nothing_but_the_seed() {
        int[] labels = {0, 0, 0, 1, 2, 2};
        BalancedDraw draw = new BalancedDraw(new LabelledPictures(labels));
        int[] first = drawn(draw, 9, 6);
        drawn(draw, 10, 6);

        assertThat(drawn(draw, 9, 6)).isEqualTo(first);
    }

    @Test
    void of_nothing_is_nothing() {
        assertThat(counts(1)).isEmpty();
    }
}
