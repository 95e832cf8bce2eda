package io.fovea.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.batch.Augmentation;
import io.fovea.batch.Batch;
import io.fovea.codec.PngWriter;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.Axis;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.ResizeMode;
import io.fovea.image.Target;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportListener;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitSettings;
import io.fovea.importer.Truth;
import io.fovea.optimize.ClassWeights;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Targets;
import io.fovea.problem.Problem;
import io.fovea.source.Source;
import io.fovea.task.Classification;
import io.fovea.task.Measure;
import io.fovea.task.Reconstruction;
import io.fovea.task.Regression;
import io.fovea.task.Segmentation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        void are_wanted_of_a_split_as_a_network_gives_them(@TempDir Path folder) {
            PngWriter.write(new Pixels(40, 20, 1, new byte[800]), folder.resolve("xy_15_10_a.png"));
            Preparation preparation = new Preparation(40, 20, ColorMode.GREY, ResizeMode.SQUASH);
            ImportSettings settings = ImportSettings.of("points", preparation)
                    .withSplits(new SplitSettings(0, 0))
                    .withThreads(1);
            DatasetImport.run(List.of(Source.of(folder)), settings, folder.resolve("dataset"), ImportListener.NONE);
            try (Dataset dataset = Dataset.open(folder.resolve("dataset"))) {
                // half way from the middle to the right edge, and from the middle to the upper one
                assertThat(learning.targets(dataset, Split.TRAINING))
                        .hasValueSatisfying(targets ->
                                assertThat(((Targets.Values) targets).values()).containsExactly(0.5f, -0.5f));
            }
        }

        @Test
        void move_with_their_picture_and_classes_do_not() {
            assertThat(learning.movesTruth()).isTrue();
            assertThat(Learning.of(Classification.numbered(2)).movesTruth()).isFalse();
        }

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

    @Nested
    @DisplayName("of classes of pixels")
    class Masks {

        private static final byte NONE = (byte) Segmentation.UNLABELLED;

        private final Learning learning = Learning.of(new Segmentation(List.of("sky", "road")));

        @Test
        void counts_labelled_pixels_by_true_and_predicted_class_and_the_first_of_equals_wins() {
            // [2, 2, 1, 2]: sky, road; sky where both are equal, road
            float[] logits = {3, 0, 0, 3, 5, 1, 5, 2};
            Targets masks = new Targets.Masks(new byte[] {0, 0, 1, NONE}, 2);
            double[] counts = new double[learning.counts()];
            learning.count(logits, masks, 2, counts);
            // a sky pixel right, one taken for road; a road pixel taken for sky
            assertThat(counts).containsExactly(1, 1, 1, 0);
        }

        @Test
        void adds_to_what_was_counted_and_leaves_what_lies_behind_the_batch() {
            double[] counts = {10, 0, 0, 0};
            Targets longer = new Targets.Masks(new byte[] {0, 1}, 1);
            learning.count(new float[] {3, 0, 0, 3}, longer, 1, counts);
            assertThat(counts).containsExactly(11, 0, 0, 0);
        }

        @Test
        void are_measured_by_mean_intersection_over_union_and_pixel_accuracy() {
            // sky 3 of 3 + 1 + 1, road 5 of 5 + 1 + 1
            List<Measure> measures = learning.measures(new double[] {3, 1, 1, 5}, 7);
            assertThat(measures)
                    .extracting(Measure::name)
                    .containsExactly("mean intersection over union", "pixel accuracy");
            assertThat(measures.get(0).value()).isCloseTo((3 / 5.0 + 5 / 7.0) / 2, within(1e-12));
            assertThat(measures.get(1).words()).isEqualTo("80.00 %");
            assertThat(measures.get(0).isBetterThan(0.6)).isTrue();
        }

        @Test
        void that_no_pixel_has_or_is_taken_for_have_no_part_in_the_mean() {
            assertThat(learning.measures(new double[] {4, 0, 0, 0}, 1)
                            .getFirst()
                            .value())
                    .isEqualTo(1);
        }

        @Test
        void without_a_labelled_pixel_have_no_measure() {
            assertThat(learning.measures(new double[4], 1))
                    .extracting(Measure::value)
                    .containsOnly(Double.NaN);
        }

        @Test
        void are_wanted_as_the_batch_has_them() {
            byte[] masks = {0, 1, NONE, 0};
            Batch batch = new Batch(
                    1,
                    2,
                    2,
                    1,
                    new byte[4],
                    new int[1],
                    new int[1],
                    new float[0],
                    new int[0],
                    new float[0],
                    masks,
                    new byte[0]);
            assertThat(learning.targets(batch)).isEqualTo(new Targets.Masks(masks, 4));
        }

        @Test
        void guess_at_the_logarithm_of_their_number() {
            assertThat(learning.guessingLoss().getAsDouble()).isEqualTo(Math.log(2));
        }

        @Test
        void are_balanced_by_their_labelled_pixels(@TempDir Path folder) {
            try (Dataset dataset = imported(folder, 0, 0, 0, 1)) {
                // three pixels and one: 4 / (2 · 3) and 4 / (2 · 1)
                assertThat(learning.checked(new Loss.CrossEntropy(0, new ClassWeights.Balanced()), dataset))
                        .isEqualTo(new Loss.CrossEntropy(0, new ClassWeights.Given(List.of(4 / 6.0, 2.0))));
            }
        }

        @Test
        void that_are_the_same_everywhere_teach_nothing(@TempDir Path folder) {
            try (Dataset dataset = imported(folder, 1, 1, 255, 1)) {
                assertThatThrownBy(() -> learning.checkPictures(dataset))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("Expected training pixels of at least two classes, found those of 1.");
            }
        }

        @Test
        void are_told_by_no_row_of_numbers(@TempDir Path folder) {
            try (Dataset dataset = imported(folder, 0, 0, 0, 1)) {
                assertThat(learning.targets(dataset, Split.TRAINING)).isEmpty();
                assertThat(learning.movesTruth()).isTrue();
            }
        }

        /** A dataset of one picture of 2x2 with a mask. */
        private static Dataset imported(Path folder, int... labels) {
            byte[] mask = new byte[4];
            for (int i = 0; i < 4; i++) mask[i] = (byte) labels[i];
            try {
                Files.createDirectories(folder.resolve("train/pictures"));
                Files.createDirectories(folder.resolve("train/masks"));
                Files.writeString(folder.resolve("classes.txt"), "sky\nroad\n");
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            PngWriter.write(new Pixels(2, 2, 1, new byte[] {1, 2, 3, 4}), folder.resolve("train/pictures/a.png"));
            PngWriter.write(new Pixels(2, 2, 1, mask), folder.resolve("train/masks/a.png"));
            ImportSettings settings = ImportSettings.of(
                            "streets", new Preparation(2, 2, ColorMode.GREY, ResizeMode.SQUASH))
                    .withTruth(new Truth.Masks())
                    .withSplits(new SplitSettings(0, 0))
                    .withThreads(1);
            DatasetImport.run(List.of(Source.of(folder)), settings, folder.resolve("dataset"), ImportListener.NONE);
            return Dataset.open(folder.resolve("dataset"));
        }

        @Test
        void are_not_counted_by_labels() {
            Targets labels = new Targets.Labels(new int[1]);
            assertThatThrownBy(() -> learning.count(new float[2], labels, 1, new double[4]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Expected masks, found labels");
        }
    }

    @Nested
    @DisplayName("of pictures")
    class Pictures {

        private final Learning learning = Learning.of(new Reconstruction(), Augmentation.NONE.withNoise(0.3));

        @Test
        void wants_them_as_they_were_before_noise_channel_by_channel_from_0_to_1() {
            byte[] noisy = {1, 2, 3, 4, 5, 6};
            byte[] clean = {(byte) 255, 0, 0, 0, 51, (byte) 255}; // [H, W, C]: red, then blue with a fifth of green
            Batch batch = new Batch(
                    1,
                    1,
                    2,
                    3,
                    noisy,
                    new int[1],
                    new int[1],
                    new float[0],
                    new int[0],
                    new float[0],
                    new byte[0],
                    clean);
            assertThat(learning.targets(batch))
                    .isInstanceOfSatisfying(Targets.Values.class, wanted -> assertThat(wanted.values())
                            .containsExactly(1, 0, 0, 0.2f, 0, 1)); // [C, H, W]
        }

        @Test
        void counts_the_decibels_of_each() {
            // off by a tenth everywhere: a mean square of 0.01; equal: 100 dB
            Targets wanted = new Targets.Values(new float[] {0.5f, 0.5f, 0.25f, 1});
            double[] counts = new double[learning.counts()];
            learning.count(new float[] {0.6f, 0.4f, 0.25f, 1}, wanted, 2, counts);
            assertThat(counts[0]).isCloseTo(120, within(1e-4));
            assertThat(learning.measures(counts, 2).getFirst().words()).isEqualTo("60.00 dB");
        }

        @Test
        void cuts_off_what_is_darker_than_black_or_brighter_than_white() {
            double[] counts = new double[1];
            learning.count(new float[] {-7, 9}, new Targets.Values(new float[] {0, 1}), 1, counts);
            assertThat(counts).containsExactly(100);
        }

        @Test
        void are_validated_with_their_noise_and_nothing_else() {
            Augmentation flipped = Augmentation.NONE.withNoise(0.3).withShift(0.1);
            assertThat(Learning.of(new Reconstruction(), flipped)
                            .evaluation(8, 1)
                            .augmentation())
                    .isEqualTo(Augmentation.NONE.withNoise(0.3));
        }

        @Test
        void are_not_counted_by_labels() {
            Targets labels = new Targets.Labels(new int[1]);
            assertThatThrownBy(() -> learning.count(new float[1], labels, 1, new double[1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Expected numbers, found labels");
        }
    }
}
