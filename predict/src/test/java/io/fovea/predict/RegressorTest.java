package io.fovea.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.BundleWriter;
import io.fovea.bundle.ExampleBundle;
import io.fovea.codec.PngWriter;
import io.fovea.image.Axis;
import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A regressor")
class RegressorTest {

    @TempDir
    Path folder;

    private Path file;
    private Regressor regressor;

    @BeforeEach
    void load() {
        file = folder.resolve("pointer.fovea");
        BundleWriter.write(ExampleBundle.regression(), file);
        regressor = Regressor.load(file);
    }

    @AfterEach
    void close() {
        regressor.close();
    }

    @Nested
    @DisplayName("given a picture")
    class Given {

        @Test
        void gives_every_target_its_value() {
            // 153 becomes 0.2; four of them sum to 0.8: places 1 − 0.8 and 1 + 0.8, weight 70 + 10 · 0
            Regression regression = regressor.predict(ExampleBundle.grey(153));
            assertThat(regression.values()).extracting(RegressedValue::axis).containsExactly(Axis.X, Axis.Y, Axis.NONE);
            assertThat(regression.value("nose_x")).isCloseTo(0.2, within(1e-6));
            assertThat(regression.value("nose_y")).isCloseTo(1.8, within(1e-6));
            assertThat(regression.value("weight")).isEqualTo(70);
            assertThat(regression).hasToString("nose (0.2, 1.8), weight 70.000");
        }

        @Test
        void pairs_coordinates_to_points_and_leaves_the_others() {
            Regression regression = regressor.predict(ExampleBundle.grey(153));
            assertThat(regression.points()).singleElement().satisfies(point -> {
                assertThat(point.name()).isEqualTo("nose");
                assertThat(point.x()).isCloseTo(0.2, within(1e-6));
                assertThat(point.y()).isCloseTo(1.8, within(1e-6));
            });
            assertThat(regression.others()).extracting(RegressedValue::name).containsExactly("weight");
        }

        @Test
        void gives_places_in_pixels_of_that_picture_whatever_its_size() {
            // 100 wide and 50 high is squashed to 2 by 2: 50 and 25 pixels for each
            byte[] values = new byte[50 * 100];
            Arrays.fill(values, (byte) 153);
            Regression regression = regressor.predict(new Pixels(50, 100, 1, values));
            assertThat(regression.value("nose_x")).isCloseTo(0.2 * 50, within(1e-4));
            assertThat(regression.value("nose_y")).isCloseTo(1.8 * 25, within(1e-4));
            assertThat(regression.value("weight")).isEqualTo(70);
        }

        @Test
        void takes_a_file_its_bytes_and_a_java_image_alike() throws IOException {
            Path picture = folder.resolve("grey.png");
            PngWriter.write(ExampleBundle.grey(51), picture);
            BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
            for (int i = 0; i < 4; i++) image.getRaster().setSample(i % 2, i / 2, 0, 51);
            Regression expected = regressor.predict(ExampleBundle.grey(51));
            assertThat(regressor.predict(picture)).isEqualTo(expected);
            assertThat(regressor.predict(Files.readAllBytes(picture))).isEqualTo(expected);
            assertThat(regressor.predict(image)).isEqualTo(expected);
        }

