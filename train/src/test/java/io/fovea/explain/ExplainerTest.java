package io.fovea.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.codec.PngWriter;
import io.fovea.explain.ExplanationSettings.Place;
import io.fovea.image.Axis;
import io.fovea.image.Pixels;
import io.fovea.image.Target;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.task.Classification;
import io.fovea.task.Reconstruction;
import io.fovea.task.Regression;
import io.fovea.task.Segmentation;
import io.fovea.task.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An explainer")
class ExplainerTest {

    private static final Classification THREE = new Classification(List.of("ant", "bee", "cat"));
    private static final Optional<String> ANSWERED = Optional.empty();
    private static final Optional<String> USUAL = Optional.empty();

    private static JsonNode golden;

    @TempDir
    Path folder;

    @BeforeAll
    static void reads_numbers_of_pytorch() throws IOException {
        try (InputStream file = ExplainerTest.class.getResourceAsStream("explanations.json")) {
            golden = new ObjectMapper().readTree(file);
        }
    }

    private static float[] floats(JsonNode numbers) {
        float[] floats = new float[numbers.size()];
        for (int i = 0; i < floats.length; i++) floats[i] = numbers.get(i).floatValue();
        return floats;
    }

    private static void assertEqual(float[] found, JsonNode expected, String what) {
        float largest = 0;
        for (JsonNode each : expected) largest = Math.max(largest, Math.abs(each.floatValue()));
        assertThat(found).as(what).containsExactly(floats(expected), within(1e-5f * Math.max(1, largest)));
    }

    private Explainer residual() {
        return ExampleModel.explainer(ExampleModel.RESIDUAL, THREE, folder);
    }

    @Nested
    @DisplayName("beside PyTorch's hooks")
    class BesidePyTorch {

        @Test
        void sums_up_what_every_layer_gives() {
            JsonNode expected = golden.at("/residual/layers");
            try (Explainer explainer = residual()) {
                List<LayerActivation> layers =
                        explainer.activations(ExampleModel.prepared(explainer), MapSettings.DEFAULT);

                assertThat(layers).hasSize(expected.size()).allSatisfy(layer -> {
                    JsonNode own = expected.get(layer.layer());
                    Statistics statistics = layer.statistics();
                    assertThat(statistics.mean()).isCloseTo(own.get("mean").asDouble(), within(1e-5));
                    assertThat(statistics.standardDeviation())
                            .isCloseTo(own.get("standardDeviation").asDouble(), within(1e-5));
                    assertThat(statistics.minimum())
                            .isCloseTo(own.get("minimum").asDouble(), within(1e-5));
                    assertThat(statistics.maximum())
                            .isCloseTo(own.get("maximum").asDouble(), within(1e-5));
                    assertThat(statistics.zeroShare())
                            .isCloseTo(own.get("zeroShare").asDouble(), within(1e-6));
                    assertThat(statistics.histogram().edges().getFirst())
                            .isCloseTo(own.get("firstEdge").asDouble(), within(1e-5));
                    assertThat(statistics.histogram().edges().getLast())
                            .isCloseTo(own.get("lastEdge").asDouble(), within(1e-5));
                    assertThat(statistics.histogram().counts())
                            .isEqualTo(IntStream.range(0, Histogram.BINS)
                                    .mapToObj(bin -> own.get("counts").get(bin).asLong())
                                    .toList());
                    assertThat(layer.shape())
                            .isEqualTo(IntStream.range(0, own.get("shape").size())
                                    .mapToObj(axis -> own.get("shape").get(axis).asInt())
                                    .toList());
                });
            }
        }

        @Test
        void weighs_the_maps_that_the_last_convolution_ends_in() {
            try (Explainer explainer = residual()) {
                Heatmap heat = explainer.gradCam(ExampleModel.prepared(explainer), ANSWERED, USUAL);

                assertThat(heat.layer()).contains("silu");
                assertThat(heat.name())
                        .isEqualTo(THREE.names()
                                .get(golden.at("/residual/answered").asInt()));
                assertEqual(heat.values(), golden.at("/residual/gradCam"), "Grad-CAM");
            }
        }

        @Test
        void weighs_a_named_layer_for_a_named_class() {
            try (Explainer explainer = residual()) {
                Heatmap heat =
                        explainer.gradCam(ExampleModel.prepared(explainer), Optional.of("cat"), Optional.of("conv1"));

                assertThat(heat.height()).isEqualTo(12);
                assertThat(heat.width()).isEqualTo(10);
                assertEqual(heat.values(), golden.at("/residual/gradCamOfClass2AtConv1"), "Grad-CAM");
            }
        }

