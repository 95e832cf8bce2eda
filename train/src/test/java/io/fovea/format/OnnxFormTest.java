package io.fovea.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.fovea.bundle.Bundle;
import io.fovea.export.ExampleHybrid;
import io.fovea.image.ColorConversion;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.Catalogue;
import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import io.fovea.onnx.OnnxWriter;
import io.fovea.problem.Problem;
import io.fovea.task.Classification;
import io.fovea.task.Segmentation;
import io.fovea.task.Task;
import io.fovea.weights.QuantizedTensor;
import io.fovea.weights.WeightPrecision;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A model as an ONNX file")
class OnnxFormTest {

    private static final Preprocessing GREY = how(28, 28, ColorMode.GREY, ResizeMode.SQUASH, 0);

    @TempDir
    Path folder;

    private static Preprocessing how(int height, int width, ColorMode color, ResizeMode mode, int margin) {
        boolean grey = color == ColorMode.GREY;
        return new Preprocessing(
                height,
                width,
                color,
                mode,
                margin,
                grey ? new float[] {0.1f} : new float[] {0.485f, 0.456f, 0.406f},
                grey ? new float[] {0.3f} : new float[] {0.229f, 0.224f, 0.225f});
    }

    private static ModelFormat.Onnx onnx(WeightPrecision precision, PreparationPlace place, Integer opset) {
        return new ModelFormat.Onnx(
                Optional.ofNullable(precision), Optional.ofNullable(place), Optional.ofNullable(opset));
    }

    private Path lenet() {
        Network network = Catalogue.network("lenet", new Shape(1, 28, 28), 10);
        return ExampleModel.write(
                folder.resolve("example.fovea"),
                network,
                GREY,
                Classification.numbered(10),
                new int[] {28, 28},
                new int[] {61, 47});
    }

    private Exported exported(Path model, ModelFormat.Onnx format) {
        return ModelExport.of(model, format).write(folder.resolve("example.onnx"), Existing.REPLACE);
    }

