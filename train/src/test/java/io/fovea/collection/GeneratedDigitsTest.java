package io.fovea.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Generated digits")
class GeneratedDigitsTest {

    @Nested
    @DisplayName("of one seed")
    class Seed {

        @Test
        void are_the_same_on_every_machine() throws NoSuchAlgorithmException {
            byte[] pictures = GeneratedDigits.generate(20, 0, 1).training().pictures();

            assertThat(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(pictures)))
                    .isEqualTo("26d0d9add7d3f4572834a1ca5174dc114e830d024960c5b11a3f0cfce56d2266");
        }

        @Test
        void stay_the_same_when_more_are_asked_for() {
            byte[] few = GeneratedDigits.generate(2, 0, 5).training().pictures();
            byte[] many = GeneratedDigits.generate(9, 3, 5).training().pictures();

            assertThat(Arrays.copyOf(many, few.length)).isEqualTo(few);
        }

        @Test
        void differ_from_those_of_another() {
            assertThat(GeneratedDigits.generate(1, 0, 1).training().pictures())
                    .isNotEqualTo(GeneratedDigits.generate(1, 0, 2).training().pictures());
        }

        @Test
        void are_all_different_in_training_and_test() {
            GeneratedDigits digits = GeneratedDigits.generate(100, 100, 1);
            Set<String> pictures = new HashSet<>();
            for (int i = 0; i < 1000; i++) {
                pictures.add(Arrays.toString(digits.training().picture(i).values()));
                pictures.add(Arrays.toString(digits.test().picture(i).values()));
            }

            assertThat(pictures).hasSize(2000);
        }
    }

    @Nested
    @DisplayName("as pictures")
    class Pictures {

        private final GeneratedDigits.Part part =
                GeneratedDigits.generate(100, 0, 3).training();

        @Test
        void come_in_turn_from_zero_to_nine() {
            assertThat(GeneratedDigits.generate(2, 1, 1).training().labels())
                    .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            assertThat(GeneratedDigits.generate(2, 1, 1).test().labels()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        }

        @Test
        void are_bright_ink_on_black() {
            for (int i = 0; i < part.count(); i++) {
                int brightest = 0;
                int black = 0;
                for (byte value : part.picture(i).values()) {
                    brightest = Math.max(brightest, value & 0xff);
                    if (value == 0) black++;
                }
                assertThat(brightest).as("picture %d", i).isBetween(100, 255);
                assertThat(black).as("picture %d", i).isGreaterThan(28 * 28 / 3);
            }
        }

        @Test
        void seldom_run_over_the_edge() {
            int touching = 0;
            for (int i = 0; i < part.count(); i++) if (touchesTheEdge(part.picture(i))) touching++;

            assertThat(touching).isLessThan(20); // of 1000
        }

        private static boolean touchesTheEdge(Pixels picture) {
            for (int i = 0; i < 28; i++) {
                if (picture.at(0, i, 0) + picture.at(27, i, 0) + picture.at(i, 0, 0) + picture.at(i, 27, 0) > 0)
                    return true;
            }
            return false;
        }

        @Test
        void are_too_varied_to_be_told_by_their_mean_pictures_alone() {
            GeneratedDigits digits = GeneratedDigits.generate(300, 100, 1);
            float[][] means = means(digits.training());
            int right = 0;
            for (int i = 0; i < 1000; i++) {
                if (nearest(means, digits.test().picture(i).values())
                        == digits.test().labels()[i]) right++;
            }

            assertThat(right).as("of 1000; guessing gives 100").isBetween(500, 850);
        }

        private static float[][] means(GeneratedDigits.Part part) {
            float[][] means = new float[10][28 * 28];
            for (int i = 0; i < part.count(); i++) {
                byte[] values = part.picture(i).values();
                for (int p = 0; p < values.length; p++)
                    means[part.labels()[i]][p] += (values[p] & 0xff) * 10f / part.count();
            }
            return means;
        }

        private static int nearest(float[][] means, byte[] values) {
            int nearest = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int k = 0; k < 10; k++) {
                double distance = 0;
                for (int p = 0; p < values.length; p++) distance += Math.pow((values[p] & 0xff) - means[k][p], 2);
                if (distance < least) {
                    least = distance;
                    nearest = k;
                }
            }
            return nearest;
        }
    }

    @Nested
    @DisplayName("as files")
    class AsFiles {

        @TempDir
        Path folder;

        @Test
        void have_the_names_of_mnist() throws IOException {
            GeneratedDigits.generate(1, 1, 1).write(folder);

            try (var files = Files.list(folder)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder(
                                "train-images-idx3-ubyte.gz",
                                "train-labels-idx1-ubyte.gz",
                                "t10k-images-idx3-ubyte.gz",
                                "t10k-labels-idx1-ubyte.gz");
            }
            assertThat(PublicDataset.MNIST.isIn(folder)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 100_001})
    void must_be_a_number_that_fits_into_memory(int perClass) {
        assertThatThrownBy(() -> GeneratedDigits.generate(perClass, 0, 1))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                        .isEqualTo("Pictures of each digit must be 0 to 100000, not " + perClass + "."));
    }

    @Test
    void may_be_none() {
        assertThat(GeneratedDigits.generate(0, 0, 1).training().count()).isZero();
    }

    @Nested
    @DisplayName("in their shapes")
    class Shapes {

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
        void are_written_in_four_ways_within_the_box(int digit) {
            assertThat(DigitShapes.of(digit)).hasSize(4).allSatisfy(shape -> {
                assertThat(shape.strokes()).isNotEmpty();
                for (double[] stroke : shape.strokes()) {
                    assertThat(stroke.length % 2).isZero();
                    assertThat(stroke.length).as("at least two points").isGreaterThanOrEqualTo(4);
                    for (double coordinate : stroke) assertThat(coordinate).isBetween(0.0, 1.0);
                }
            });
        }
    }
}
