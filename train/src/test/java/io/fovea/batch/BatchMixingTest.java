package io.fovea.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Mixing three pictures of 0, 100 and 200 of the classes 4, 5 and 6")
class BatchMixingTest {

    private static final int EPOCHS = 2_000;
    private static final int[] VALUES = {0, 100, 200};
    private static final int[] NEXT = {100, 200, 0};

    @FunctionalInterface
    private interface Reader {
        void read(Batch batch);
    }

    /** Reads the one batch of each of many epochs. */
    private static void eachEpoch(Augmentation augmentation, int epochs, Reader reader) {
        BatchSettings settings = new BatchSettings(3, augmentation, Order.SEQUENTIAL, Remainder.KEEP, 1, 0);
        try (BatchLoader loader = new BatchLoader(new LabelledPictures(4, 5, 6), settings)) {
            for (int epoch = 0; epoch < epochs; epoch++) {
                loader.start(epoch, 0);
                reader.read(loader.next().orElseThrow());
            }
        }
    }

    private static int value(Batch batch, int row, int place) {
        return batch.pixels()[row * LabelledPictures.BYTES + place] & 0xff;
    }

    /** How many of a picture's 300 values belong to the next one. */
    private static int valuesOfTheNext(Batch batch, int row) {
        int count = 0;
        for (int i = 0; i < LabelledPictures.BYTES; i++) if (value(batch, row, i) == NEXT[row]) count++;
        return count;
    }

    @Test
    void keeps_labels_and_names_those_of_the_next_picture() {
        eachEpoch(Augmentation.NONE.withMixup(1), 1, batch -> {
            assertThat(batch.labels()).startsWith(4, 5, 6);
            assertThat(batch.secondLabels()).containsExactly(5, 6, 4);
            assertThat(batch.shares()).hasSize(3);
        });
    }

    @Test
    void is_not_done_unless_asked_for() {
        eachEpoch(Augmentation.NONE.withHorizontalFlip(1), 1, batch -> {
            assertThat(batch.secondLabels()).isEmpty();
            assertThat(batch.shares()).isEmpty();
        });
    }

    @Nested
    @DisplayName("by mixup")
    class Mixup {

        @Test
        void lays_pictures_over_each_other_in_proportion_to_their_shares() {
            eachEpoch(Augmentation.NONE.withMixup(0.4), EPOCHS, batch -> {
                for (int row = 0; row < 3; row++) {
                    double expected = batch.shares()[row] * VALUES[row] + (1 - batch.shares()[row]) * NEXT[row];
                    for (int place : new int[] {0, 149, 299}) {
                        assertThat((double) value(batch, row, place)).isCloseTo(expected, within(0.5 + 1e-4));
                    }
                }
            });
        }

        @Test
        void draws_shares_evenly_where_alpha_is_1() {
            int[] tenths = new int[10];
            eachEpoch(Augmentation.NONE.withMixup(1), EPOCHS, batch -> {
                for (float share : batch.shares()) tenths[Math.min(9, (int) (10 * share))]++;
            });

            assertThat(Arrays.stream(tenths))
                    .allMatch(count -> count > 510 && count < 690); // 600, standard deviation 23
        }
    }

    @Nested
    @DisplayName("by cutmix")
    class Cutmix {

        @Test
        void sets_as_much_of_the_next_picture_in_as_the_share_says() {
            eachEpoch(Augmentation.NONE.withCutmix(1), EPOCHS, batch -> {
                for (int row = 0; row < 3; row++) {
                    assertThat(batch.shares()[row]).isCloseTo(1 - valuesOfTheNext(batch, row) / 300f, within(1e-6f));
                }
            });
        }

        @Test
        void changes_no_value_outside_the_window() {
            eachEpoch(Augmentation.NONE.withCutmix(1), 100, batch -> {
                for (int row = 0; row < 3; row++) {
                    for (int i = 0; i < LabelledPictures.BYTES; i++) {
                        assertThat(value(batch, row, i)).isIn(VALUES[row], NEXT[row]);
                    }
                }
            });
        }

        @Test
        void reaches_every_corner() {
            int[] corners = new int[4];
            eachEpoch(Augmentation.NONE.withCutmix(1), EPOCHS, batch -> {
                int[] places = {0, 27, 270, 299};
                for (int i = 0; i < 4; i++) if (value(batch, 0, places[i]) == NEXT[0]) corners[i]++;
            });

            assertThat(Arrays.stream(corners)).allMatch(count -> count > 200);
        }
    }

    @Test
    void takes_mixup_and_cutmix_equally_often_where_both_are_asked_for() {
        List<Boolean> blended = new ArrayList<>();
        eachEpoch(Augmentation.NONE.withMixup(1).withCutmix(1), EPOCHS, batch -> {
            for (int row = 0; row < 3; row++) {
                int middle = value(batch, row, 0);
                blended.add(middle != VALUES[row] && middle != NEXT[row]);
            }
        });

        assertThat(blended.stream().filter(is -> is).count())
                .isBetween(2_800L, 3_150L); // of 6000, some shares are all or nothing
    }

    @Test
    void leaves_a_batch_of_one_as_it_is() {
        BatchSettings settings = new BatchSettings(
                1, Augmentation.NONE.withMixup(1).withCutmix(1), Order.SEQUENTIAL, Remainder.KEEP, 1, 0);
        try (BatchLoader loader = new BatchLoader(new LabelledPictures(4, 5), settings)) {
            loader.start(0, 0);
            loader.next();
            Batch batch = loader.next().orElseThrow();

            assertThat(batch.secondLabels()).containsExactly(5);
            for (int i = 0; i < LabelledPictures.BYTES; i++)
                assertThat(value(batch, 0, i)).isEqualTo(100);
        }
    }

    @Nested
    @DisplayName("whose targets are their values")
    class Regression {

        private static BatchLoader loader(Augmentation augmentation, Order order) {
            BatchSettings settings = new BatchSettings(3, augmentation, order, Remainder.KEEP, 1, 0);
            return new BatchLoader(new MeasuredPictures(0, 100, 200), settings);
        }

        @Test
        void mixes_targets_as_it_mixes_pictures() {
            try (BatchLoader loader = loader(Augmentation.NONE.withMixup(1), Order.SEQUENTIAL)) {
                for (int epoch = 0; epoch < 500; epoch++) {
                    loader.start(epoch, 0);
                    Batch batch = loader.next().orElseThrow();
                    for (int row = 0; row < 3; row++) {
                        assertThat(batch.targets()[row]).isCloseTo(batch.pixels()[row] & 0xff, within(0.51f));
                    }
                    assertThat(batch.shares()).isEmpty();
                    assertThat(batch.secondLabels()).isEmpty();
                }
            }
        }

        @Test
        void refuses_cutmix() {
            assertThatThrownBy(() -> loader(Augmentation.NONE.withCutmix(1), Order.SHUFFLED))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what()).startsWith("Cutmix needs classes, but the pictures have targets");
                        assertThat(problem.where()).isEqualTo("augmentation, cutmix");
                        assertThat(problem.remedy()).isEqualTo("leave cutmix at 0; mixup mixes targets as well");
                    });
        }

        @Test
        void refuses_to_balance_classes() {
            assertThatThrownBy(() -> loader(Augmentation.NONE, Order.BALANCED))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                            .isEqualTo("There are no classes to draw equally often, for the pictures have targets."));
        }
    }
}