        @Test
        void offers_the_nearest_name_for_a_target_that_is_not_there() {
            Regression regression = regressor.predict(ExampleBundle.grey(51));
            assertThatThrownBy(() -> regression.value("nose_z"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("nose_z")
                    .hasMessageContaining("nose_x");
        }
    }

    @Nested
    @DisplayName("given many pictures")
    class Many {

        @Test
        void answers_in_their_order_each_in_its_own_pixels() {
            List<Pixels> pictures = new ArrayList<>();
            for (int i = 1; i <= 40; i++) {
                byte[] values = new byte[2 * i * 2 * i];
                Arrays.fill(values, (byte) (6 * i));
                pictures.add(new Pixels(2 * i, 2 * i, 1, values));
            }
            List<Regression> regressions = regressor.predictBatch(pictures);
            assertThat(regressions).hasSize(40);
            for (int i = 0; i < 40; i++) {
                assertThat(regressions.get(i).value("nose_x"))
                        .isCloseTo(regressor.predict(pictures.get(i)).value("nose_x"), within(1e-3));
            }
        }

        @Test
        void takes_prepared_ones_as_they_are_and_no_others() {
            assertThat(regressor
                            .predictPrepared(List.of(ExampleBundle.grey(153)))
                            .get(0)
                            .value("nose_x"))
                    .isCloseTo(0.2, within(1e-6));
            List<Pixels> large = List.of(new Pixels(3, 2, 1, new byte[6]));
            assertThatThrownBy(() -> regressor.predictPrepared(large))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Expected a prepared picture [2, 2, 1], found [3, 2, 1]");
        }

        @Test
        void serves_threads_at_once() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<Future<Boolean>> answers = new ArrayList<>();
                for (int t = 0; t < 8; t++) {
                    Pixels picture = ExampleBundle.grey(30 * t);
                    Regression expected = regressor.predict(picture);
                    answers.add(threads.submit(() -> {
                        boolean same = true;
                        for (int i = 0; i < 300; i++)
                            same &= regressor.predict(picture).equals(expected);
                        return same;
                    }));
                }
                for (Future<Boolean> answer : answers) assertThat(answer.get()).isTrue();
            } finally {
                threads.shutdown();
            }
        }
    }

    @Nested
    @DisplayName("when it is loaded")
    class Loaded {

        @Test
        void replays_its_golden_pictures() {
            assertThat(regressor.replay().orElseThrow().pictures()).isEqualTo(2);
            float[] others = ExampleBundle.SUMS.clone();
            others[2] = 0.01f;
            assertThatThrownBy(() -> of(ExampleBundle.onnx(others, 1, "values", 1)))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("\"network\"")
                    .hasMessageContaining("target \"weight\"");
        }

        @Test
        void refuses_a_network_with_other_outputs() {
            assertThatThrownBy(() -> of(ExampleBundle.onnx())).hasMessageContaining("The network has no \"values\"");
        }

        @Test
        void refuses_a_classifier_and_says_what_loads_it() {
            BundleWriter.write(ExampleBundle.whole(), file);
            assertThatThrownBy(() -> Regressor.load(file)).isInstanceOfSatisfying(Problem.class, problem -> {
                assertThat(problem.what()).contains("\"dark\", \"bright\", \"between\"");
                assertThat(problem.where()).endsWith("pointer.fovea");
                assertThat(problem.remedy()).contains("Classifier").contains("fovea predict");
            });
        }

        @Test
        void is_refused_by_the_classifier_which_says_what_loads_it() {
            assertThatThrownBy(() -> Classifier.load(file)).isInstanceOfSatisfying(Problem.class, problem -> {
                assertThat(problem.what()).contains("regression of \"nose_x\", \"nose_y\", \"weight\"");
                assertThat(problem.remedy()).contains("Regressor");
            });
        }

        @Test
        void does_not_hand_out_a_value_that_is_no_number() {
            float[] broken = ExampleBundle.SUMS.clone();
            broken[0] = Float.NaN;
            PredictionOptions options = PredictionOptions.DEFAULT.withVerification(Verification.SKIP);
            try (Regressor diverged =
                    Regressor.of(ExampleBundle.regression(ExampleBundle.onnx(broken, 1, "values", 1)), options)) {
                assertThatThrownBy(() -> diverged.predict(ExampleBundle.grey(1)))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("NaN for the target \"nose_x\"");
            }
        }

        private void of(byte[] onnx) {
            Bundle bundle = ExampleBundle.regression(onnx);
            Regressor.of(bundle, PredictionOptions.DEFAULT).close();
        }
    }
}