        @Test
        void covers_squares_and_sees_the_probability_fall() {
            try (Explainer explainer = residual()) {
                Heatmap heat = explainer.occlusion(
                        ExampleModel.prepared(explainer), Optional.of("bee"), new OcclusionSettings(4, 3));

                Heatmap.Windows windows = heat.windows().orElseThrow();
                assertThat(windows.tops()).containsExactly(0, 3, 6, 8);
                assertThat(windows.lefts()).containsExactly(0, 3, 6);
                assertEqual(heat.values(), golden.at("/residual/occlusionOfClass1"), "occlusion");
            }
        }

        @Test
        void follows_a_target_in_its_unit_up_and_down() {
            Task task = new Regression(List.of(new Target("x", Axis.X, 5, 5), new Target("age", Axis.NONE, 40, 7)));
            try (Explainer explainer = ExampleModel.explainer(ExampleModel.VALUES, task, folder)) {
                PreparedPicture picture = ExampleModel.prepared(explainer);

                assertThat(explainer.gradCam(picture, ANSWERED, USUAL).name()).isEqualTo("x");
                assertEqual(
                        explainer.gradCam(picture, Optional.of("age"), USUAL).values(),
                        golden.at("/regression/gradCamOfSecond"),
                        "Grad-CAM");
                assertEqual(
                        explainer
                                .occlusion(picture, Optional.of("age"), new OcclusionSettings(5, 5))
                                .values(),
                        golden.at("/regression/occlusionOfSecond"),
                        "occlusion");
            }
        }

        @Test
        void sums_a_class_over_the_pixels_that_are_taken_for_it() {
            Task task = new Segmentation(THREE.names());
            try (Explainer explainer = ExampleModel.explainer(ExampleModel.MAPS, task, folder)) {
                PreparedPicture picture = ExampleModel.prepared(explainer);
                Heatmap heat = explainer.gradCam(picture, ANSWERED, USUAL);

                assertThat(heat.layer()).contains("relu2");
                assertThat(heat.name())
                        .isEqualTo(task.names()
                                .get(golden.at("/segmentation/answered").asInt()));
                assertEqual(heat.values(), golden.at("/segmentation/gradCam"), "Grad-CAM");
                assertEqual(
                        explainer
                                .occlusion(picture, ANSWERED, new OcclusionSettings(6, 3))
                                .values(),
                        golden.at("/segmentation/occlusion"),
                        "occlusion");
            }
        }

        @Test
        void follows_the_margin_to_the_nearest_other_reference_where_neighbours_decide() {
            try (Explainer explainer = ExampleModel.explainer(ExampleModel.NEIGHBOURS, THREE, folder)) {
                Heatmap heat = explainer.gradCam(ExampleModel.prepared(explainer), Optional.of("bee"), USUAL);

                assertThat(heat.score())
                        .isCloseTo(golden.at("/neighbours/margin").asDouble(), within(1e-4));
                assertEqual(heat.values(), golden.at("/neighbours/gradCamOfClass1"), "Grad-CAM");
            }
        }
    }

    @Nested
    @DisplayName("computing a value by hand")
    class ByHand {

        @Test
        void comes_to_what_the_layers_gave_at_every_place_of_every_convolution() {
            try (Explainer explainer = residual()) {
                PreparedPicture picture = ExampleModel.prepared(explainer);
                for (String layer : List.of("conv1", "conv2", "conv3")) {
                    Shape output = explainer.layers().layer(layer).output();
                    for (int channel = 0; channel < output.size(0); channel++) {
                        for (int y = 0; y < output.size(1); y++) {
                            for (int x = 0; x < output.size(2); x++) {
                                ConvolutionArithmetic found = (ConvolutionArithmetic)
                                        explainer.arithmetic(picture, Optional.of(layer), channel, x, y);
                                assertThat(found.sum()).isCloseTo(found.given(), within(1e-5));
                                assertThat(found.steps()).allSatisfy(step -> assertThat(step.result())
                                        .isCloseTo(step.given(), within(1e-5)));
                            }
                        }
                    }
                }
            }
        }

        private static List<ArithmeticStep> steps(ValueArithmetic arithmetic) {
            return ((ConvolutionArithmetic) arithmetic).steps();
        }

        @Test
        void shows_batch_norm_and_activation_as_far_as_nothing_else_is_read() {
            try (Explainer explainer = residual()) {
                PreparedPicture picture = ExampleModel.prepared(explainer);

                assertThat(steps(explainer.arithmetic(picture, Optional.of("conv1"), 0, 0, 0)))
                        .extracting(ArithmeticStep::layer)
                        .containsExactly("bn1", "relu1");
                assertThat(steps(explainer.arithmetic(picture, Optional.of("conv2"), 0, 0, 0)))
                        .extracting(ArithmeticStep::layer)
                        .containsExactly("bn2");
            }
        }