    private static OnnxMl.ModelProto read(Exported exported) {
        try {
            return OnnxMl.ModelProto.parseFrom(Files.readAllBytes(exported.path()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Holds a file to the checker of Debian's python3-onnx. */
    private static void assertValid(Path file) throws IOException, InterruptedException {
        Path python = Path.of("/usr/bin/python3");
        assumeTrue(Files.isExecutable(python), "python3 is not there");
        Process there = new ProcessBuilder(python.toString(), "-c", "import onnx").start();
        assumeTrue(there.waitFor() == 0, "The ONNX checker is not there: apt install python3-onnx");
        Process check = new ProcessBuilder(
                        python.toString(),
                        "-c",
                        "import onnx, sys; m = onnx.load(sys.argv[1]); onnx.checker.check_model(m, full_check=True)",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(check.exitValue()).as(said).isZero();
    }

    @Test
    void has_the_nodes_and_weights_of_the_model_file_to_the_bit() throws IOException, InterruptedException {
        Path model = lenet();
        Exported exported = exported(model, onnx(null, null, null));
        OnnxMl.ModelProto before =
                OnnxMl.ModelProto.parseFrom(Bundle.open(model).onnx());
        assertThat(read(exported).getGraph()).isEqualTo(before.getGraph());
        assertThat(exported.checks().getFirst().difference()).isLessThan(1e-6);
        assertValid(exported.path());
    }

    @Test
    void says_to_whoever_opens_it_how_pictures_are_prepared() {
        OnnxMl.ModelProto file = read(exported(lenet(), onnx(null, null, null)));
        assertThat(file.getDocString()).isEqualTo("example: classification, made with Fovea");
        assertThat(file.getMetadataPropsList())
                .filteredOn(entry -> entry.getKey().equals("preprocessing"))
                .singleElement()
                .satisfies(
                        entry -> assertThat(entry.getValue()).contains("\"resizeMode\":\"squash\"", "\"mean\":[0.1]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lenet", "mobilenet_v2", "unet-small"})
    void is_written_for_runtimes_of_2020(String name) throws IOException, InterruptedException {
        Shape input = name.equals("lenet") ? new Shape(1, 28, 28) : new Shape(3, 64, 64);
        Preprocessing how = name.equals("lenet") ? GREY : how(64, 64, ColorMode.COLOR, ResizeMode.SQUASH, 0);
        Path model = ExampleModel.write(
                folder.resolve("example.fovea"),
                Catalogue.network(name, input, 4),
                how,
                name.equals("unet-small") ? segmentation() : Classification.numbered(4),
                new int[] {50, 70});
        Exported exported = exported(model, onnx(null, null, 13));
        assertThat(read(exported).getOpsetImport(0).getVersion()).isEqualTo(13);
        assertValid(exported.path());
    }

    private static Task segmentation() {
        return new Segmentation(List.of("0", "1", "2", "3"));
    }

    @Test
    void names_the_layer_whose_weights_an_older_operator_set_does_not_have() {
        OnnxMl.ModelProto.Builder file = fourBits();
        assertThatThrownBy(() -> Opset.lower(file, 13, PreparationPlace.OUTSIDE, "small.fovea"))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                        .isEqualTo("The weights of layer \"projection\" are numbers of four bits, which operator set 13"
                                + " does not have."));
    }

    private static OnnxMl.ModelProto.Builder fourBits() {
        Network network = ExampleHybrid.network(40, 3);
        Weights weights = ExampleHybrid.weights(network);
        List<QuantizedTensor> quantized = ExampleHybrid.quantized(weights, 4);
        byte[] onnx = OnnxWriter.write(network, weights, quantized, Classification.numbered(10), Map.of());
        try {
            return OnnxMl.ModelProto.parseFrom(onnx).toBuilder();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 12, 18})
    void refuses_an_operator_set_that_it_is_not_written_for(int version) {
        Path model = lenet();
        assertThatThrownBy(() -> exported(model, onnx(null, null, version)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("for the operator sets 13 to 17, not for " + version);
        assertThat(folder.resolve("example.onnx")).doesNotExist();
    }

    @Test
    void refuses_preparation_inside_with_an_older_operator_set() {
        Path model = lenet();
        assertThatThrownBy(() -> exported(model, onnx(null, PreparationPlace.INSIDE, 13)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("takes operator set 18, not 13");
    }

    @Test
    void takes_half_the_bytes_with_weights_of_16_bits_and_answers_nearly_alike()
            throws IOException, InterruptedException {
        Path model = lenet();
        Exported whole = exported(model, onnx(null, null, null));
        Exported halved = exported(model, onnx(WeightPrecision.FP16, null, null));
        assertThat((double) halved.bytes() / whole.bytes()).isBetween(0.49, 0.53);
        assertThat(halved.checks().getFirst().difference()).isBetween(1e-7, 5e-3);
        assertValid(halved.path());
    }

    @Nested
    @DisplayName("that prepares pictures itself")
    class Inside {

        /** Returns what the file computes first: the network's input. */
        private float[] prepared(Preprocessing how, Pixels picture) throws OrtException {
            int count = how.channels() * how.height() * how.width();
            Network network = new Network(
                    "input",
                    new Shape(how.channels(), how.height(), how.width()),
                    List.of(new Node("row", new Layer.Flatten(), List.of(Network.INPUT))));
            Path model = ExampleModel.write(
                    folder.resolve("input.fovea"), network, how, Classification.numbered(count), new int[] {90, 50});
            Exported exported = exported(model, onnx(null, PreparationPlace.INSIDE, null));
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            ByteBuffer bytes = ByteBuffer.allocateDirect(picture.values().length);
            bytes.put(picture.values()).flip();
            long[] shape = {1, picture.height(), picture.width(), 3};
            try (OrtSession session = environment.createSession(exported.path().toString());
                    OnnxTensor input = OnnxTensor.createTensor(environment, bytes, shape, OnnxJavaType.UINT8);
                    OrtSession.Result result = session.run(Map.of("picture", input))) {
                FloatBuffer values = ((OnnxTensor) result.get("logits").orElseThrow()).getFloatBuffer();
                float[] found = new float[values.remaining()];
                values.get(found);
                return found;
            }
        }

        @ParameterizedTest
        @CsvSource({
            "SQUASH, COLOR, 0",
            "SQUASH, GREY, 0",
            "CROP, COLOR, 0",
            "CROP, COLOR, 5",
            "FILL, COLOR, 0",
            "FILL, GREY, 0",
            "HALF_CROP, COLOR, 0",
            "HALF_CROP, GREY, 0"
        })
        void gives_the_network_the_same_numbers_but_for_a_rounded_step(ResizeMode mode, ColorMode color, int margin)
                throws OrtException {
            Preprocessing how = how(17, 13, color, mode, margin);
            for (int[] size : new int[][] {{90, 50}, {31, 77}, {17, 13}, {9, 11}, {1, 1}, {1, 40}}) {
                Pixels picture = ExampleModel.picture(size[0], size[1], 3, 5);
                float[] expected = new float[how.channels() * how.height() * how.width()];
                how.normalise(how.prepare(ColorConversion.to(color, picture)), expected, 0);
                float[] found = prepared(how, picture);
                double step = 1.001
                        / 255
                        / how.std()[how.std().length == 1 ? 0 : 1]; // of the channel with the smallest deviation
                int others = 0;
                for (int i = 0; i < expected.length; i++) {
                    assertThat((double) Math.abs(found[i] - expected[i]))
                            .as("%s at %d", List.of(size[0], size[1]), i)
                            .isLessThanOrEqualTo(step);
                    if (found[i] != expected[i]) others++;
                }
                assertThat(others).isLessThanOrEqualTo(expected.length / 20);
            }
        }

        @Test
        void answers_about_golden_pictures_within_its_own_tolerance() throws IOException, InterruptedException {
            Exported exported = exported(lenet(), onnx(null, PreparationPlace.INSIDE, null));
            assertThat(exported.checks().getFirst().difference()).isLessThan(PictureInput.TOLERANCE);
            assertThat(exported.notes()).singleElement().asString().contains("the runtime's Resize");
        }
    }
}
