package io.fovea.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.BundleWriter;
import io.fovea.bundle.ExampleBundle;
import io.fovea.bundle.Manifest;
import io.fovea.codec.PngWriter;
import io.fovea.image.Pixels;
import io.fovea.image.ResizeMode;
import io.fovea.problem.Problem;
import io.fovea.task.ModelOutput;
import io.fovea.task.Segmentation;
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

@DisplayName("A model")
class ModelTest {

    @TempDir
    Path folder;

    private Path file;
    private Model model;

    @BeforeEach
    void load() {
        file = folder.resolve("example.fovea");
        BundleWriter.write(ExampleBundle.whole(), file);
        model = Model.load(file);
    }

    @AfterEach
    void close() {
        model.close();
    }

    private static Tensor grey(Model model, int value) {
        return model.prepare(ExampleBundle.grey(value));
    }

    private Tensor batch(int count) {
        List<Tensor> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) pictures.add(grey(model, 6 * i));
        return Tensor.batch(pictures);
    }

    @Nested
    @DisplayName("of any task")
    class AnyTask {

        @Test
        void says_what_goes_in_and_what_comes_out() {
            assertThat(model.inputs())
                    .containsExactly(new ModelInput("input", ModelOutput.Type.FLOAT32, List.of(1, 2, 2)));
            assertThat(model.outputs())
                    .extracting(ModelOutput::name, ModelOutput::shape)
                    .containsExactly(tuple("logits", List.of(3)), tuple("probabilities", List.of(3)));
            assertThat(model.replay()).contains(new ReplayReport(2, 0));
        }

        @Test
        void gives_maps_of_a_segmentation() {
            Bundle bundle = ExampleBundle.segmentation(ExampleBundle.greys(2, 3, ResizeMode.SQUASH));
            try (Model maps = Model.of(bundle, PredictionOptions.DEFAULT)) {
                Tensor input = maps.prepare(ExampleBundle.ramp(2, 3));
                Map<String, Tensor> outputs = maps.run(Map.of("input", Tensor.batch(List.of(input, input))));
                assertThat(outputs.keySet()).containsExactly("logits", "probabilities");
                assertThat(outputs.get("logits").shape()).containsExactly(2, 2, 2, 3);
                // bytes 0, 127, 255 are −1, −1/255, 1
                assertThat(outputs.get("logits").picture(1).floats())
                        .containsExactly(
                                new float[] {1, 1 / 255f, -1, 1, 1 / 255f, -1, -1, -1 / 255f, 1, -1, -1 / 255f, 1},
                                within(1e-6f));
            }
        }

        @Test
        void has_a_decoder_for_its_task() {
            var size = ExampleBundle.greys(2, 2, ResizeMode.SQUASH);
            assertThat(decoder(ExampleBundle.whole())).isEqualTo(Classifier.class);
            assertThat(decoder(ExampleBundle.regression())).isEqualTo(Regressor.class);
            assertThat(decoder(ExampleBundle.segmentation(size))).isEqualTo(Segmenter.class);
            assertThat(decoder(ExampleBundle.reconstruction(size))).isEqualTo(Reconstructor.class);
        }

        private Class<?> decoder(Bundle bundle) {
            try (Decoder decoder = Decoder.of(bundle, PredictionOptions.DEFAULT)) {
                return decoder.getClass();
            }
        }

        @Test
        void is_refused_by_the_decoder_of_another_task_and_closed() {
            assertThatThrownBy(() -> Segmenter.of(model)).isInstanceOfSatisfying(Problem.class, problem -> {
                assertThat(problem.what())
                        .isEqualTo("Expected a model for segmentation, found one for classification of \"dark\","
                                + " \"bright\", \"between\"");
                assertThat(problem.where()).isEqualTo(file.toString());
            });
            assertThatThrownBy(() -> model.run(Map.of("input", grey(model, 1))))
                    .isInstanceOf(IllegalStateException.class);
        }

        @Test
        void is_refused_if_its_network_lacks_an_output_that_the_manifest_lists() {
            var size = ExampleBundle.greys(2, 2, ResizeMode.SQUASH);
            Bundle maps = ExampleBundle.segmentation(size);
            Manifest larger = ExampleBundle.maps(new Segmentation(List.of("a", "b", "c")), size, 3, List.of());
            Bundle wrong = Bundle.of(larger, maps.onnx(), Map.of(), Map.of());
            assertThatThrownBy(() -> Model.of(wrong, PredictionOptions.DEFAULT))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                            .isEqualTo("Expected \"logits\" of shape [N, 3, 2, 2], found [-1, 2, 2, 2]"));
        }
    }

    @Nested
    @DisplayName("run")
    class Run {

        @Test
        void prepares_a_file_its_bytes_and_a_java_image_alike() throws IOException {
            Path picture = folder.resolve("grey.png");
            PngWriter.write(ExampleBundle.grey(204), picture);
            BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
            for (int i = 0; i < 4; i++) image.getRaster().setSample(i % 2, i / 2, 0, 204);
            Tensor expected = grey(model, 204);
            assertThat(expected.shape()).containsExactly(1, 1, 2, 2);
            assertThat(expected.floats()).containsExactly(new float[] {0.6f, 0.6f, 0.6f, 0.6f}, within(1e-6f));
            assertThat(model.prepare(picture)).isEqualTo(expected);
            assertThat(model.prepare(Files.readAllBytes(picture), "grey.png")).isEqualTo(expected);
            assertThat(model.prepare(image)).isEqualTo(expected);
        }

        @Test
        void gives_what_the_classifier_gives() {
            Map<String, Tensor> outputs = model.run(Map.of("input", grey(model, 204)));
            assertThat(outputs.keySet()).containsExactly("logits", "probabilities");
            assertThat(outputs.get("logits").shape()).containsExactly(1, 3);
            try (Classifier classifier = Classifier.load(file)) {
                Prediction prediction = classifier.classify(ExampleBundle.grey(204));
                assertThat(outputs.get("logits").floats()).containsExactly(prediction.logits());
                assertThat(outputs.get("probabilities").floats()).containsExactly(prediction.probabilities());
            }
        }

        @Test
        void answers_batches_of_any_size_in_their_order() {
            for (int count : new int[] {1, 2, 15, 16, 17, 40}) {
                Tensor logits = model.run(Map.of("input", batch(count))).get("logits");
                assertThat(logits.shape()).containsExactly(count, 3);
                for (int i = 0; i < count; i++) {
                    float sum = 4 * ((6 * i / 255f) - 0.5f) / 0.5f;
                    assertThat(logits.picture(i).floats()).containsExactly(new float[] {-sum, sum, 0}, within(1e-5f));
                }
            }
        }

        @Test
        void gives_only_the_outputs_that_are_named() {
            assertThat(model.run(Map.of("input", batch(2)), List.of("probabilities"))
                            .keySet())
                    .containsExactly("probabilities");
        }
    }

    @Nested
    @DisplayName("given something wrong")
    class Wrong {

        private void refused(Map<String, Tensor> inputs, List<String> outputs, String message) {
            assertThatThrownBy(() -> model.run(inputs, outputs))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
        }

        @Test
        void names_an_input_that_is_not_there() {
            refused(
                    Map.of("inptu", batch(1)),
                    List.of("logits"),
                    "There is no input \"inptu\"; did you mean \"input\"? Valid: input");
            refused(Map.of(), List.of("logits"), "The input \"input\" is missing");
        }

        @Test
        void names_an_output_that_is_not_there() {
            refused(
                    Map.of("input", batch(1)),
                    List.of("logit"),
                    "There is no output \"logit\"; did you mean \"logits\"? Valid: logits, probabilities");
            refused(Map.of("input", batch(1)), List.of(), "No output is named; there are [logits, probabilities]");
        }

        @Test
        void names_type_and_shape() {
            refused(
                    Map.of("input", Tensor.floats(new int[] {1, 1, 2, 3}, new float[6])),
                    List.of("logits"),
                    "Expected \"input\" as FLOAT32 [N, 1, 2, 2], found FLOAT32 [1, 1, 2, 3]");
            refused(
                    Map.of("input", Tensor.floats(new int[] {1, 4}, new float[4])),
                    List.of("logits"),
                    "Expected \"input\" as FLOAT32 [N, 1, 2, 2], found FLOAT32 [1, 4]");
            refused(
                    Map.of("input", Tensor.integers(new int[] {1, 1, 2, 2}, new long[4])),
                    List.of("logits"),
                    "Expected \"input\" as FLOAT32 [N, 1, 2, 2], found INT64 [1, 1, 2, 2]");
        }

        @Test
        void has_no_batch_of_nothing() {
            assertThatThrownBy(() -> Tensor.floats(new int[] {0, 1, 2, 2}, new float[0]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("A tensor of shape [0, 1, 2, 2]: every size must be at least 1");
        }
    }

    @Nested
    @DisplayName("used for long")
    class Lasting {

        @Test
        void gives_many_threads_the_same_bits() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<Future<Boolean>> answers = new ArrayList<>();
                for (int t = 0; t < 8; t++) {
                    Tensor input = batch(5 * t + 1);
                    Map<String, Tensor> expected = model.run(Map.of("input", input));
                    answers.add(threads.submit(() -> {
                        boolean same = true;
                        for (int i = 0; i < 200; i++)
                            same &= model.run(Map.of("input", input)).equals(expected);
                        return same;
                    }));
                }
                for (Future<Boolean> answer : answers) assertThat(answer.get()).isTrue();
            } finally {
                threads.shutdown();
            }
        }

        @Test
        void waits_for_runs_under_way_when_it_is_closed() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(4);
            AtomicBoolean started = new AtomicBoolean();
            Tensor input = batch(3);
            List<Future<?>> callers = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                callers.add(threads.submit(() -> {
                    try {
                        while (true) {
                            model.run(Map.of("input", input));
                            started.set(true);
                        }
                    } catch (IllegalStateException closed) {
                        return;
                    }
                }));
            }
            while (!started.get()) Thread.onSpinWait();
            model.close();
            for (Future<?> caller : callers) caller.get();
            threads.shutdown();
        }

        @Test
        void is_closed_with_its_decoder() {
            try (Classifier classifier = Classifier.of(model)) {
                Pixels grey = ExampleBundle.grey(9);
                assertThat(classifier.model()).isSameAs(model);
                model.close();
                assertThatThrownBy(() -> classifier.classify(grey))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("The model \"example\" is closed");
            }
        }
    }
}