        @Test
        void shows_patch_and_kernel_of_the_channels_of_its_group_with_zeros_in_the_padding() {
            try (Explainer explainer = residual()) {
                ConvolutionArithmetic found = (ConvolutionArithmetic)
                        explainer.arithmetic(ExampleModel.prepared(explainer), Optional.of("conv2"), 5, 0, 0);

                assertThat(found.reads()).isEqualTo("pool1");
                assertThat(found.left()).isEqualTo(-1);
                assertThat(found.top()).isEqualTo(-1);
                assertThat(found.channels())
                        .extracting(ConvolutionArithmetic.Channel::channel)
                        .containsExactly(2, 3);
                ConvolutionArithmetic.Channel channel = found.channels().getFirst();
                assertThat(channel.patch()[0]).containsExactly(0, 0);
                assertThat(channel.products()[1][1]).isEqualTo((double) channel.patch()[1][1] * channel.kernel()[1][1]);
            }
        }
    }

    @Nested
    @DisplayName("asked for what is not there")
    class Refusals {

        @Test
        void offers_the_nearest_layer_and_class() {
            try (Explainer explainer = residual()) {
                PreparedPicture picture = ExampleModel.prepared(explainer);
                assertThatThrownBy(() -> explainer.gradCam(picture, ANSWERED, Optional.of("silo")))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("No layer is named \"silo\".")
                        .hasMessageContaining("did you mean \"silu\"? Valid: conv1, bn1");
                assertThatThrownBy(() -> explainer.gradCam(picture, Optional.of("bea"), USUAL))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("The model has no class named \"bea\".")
                        .hasMessageContaining("did you mean \"bee\"?");
            }
        }

        @Test
        void says_that_features_have_no_places_and_the_answer_leads_nowhere() {
            try (Explainer explainer = residual()) {
                PreparedPicture picture = ExampleModel.prepared(explainer);
                assertThatThrownBy(() -> explainer.gradCam(picture, ANSWERED, Optional.of("flatten")))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("gives features [N, 54], which have no places")
                        .hasMessageContaining("such as \"silu\"");
            }
            try (Explainer explainer =
                    ExampleModel.explainer(ExampleModel.MAPS, new Segmentation(THREE.names()), folder)) {
                PreparedPicture picture = ExampleModel.prepared(explainer);
                assertThatThrownBy(() -> explainer.gradCam(picture, ANSWERED, Optional.of("head")))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("is what the network answers with");
            }
        }

        @Test
        void says_which_places_and_channels_a_convolution_has() {
            try (Explainer explainer = residual()) {
                PreparedPicture picture = ExampleModel.prepared(explainer);
                assertThatThrownBy(() -> explainer.arithmetic(picture, Optional.of("conv1"), 4, 0, 0))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("Layer \"conv1\" has no channel 4.")
                        .hasMessageContaining("choose 0 to 3");
                assertThatThrownBy(() -> explainer.arithmetic(picture, Optional.of("conv1"), 0, 10, 0))
                        .hasMessageContaining("has no column 10");
                assertThatThrownBy(() -> explainer.arithmetic(picture, Optional.of("conv1"), 0, 0, -1))
                        .hasMessageContaining("has no row -1");
                assertThatThrownBy(() -> explainer.arithmetic(picture, Optional.of("dense"), 3, 0, 0))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("Layer \"dense\" has no feature 3.");
                assertThatThrownBy(() -> explainer.arithmetic(picture, Optional.of("dense"), 0, 1, 0))
                        .hasMessageContaining("has no column 1")
                        .hasMessageContaining("choose 0;");
            }
        }

        @Test
        void explains_no_class_of_a_model_that_makes_a_picture_but_shows_its_layers() {
            try (Explainer explainer = ExampleModel.explainer(ExampleModel.MAPS, new Reconstruction(), folder)) {
                PreparedPicture picture = ExampleModel.prepared(explainer);
                Explanation explanation = explainer.explain(picture, ExplanationSettings.DEFAULT);

                assertThat(explanation.gradCam()).isEmpty();
                assertThat(explanation.layers()).hasSize(8);
                assertThat(explanation.remarks())
                        .singleElement()
                        .asString()
                        .contains("A model for reconstruction answers with a picture");
                assertThatThrownBy(() -> explainer.occlusion(picture, ANSWERED, new OcclusionSettings(4, 2)))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("it has no class or target");
            }
        }

