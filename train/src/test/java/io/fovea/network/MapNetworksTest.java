package io.fovea.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.batch.Batch;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.module.Engine;
import io.fovea.module.Modules;
import io.fovea.module.TorchModule;
import io.fovea.module.TrainableModule;
import io.fovea.onnx.OnnxSession;
import io.fovea.onnx.OnnxWriter;
import io.fovea.problem.Problem;
import io.fovea.task.Segmentation;
import io.fovea.tensor.Precision;
import io.fovea.thread.Workers;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The numbers are those of src/test/python/maps.py, which builds every network a second time with PyTorch. */
@DisplayName("A network that answers with maps")
class MapNetworksTest {

    /**
     * What PyTorch says of one.
     *
     * @param tensors "name shape", sorted
     * @param values  every {@code step}-th of the maps, [K, H, W]
     */
    record Expectation(
            String name,
            Shape input,
            int outputs,
            long parameters,
            List<String> tensors,
            int count,
            float largest,
            double sum,
            int step,
            float[] values) {
        Network network() {
            return Catalogue.network(name, input, outputs);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Expectation> expectations() throws IOException {
        List<Expectation> all = new ArrayList<>();
        try (InputStream file = MapNetworksTest.class.getResourceAsStream("maps.json")) {
            for (JsonNode json : new ObjectMapper().readTree(file)) {
                float[] values = new float[json.get("values").size()];
                for (int i = 0; i < values.length; i++)
                    values[i] = json.get("values").get(i).floatValue();
                List<String> tensors = new ArrayList<>();
                json.get("tensors").forEach(tensor -> tensors.add(tensor.asText()));
                all.add(new Expectation(
                        json.get("network").asText(),
                        new Shape(
                                3, json.get("height").asInt(), json.get("width").asInt()),
                        json.get("outputs").asInt(),
                        json.get("parameters").asLong(),
                        tensors,
                        json.get("count").asInt(),
                        json.get("largest").floatValue(),
                        json.get("sum").asDouble(),
                        json.get("step").asInt(),
                        values));
            }
        }
        return all;
    }

    static List<CatalogueEntry> entries() {
        return Catalogue.entries().stream().filter(CatalogueEntry::givesMaps).toList();
    }

    @Test
    void stands_in_the_catalogue_under_its_name() throws IOException {
        assertThat(entries())
                .extracting(CatalogueEntry::name)
                .containsExactly(
                        "unet-half",
                        "unet-small",
                        "lraspp-mobilenet",
                        "fcn-resnet18",
                        "autoencoder-small",
                        "denoiser-small")
                .containsExactlyElementsOf(
                        expectations().stream().map(Expectation::name).toList());
    }

    @ParameterizedTest
    @MethodSource("expectations")
    void has_the_tensors_and_the_parameters_that_it_has_in_pytorch(Expectation expected) {
        Network network = expected.network();

        assertThat(Parameters.of(network).stream().map(MapNetworksTest::line).sorted())
                .containsExactlyElementsOf(expected.tensors().stream().sorted().toList());
        assertThat(Inference.of(network).parameters()).isEqualTo(expected.parameters());
    }

    @ParameterizedTest
    @MethodSource("expectations")
    void computes_in_onnx_runtime_what_pytorch_computes(Expectation expected) throws Exception {
        Network network = expected.network();
        float[] picture =
                PatternWeights.pattern("picture", (int) expected.input().count());

        try (OnnxSession session = new OnnxSession(onnx(network))) {
            float[] maps = session.output(
                    "logits",
                    picture,
                    1,
                    3,
                    expected.input().size(1),
                    expected.input().size(2));

            assertThat(maps).hasSize(expected.count());
            double sum =
                    IntStream.range(0, maps.length).mapToDouble(i -> maps[i]).sum();
            float[] some = new float[expected.values().length];
            for (int i = 0; i < some.length; i++) some[i] = maps[i * expected.step()];
            assertThat(some).containsExactly(expected.values(), within(2e-5f * expected.largest()));
            assertThat(sum).isCloseTo(expected.sum(), within(1e-5 * expected.largest() * maps.length));
        }
    }

    @ParameterizedTest
    @MethodSource("expectations")
    void computes_in_libtorch_what_onnx_runtime_computes_map_after_map(Expectation expected) throws Exception {
        Network network = expected.network();
        Weights weights = PatternWeights.of(network);
        int height = expected.input().size(1);
        int width = expected.input().size(2);
        byte[] pixels = new byte[2 * 3 * height * width]; // [N, H, W, C]
        for (int i = 0; i < pixels.length; i++) pixels[i] = (byte) (i * 73 + 19);
        Preprocessing preprocessing = preprocessing(height, width);
        float[] normalised = new float[pixels.length]; // [N, C, H, W]
        int area = height * width;
        for (int i = 0; i < pixels.length; i++) {
            int at = i / (3 * area) * 3 * area + i % 3 * area + i / 3 % area;
            normalised[at] = preprocessing.table(i % 3)[pixels[i] & 0xff];
        }
        try (OnnxSession session = new OnnxSession(onnx(network));
                TrainableModule module = Modules.create(
                        network, preprocessing, weights, Engine.AUTOMATIC, Precision.FLOAT32, new Workers(1))) {
            Batch batch = new Batch(2, height, width, 3, pixels, new int[2], new int[2]);

            float[] trained = Arrays.copyOf(module.predict(batch), 2 * module.outputs());
            float[] exported = session.output("logits", normalised, 2, 3, height, width);

            assertThat(module).isInstanceOf(TorchModule.class);
            assertThat(module.outputs()).isEqualTo(expected.outputs() * area);
            assertThat(trained).containsExactly(exported, within(1e-5f * expected.largest()));
        }
    }

    /** Logits 0 and x: probabilities 1 / (1 + exp(x)) and 1 / (1 + exp(−x)). */
    @ParameterizedTest(name = "and ends with softmax itself: {0}")
    @CsvSource({"false", "true"})
    void has_probabilities_over_the_classes_of_every_place(boolean endsWithSoftmax) throws Exception {
        NetworkBuilder builder = new NetworkBuilder("two", new Shape(1, 1, 3))
                .then("head", Layer.Convolution.square(2, 1, 1, 0, Layer.Bias.WITHOUT));
        if (endsWithSoftmax) builder.then(new Layer.Softmax());
        Weights weights =
                new Weights(List.of(new NamedTensor("head.weight", new int[] {2, 1, 1, 1}, new float[] {0, 1})));
        byte[] onnx = OnnxWriter.write(builder.network(), weights, new Segmentation(List.of("a", "b")), Map.of());

        try (OnnxSession session = new OnnxSession(onnx)) {
            float ln3 = (float) Math.log(3);
            float[] probabilities = session.output("probabilities", new float[] {0, ln3, -ln3}, 1, 1, 1, 3);

            assertThat(probabilities)
                    .containsExactly(new float[] {0.5f, 0.25f, 0.75f, 0.5f, 0.75f, 0.25f}, within(1e-6f));
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void gives_maps_in_the_size_of_any_picture_it_takes(CatalogueEntry entry) {
        for (Shape input : List.of(new Shape(3, 64, 96), new Shape(1, 32, 32), new Shape(3, 352, 480))) {
            int outputs = entry.name().equals("denoiser-small") ? input.size(0) : 7;

            Network network = Catalogue.network(entry.name(), input, outputs);

            assertThat(Inference.of(network).output()).isEqualTo(new Shape(outputs, input.size(1), input.size(2)));
            assertThat(network.name()).isEqualTo(entry.name());
            assertThat(NetworkYaml.read(NetworkYaml.write(network), "text")).isEqualTo(network);
        }
    }

    @ParameterizedTest(name = "{0} of {1}x{2}: {4}x{5}")
    @CsvSource({
        "unet-small, 30, 45, 8, 32, 48",
        "unet-half, 360, 480, 16, 368, 480",
        "fcn-resnet18, 10, 500, 32, 32, 512",
        "lraspp-mobilenet, 224, 225, 16, 224, 224",
        "autoencoder-small, 29, 28, 4, 28, 28"
    })
    void refuses_sides_that_its_strides_do_not_divide_and_names_the_nearest(
            String name, int height, int width, int stride, int nearestHeight, int nearestWidth) {
        assertThatThrownBy(() -> Catalogue.network(name, new Shape(3, height, width), 2))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.what())
                            .isEqualTo("\"" + name + "\" takes pictures whose height and width divide by " + stride
                                    + ", found " + height + "x" + width + ".");
                    assertThat(problem.remedy())
                            .isEqualTo("import the dataset with --size " + nearestHeight + "x" + nearestWidth);
                });
    }

    @Nested
    @DisplayName("that restores pictures")
    class Restoring {

        @Test
        void has_a_code_of_98_numbers_for_a_digit() {
            NetworkSummary autoencoder =
                    Inference.of(Catalogue.entry("autoencoder-small").network());

            assertThat(autoencoder.layer("code").output()).isEqualTo(new Shape(2, 7, 7));
            assertThat(autoencoder.output()).isEqualTo(new Shape(1, 28, 28));
        }

        @Test
        void refuses_to_take_noise_off_channels_that_are_not_there() {
            assertThatThrownBy(() -> Catalogue.network("denoiser-small", new Shape(1, 28, 28), 3))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what())
                                .isEqualTo("\"denoiser-small\" answers with as many channels as its pictures have, 1,"
                                        + " but 3 are asked for.");
                        assertThat(problem.remedy())
                                .isEqualTo("set the outputs to 1, or take another network, such as autoencoder-small");
                    });
        }
    }

    private static byte[] onnx(Network network) {
        int outputs = Inference.of(network).output().size(0);
        List<String> names =
                IntStream.range(0, outputs).mapToObj(k -> "class " + k).toList();
        return OnnxWriter.write(network, PatternWeights.of(network), new Segmentation(names), Map.of());
    }

    private static Preprocessing preprocessing(int height, int width) {
        float[] half = {0.5f, 0.5f, 0.5f};
        return new Preprocessing(height, width, ColorMode.COLOR, ResizeMode.SQUASH, half, half);
    }

    private static String line(ParameterSpecification parameter) {
        String shape =
                IntStream.of(parameter.shape()).mapToObj(Integer::toString).collect(Collectors.joining("x"));
        return parameter.name() + " " + shape;
    }
}
