package io.fovea.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.BundleWriter;
import io.fovea.bundle.ExampleBundle;
import io.fovea.bundle.GoldenPicture;
import io.fovea.bundle.Manifest;
import io.fovea.codec.PngWriter;
import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A classifier")
class ClassifierTest {

    @TempDir
    Path folder;

    private Path file;
    private Classifier classifier;

    @BeforeEach
    void load() {
        file = folder.resolve("example.fovea");
        BundleWriter.write(ExampleBundle.whole(), file);
        classifier = Classifier.load(file);
    }

    @AfterEach
    void close() {
        classifier.close();
    }

    @Nested
    @DisplayName("given a picture")
    class Given {

        @Test
        void says_so_if_it_does_not_decide_by_neighbours() {
            assertThat(classifier.showsNeighbours()).isFalse();
            assertThat(classifier.references()).isEmpty();
            assertThatThrownBy(() -> classifier.neighbours(ExampleBundle.grey(204)))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what())
                                .isEqualTo(
                                        "The model \"example\" does not decide by neighbours, so it has none to show");
                        assertThat(problem.where()).isEqualTo(file.toString());
                        assertThat(problem.remedy()).contains("fovea shrink hybrid");
                    });
        }

        @Test
        void gives_logits_and_probabilities_of_every_class() {
            // 204 becomes 0.6; four of them sum to 2.4.
            Prediction prediction = classifier.classify(ExampleBundle.grey(204));
            assertThat(prediction.logits()).containsExactly(new float[] {-2.4f, 2.4f, 0}, within(1e-6f));
            // exp(2.4) / (exp(−2.4) + exp(2.4) + 1)
            assertThat(prediction.probability(1)).isCloseTo(0.90996f, within(1e-5f));
            assertThat(prediction.best().name()).isEqualTo("bright");
        }

        @Test
        void takes_a_file_its_bytes_and_a_java_image_alike() throws IOException {
            Path picture = folder.resolve("dark.png");
            PngWriter.write(ExampleBundle.grey(51), picture);
            BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
            for (int y = 0; y < 2; y++)
                for (int x = 0; x < 2; x++) image.getRaster().setSample(x, y, 0, 51);
            float[] expected = classifier.classify(ExampleBundle.grey(51)).logits();
            assertThat(classifier.classify(picture).logits()).containsExactly(expected);
            assertThat(classifier.classify(Files.readAllBytes(picture)).logits())
                    .containsExactly(expected);
            assertThat(classifier.classify(image).logits()).containsExactly(expected);
        }

        @Test
        void resizes_a_larger_one() {
            byte[] values = new byte[100 * 50];
            java.util.Arrays.fill(values, (byte) 255);
            Prediction prediction = classifier.classify(new Pixels(50, 100, 1, values));
            assertThat(prediction.logits()).containsExactly(-4, 4, 0);
        }

        @Test
        void names_the_file_that_is_no_picture() throws IOException {
            Path text = Files.writeString(folder.resolve("text.png"), "hello, this is text");
            assertThatThrownBy(() -> classifier.classify(text))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.where())
                            .contains("text.png"));
            assertThatThrownBy(() -> classifier.classify(new byte[] {1, 2, 3}, "upload 7"))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.where())
                            .contains("upload 7"));
        }
    }

    @Nested
    @DisplayName("given many pictures")
    class Many {

        @Test
        void answers_in_their_order_whatever_their_number() {
            for (int count : new int[] {0, 1, 15, 16, 17, 40}) {
                List<Pixels> pictures = new ArrayList<>();
                for (int i = 0; i < count; i++) pictures.add(ExampleBundle.grey(6 * i));
                List<Prediction> predictions = classifier.classifyBatch(pictures);
                assertThat(predictions).hasSize(count);
                for (int i = 0; i < count; i++) {
                    float[] alone = classifier.classify(pictures.get(i)).logits();
                    assertThat(predictions.get(i).logits()).containsExactly(alone, within(1e-5f));
                }
            }
        }

        @Test
        void reads_files() {
            Path white = folder.resolve("white.png");
            Path black = folder.resolve("black.png");
            PngWriter.write(ExampleBundle.grey(255), white);
            PngWriter.write(ExampleBundle.grey(0), black);
            assertThat(classifier.classifyAll(List.of(white, black)))
                    .extracting(prediction -> prediction.best().name())
                    .containsExactly("bright", "dark");
        }

        @Test
        void serves_threads_at_once() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<Future<Boolean>> answers = new ArrayList<>();
                for (int t = 0; t < 8; t++) {
                    int value = 30 * t;
                    float expected =
                            classifier.classify(ExampleBundle.grey(value)).logits()[1];
                    answers.add(threads.submit(() -> {
                        boolean same = true;
                        for (int i = 0; i < 500; i++) {
                            same &= classifier.classify(ExampleBundle.grey(value))
                                            .logits()[1]
                                    == expected;
                        }
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
    @DisplayName("closed")
    class Closed {

        @Test
        void says_so_when_asked() {
            classifier.close();
            classifier.close();
            assertThatThrownBy(() -> classifier.classify(ExampleBundle.grey(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The model \"example\" is closed");
        }

        @Test
        void waits_for_predictions_under_way() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(4);
            AtomicBoolean started = new AtomicBoolean();
            List<Future<?>> callers = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                callers.add(threads.submit(() -> {
                    try {
                        while (true) {
                            classifier.classify(ExampleBundle.grey(9));
                            started.set(true);
                        }
                    } catch (IllegalStateException closed) {
                        return;
                    }
                }));
            }
            while (!started.get()) Thread.onSpinWait();
            classifier.close();
            for (Future<?> caller : callers) caller.get();
            threads.shutdown();
        }
    }

    @Nested
    @DisplayName("loading")
    class Loading {

        @Test
        void reports_the_replay_of_the_golden_pictures() {
            assertThat(classifier.replay()).contains(new ReplayReport(2, 0));
            assertThat(classifier.manifest().name()).isEqualTo("example");
        }

        @Test
        void can_skip_the_replay() {
            PredictionOptions options = PredictionOptions.DEFAULT.withVerification(Verification.SKIP);
            try (Classifier quick = Classifier.load(file, options)) {
                assertThat(quick.replay()).isEmpty();
                assertThat(quick.classify(ExampleBundle.grey(255)).best().name())
                        .isEqualTo("bright");
            }
        }

        @Test
        void refuses_something_that_is_no_network() {
            refused(new byte[] {1, 2, 3}, "ONNX Runtime does not take the network: ");
        }

        @Test
        void refuses_a_network_for_other_pictures() {
            refused(
                    ExampleBundle.onnx(new float[36], 3, "logits"),
                    "Expected \"input\" of shape [N, 1, 2, 2], found [-1, 3, 2, 2]");
        }

        @Test
        void refuses_a_network_without_logits() {
            refused(ExampleBundle.onnx(new float[12], 1, "scores"), "The network has no \"logits\", but ");
        }

        @Test
        void chooses_threads_by_the_size_of_the_network() {
            assertThat(PredictionOptions.DEFAULT.threadsFor(1_000_000)).isEqualTo(1);
            assertThat(PredictionOptions.DEFAULT.threadsFor(1_000_000_000))
                    .isEqualTo(Runtime.getRuntime().availableProcessors());
            assertThat(PredictionOptions.DEFAULT.withThreads(3).threadsFor(1)).isEqualTo(3);
            assertThatThrownBy(() -> PredictionOptions.DEFAULT.withThreads(-1))
                    .hasMessage("threads must be at least 1, or AUTOMATIC (0): -1");
        }

        private void refused(byte[] onnx, String start) {
            Map<String, byte[]> files = ExampleBundle.files();
            Manifest manifest = ExampleBundle.manifest(ExampleBundle.golden(files));
            BundleWriter.write(Bundle.of(manifest, onnx, files, Map.of()), file);
            assertThatThrownBy(() -> Classifier.load(file)).isInstanceOfSatisfying(Problem.class, problem -> {
                assertThat(problem.what()).startsWith(start);
                assertThat(problem.where()).isEqualTo(file.toString());
            });
        }
    }

    @Nested
    @DisplayName("replaying golden pictures")
    class Replaying {

        private final Map<String, byte[]> files = ExampleBundle.files();
        private final List<GoldenPicture> golden = ExampleBundle.golden(files);

        @Test
        void names_decode_if_the_file_gives_another_picture() {
            files.put("golden/01.png", PngWriter.bytes(ExampleBundle.grey(1)));
            differs("Golden picture \"golden/01.png\" differs at the stage \"decode\": expected [2, 2, 1] with"
                    + " SHA-256 ");
        }

        @Test
        void names_decode_if_the_file_is_no_picture() {
            files.put("golden/01.png", new byte[] {1});
            differs("Golden picture \"golden/01.png\" differs at the stage \"decode\": expected a picture of shape [2,"
                    + " 2, 1]");
        }

        @Test
        void names_resize_if_only_the_resized_picture_differs() {
            GoldenPicture g = golden.get(0);
            golden.set(
                    0,
                    new GoldenPicture(
                            g.file(),
                            g.source(),
                            1,
                            g.decodedShape(),
                            g.decodedSha256(),
                            "00",
                            g.tensorSha256(),
                            g.logits()));
            differs("Golden picture \"golden/00.png\" differs at the stage \"resize\": expected [2, 2, 1] with SHA-256"
                    + " 00, found ");
        }

        @Test
        void names_normalise_if_only_the_tensor_differs() {
            GoldenPicture g = golden.get(0);
            golden.set(
                    0,
                    new GoldenPicture(
                            g.file(),
                            g.source(),
                            1,
                            g.decodedShape(),
                            g.decodedSha256(),
                            g.resizedSha256(),
                            "00",
                            g.logits()));
            differs("Golden picture \"golden/00.png\" differs at the stage \"normalise\": expected 00, found ");
        }

        @Test
        void names_the_network_with_class_and_values_if_only_a_logit_differs() {
            golden.get(1).logits()[2] = 0.5f;
            differs("Golden picture \"golden/01.png\" differs at the stage \"network\": expected number 2 of"
                    + " \"logits\" (class \"between\") 0.5 within 4.0E-4, found 0.0 (a difference of 0.5)");
        }

        @Test
        void takes_a_logit_that_is_not_a_number_as_a_difference() {
            golden.get(1).logits()[2] = Float.NaN;
            differs("Golden picture \"golden/01.png\" differs at the stage \"network\"");
        }

        @Test
        void reports_a_difference_within_the_tolerance() {
            golden.get(0).logits()[2] = 5e-5f;
            Bundle bundle = bundle();
            try (Classifier loaded = Classifier.of(bundle, PredictionOptions.DEFAULT)) {
                assertThat(loaded.replay().orElseThrow().maxAbsDifference()).isCloseTo(5e-5, within(1e-9));
            }
        }

        private Bundle bundle() {
            return Bundle.of(ExampleBundle.manifest(golden), ExampleBundle.onnx(), files, Map.of());
        }

        @Nested
        @DisplayName("of a network whose logits are -400 and 400")
        class OfLargeLogits {

            @Test
            void takes_a_ten_thousandth_of_the_largest_logit_for_the_same() {
                try (Classifier loaded = Classifier.of(large(400.03f), PredictionOptions.DEFAULT)) {
                    assertThat(loaded.replay().orElseThrow().maxAbsDifference()).isCloseTo(0.03, within(1e-4));
                }
            }

            @Test
            void finds_what_differs_by_more() {
                assertThatThrownBy(() -> Classifier.of(large(400.05f), PredictionOptions.DEFAULT))
                        .hasMessageContaining("differs at the stage \"network\": expected number 1 of \"logits\"")
                        .hasMessageContaining("400.05 within 0.040");
            }

            @Test
            void finds_a_logit_that_was_infinite_in_training() {
                assertThatThrownBy(() -> Classifier.of(large(Float.POSITIVE_INFINITY), PredictionOptions.DEFAULT))
                        .hasMessageContaining("differs at the stage \"network\"");
            }

            /** The white picture's logits are -400, 400 and 0; the trainer is said to have seen {@code bright} for the second. */
            private Bundle large(float bright) {
                float[] weights = new float[12];
                for (int i = 0; i < 12; i++) weights[i] = 100 * ExampleBundle.SUMS[i];
                List<GoldenPicture> white = List.of(GoldenPicture.replayed(
                        "golden/00.png",
                        "white.png",
                        files.get("golden/00.png"),
                        1,
                        new float[] {-400, bright, 0},
                        ExampleBundle.PREPROCESSING));
                return Bundle.of(
                        ExampleBundle.manifest(white),
                        ExampleBundle.onnx(weights, 1, "logits"),
                        Map.of("golden/00.png", files.get("golden/00.png")),
                        Map.of());
            }
        }

        private void differs(String start) {
            Bundle bundle = bundle();
            assertThatThrownBy(() -> Classifier.of(bundle, PredictionOptions.DEFAULT))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what()).startsWith(start);
                        assertThat(problem.where()).isEqualTo("model \"example\"");
                        assertThat(problem.remedy()).contains("use Fovea 0.1.0, which wrote the model");
                    });
        }
    }
}