        @Test
        void weighs_no_maps_of_a_network_without_convolutions_but_covers_places() {
            String yaml = "name: row\ninput: [3, 12, 10]\nlayers:\n  - flatten: {name: row}\n"
                    + "  - dense: {name: dense, outputs: 3}\n";
            try (Explainer explainer = ExampleModel.explainer(yaml, THREE, folder)) {
                PreparedPicture picture = ExampleModel.prepared(explainer);

                assertThatThrownBy(() -> explainer.gradCam(picture, ANSWERED, USUAL))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("no layer of maps");
                assertThat(explainer
                                .occlusion(picture, ANSWERED, new OcclusionSettings(99, 1))
                                .values())
                        .hasSize(1);
                LayerWeights.Filters filters =
                        explainer.filters().getFirst().filters().orElseThrow();
                assertThat(filters.filters())
                        .as("a picture in colour for each class")
                        .isEqualTo(3);
                assertThat(filters.sheet().picture().channels()).isEqualTo(3);
            }
        }

        @Test
        void names_the_classes_of_a_mask_that_lacks_one() {
            Network network = NetworkYaml.read(ExampleModel.MAPS.replace("outputs: 3", "outputs: 30"), "test");
            List<String> names =
                    IntStream.range(0, 30).mapToObj(c -> "class" + c).toList();
            try (Explainer explainer =
                    ExampleModel.explainer(network, ExampleModel.weights(network), new Segmentation(names), folder)) {
                PreparedPicture picture = ExampleModel.prepared(explainer);
                String absent = names.stream()
                        .filter(name -> !picture.answer().words(30).contains(name + " "))
                        .findFirst()
                        .orElseThrow();

                assertThatThrownBy(() -> explainer.gradCam(picture, Optional.of(absent), USUAL))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("No pixel of the picture is taken for \"" + absent + "\"");
            }
        }

        @Test
        void refuses_what_is_no_picture_and_work_after_its_end() {
            Explainer explainer = residual();
            PreparedPicture picture = ExampleModel.prepared(explainer);
            assertThatThrownBy(() -> explainer.prepare(new byte[] {1, 2, 3}, "odd.png"))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("odd.png");
            assertThatThrownBy(() -> explainer.prepare(folder.resolve("none.png")))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("none.png");
            explainer.close();
            explainer.close();
            assertThatThrownBy(() -> explainer.activations(picture, MapSettings.DEFAULT))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    @DisplayName("loaded once")
    class Loaded {

        private static final ExplanationSettings ALL = new ExplanationSettings(
                Optional.of("bee"),
                Optional.of("conv2"),
                Optional.of(new OcclusionSettings(4, 4)),
                Optional.of(new Place(1, 1, 1)),
                MapSettings.DEFAULT,
                3);

        @Test
        void keeps_memory_flat_over_many_pictures() {
            try (Explainer explainer = residual()) {
                PreparedPicture picture = ExampleModel.prepared(explainer);
                for (int i = 0; i < 20; i++) explainer.explain(picture, ALL);
                long pointers = Pointer.totalCount();
                long bytes = Pointer.totalBytes();
                for (int i = 0; i < 200; i++) explainer.explain(picture, ALL);
                assertThat(Pointer.totalCount()).isEqualTo(pointers);
                assertThat(Pointer.totalBytes()).isEqualTo(bytes);
            }
        }

        @Test
        void frees_its_weights_when_it_is_closed() {
            residual().close(); // what is loaded once in a process
            long pointers = Pointer.totalCount();
            residual().close();
            assertThat(Pointer.totalCount()).isEqualTo(pointers);
        }

        @Test
        void explains_in_many_threads_as_in_one() throws Exception {
            try (Explainer explainer = residual();
                    ExecutorService threads = Executors.newFixedThreadPool(4)) {
                PreparedPicture picture = ExampleModel.prepared(explainer);
                float[] alone = explainer.gradCam(picture, ANSWERED, USUAL).values();
                Callable<Explanation> task = () -> explainer.explain(picture, ALL);
                List<Future<Explanation>> others = IntStream.range(0, 40)
                        .mapToObj(_ -> threads.submit(task))
                        .toList();
                for (Future<Explanation> other : others)
                    assertThat(other.get().layers()).hasSize(11);
                assertThat(explainer.gradCam(picture, ANSWERED, USUAL).values()).containsExactly(alone);
            }
        }

        @Test
        void prepares_a_picture_of_any_size_as_the_model_does() {
            byte[] values = new byte[40 * 30 * 3];
            for (int i = 0; i < values.length; i++) values[i] = (byte) (i / 9);
            byte[] large = PngWriter.bytes(new Pixels(40, 30, 3, values));
            try (Explainer explainer = residual()) {
                PreparedPicture picture = explainer.prepare(large, "large.png");

                assertThat(picture.pixels().height()).isEqualTo(12);
                assertThat(picture.placement().scaleY()).isEqualTo(0.3);
                assertThat(explainer
                                .explain(picture, ExplanationSettings.DEFAULT)
                                .words())
                        .isEqualTo(picture.answer().words());
            }
        }
    }
}
