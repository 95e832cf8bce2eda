package io.fovea.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fovea.bundle.Bundle;
import io.fovea.export.BundleImport;
import io.fovea.export.ModelParts;
import io.fovea.image.Axis;
import io.fovea.image.ColorConversion;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.image.Target;
import io.fovea.network.Catalogue;
import io.fovea.network.Shape;
import io.fovea.predict.Model;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Tensor;
import io.fovea.quantize.CalibrationPictures;
import io.fovea.quantize.Quantization;
import io.fovea.quantize.Quantizer;
import io.fovea.quantize.WeightRange;
import io.fovea.shrink.Int8Model;
import io.fovea.task.Classification;
import io.fovea.task.Reconstruction;
import io.fovea.task.Regression;
import io.fovea.task.Segmentation;
import io.fovea.task.Task;
import io.fovea.weights.WeightPrecision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Node.js build of ONNX Runtime, another version than Java's, from the folder {@code conformance}. Differences are shares of max(1, M), M being the
 * largest magnitude of an output.
 */
@DisplayName("An exported ONNX file in ONNX Runtime for Node.js")
class ForeignRuntimeTest {

    private static final Path CLIENTS =
            Path.of("../conformance").toAbsolutePath().normalize();
    private static final double SAME = 1e-5;

    /** A model for each task, in colour and in grey. */
    enum Example {
        DIGITS("lenet", 1, 28, ResizeMode.SQUASH, Classification.numbered(10)),
        THINGS("mobilenet_v2", 3, 64, ResizeMode.CROP, Classification.numbered(10)),
        POINT(
                "point-cnn",
                3,
                64,
                ResizeMode.FILL,
                new Regression(List.of(Target.place("x", Axis.X, 64), Target.place("y", Axis.Y, 64)))),
        STREETS("unet-small", 3, 64, ResizeMode.HALF_CROP, new Segmentation(List.of("road", "car", "sky"))),
        NOISE("denoiser-small", 1, 32, ResizeMode.SQUASH, new Reconstruction());

        private final String network;
        private final Preprocessing how;
        private final Task task;

        Example(String network, int channels, int side, ResizeMode mode, Task task) {
            this.network = network;
            this.how = channels == 1
                    ? new Preprocessing(side, side, ColorMode.GREY, mode, 0, new float[] {0.1f}, new float[] {0.3f})
                    : new Preprocessing(
                            side, side, ColorMode.COLOR, mode, 0, new float[] {0.485f, 0.456f, 0.406f}, new float[] {
                                0.229f, 0.224f, 0.225f
                            });
            this.task = task;
        }

        private Path write(Path file) {
            int outputs =
                    switch (this) {
                        case DIGITS, THINGS -> 10;
                        case POINT -> 2;
                        case STREETS -> 3;
                        case NOISE -> 1;
                    };
            Shape input = new Shape(how.channels(), how.height(), how.width());
            return ExampleModel.write(file, Catalogue.network(network, input, outputs), how, task, new int[] {50, 70});
        }
    }

    /** What can be chosen of a file, and how far it may be from the model. */
    enum Form {
        AS_IT_IS(SAME),
        FOR_OLDER_RUNTIMES(SAME),
        HALVED(OnnxForm.HALF_TOLERANCE),
        PREPARING(PictureInput.TOLERANCE),
        IN_WHOLE_NUMBERS(SAME);

        private final double tolerance;

        Form(double tolerance) {
            this.tolerance = tolerance;
        }

        private ModelFormat.Onnx format() {
            return new ModelFormat.Onnx(
                    this == HALVED ? Optional.of(WeightPrecision.FP16) : Optional.empty(),
                    this == PREPARING ? Optional.of(PreparationPlace.INSIDE) : Optional.empty(),
                    this == FOR_OLDER_RUNTIMES ? Optional.of(Opset.OLDEST) : Optional.empty());
        }
    }

    /**
     * A picture and a file that answers about it.
     *
     * @param name  of the files that Node.js reads and writes
     * @param file  that was exported
     * @param input as the file takes it
     * @param model what Fovea answers, by the names of outputs
     */
    private record Question(String name, Path file, Input input, Map<String, float[]> model) {

        Map<String, Object> json() {
            return Map.of(
                    "name",
                    name,
                    "model",
                    file.getFileName().toString(),
                    "input",
                    input.name(),
                    "type",
                    input.type(),
                    "shape",
                    input.shape());
        }
    }

    /** A tensor of floats, or of bytes. */
    private record Input(String name, String type, long[] shape, ByteBuffer bytes) {

        static Input floats(Tensor tensor) {
            ByteBuffer bytes = direct(Float.BYTES * tensor.size());
            bytes.asFloatBuffer().put(tensor.floats());
            return new Input("input", "float32", axes(tensor.shape()), bytes);
        }

        static Input bytes(Pixels picture) {
            ByteBuffer bytes = direct(picture.values().length).put(picture.values());
            return new Input("picture", "uint8", new long[] {1, picture.height(), picture.width(), 3}, bytes.flip());
        }

        private static ByteBuffer direct(int size) {
            return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        }

        private static long[] axes(int[] shape) {
            return Arrays.stream(shape).asLongStream().toArray();
        }

        byte[] array() {
            byte[] array = new byte[bytes.remaining()];
            bytes.duplicate().get(array);
            return array;
        }

        /** Returns it for ONNX Runtime in Java. */
        OnnxTensor tensor(OrtEnvironment environment) throws OrtException {
            return type.equals("uint8")
                    ? OnnxTensor.createTensor(environment, bytes, shape, OnnxJavaType.UINT8)
                    : OnnxTensor.createTensor(environment, bytes.asFloatBuffer(), shape);
        }
    }

    @TempDir
    static Path folder;

    private static String version;
    private static final Map<String, Question> QUESTIONS = new LinkedHashMap<>();

    @BeforeAll
    static void asks_for_everything_at_once() throws IOException, InterruptedException {
        assumeTrue(
                Files.isRegularFile(CLIENTS.resolve("node_modules/.installed")),
                "ONNX Runtime for Node.js is not here: build the module conformance with Node.js");
        for (Example example : Example.values()) {
            Path model = example.write(folder.resolve(example + ".fovea"));
            for (Form form : Form.values()) add(example + "-" + form, model, form, example);
        }
        Path questions = folder.resolve("questions.json");
        Files.write(
                questions,
                new JsonMapper()
                        .writeValueAsBytes(
                                QUESTIONS.values().stream().map(Question::json).toList()));
        version = asked();
    }

    private static void add(String name, Path file, Form form, Example example) throws IOException {
        Path onnx = folder.resolve(name + ".onnx");
        Bundle bundle = Bundle.open(file);
        if (form == Form.IN_WHOLE_NUMBERS) {
            ModelParts parts = BundleImport.read(bundle, name);
            Quantization made = quantized(parts, example.task);
            bundle = Int8Model.bare(bundle, made.onnx(), name);
            ModelExport.of(file, bundle, made, form.format()).write(onnx, Existing.KEEP);
        } else {
            ModelExport.of(file, form.format()).write(onnx, Existing.KEEP);
        }
        Pixels picture = ExampleModel.picture(61, 47, 3, 5);
        try (Model model = Model.of(bundle, PredictionOptions.DEFAULT.withThreads(1))) {
            Tensor prepared = model.prepare(ColorConversion.to(example.how.colorMode(), picture));
            Map<String, float[]> answer = new LinkedHashMap<>();
            model.run(Map.of("input", prepared)).forEach((output, tensor) -> answer.put(output, tensor.floats()));
            Input input = form == Form.PREPARING ? Input.bytes(picture) : Input.floats(prepared);
            Files.write(folder.resolve(name + ".input"), input.array());
            QUESTIONS.put(name, new Question(name, onnx, input, answer));
        }
    }

    /** Calibrated by pictures of noise, every layer in whole numbers. */
    private static Quantization quantized(ModelParts parts, Task task) {
        Preprocessing how = parts.preprocessing();
        CalibrationPictures noise = new CalibrationPictures() {
            @Override
            public int count() {
                return LEAST;
            }

            @Override
            public float[] picture(int index) {
                float[] tensor = new float[how.channels() * how.height() * how.width()];
                how.normalise(ExampleModel.picture(how.height(), how.width(), how.channels(), index), tensor, 0);
                return tensor;
            }
        };
        return Quantizer.quantize(
                parts.network(),
                parts.weights(),
                task,
                noise,
                WeightRange.SEVEN_BITS,
                Double.MAX_VALUE,
                Map.of(),
                (_, _) -> {},
                1);
    }

    /** Returns the version that answered. */
    private static String asked() throws IOException, InterruptedException {
        Path errors = folder.resolve("errors.txt");
        Process node = new ProcessBuilder(
                        "node",
                        CLIENTS.resolve("src/main/node/onnx-runtime.cjs").toString(),
                        folder.toString())
                .redirectError(errors.toFile())
                .start();
        String printed = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor()).as(Files.readString(errors)).isZero();
        return printed.strip();
    }

    private static float[] answered(Question question, String output) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(question.name() + "." + output)))
                .order(ByteOrder.nativeOrder());
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    private static double difference(float[] expected, float[] found) {
        assertThat(found).hasSameSizeAs(expected);
        double size = 1;
        double largest = 0;
        for (int i = 0; i < found.length; i++) {
            size = Math.max(size, Math.abs(expected[i]));
            largest = Math.max(largest, Math.abs((double) expected[i] - found[i]));
        }
        return largest / size;
    }

    static Stream<Arguments> exports() {
        return Arrays.stream(Example.values())
                .flatMap(example -> Arrays.stream(Form.values()).map(form -> Arguments.of(example, form)));
    }

    @Test
    void is_computed_by_another_version_than_in_java() {
        assertThat(version)
                .isNotEmpty()
                .isNotEqualTo(OrtEnvironment.getEnvironment().getVersion());
    }

    @ParameterizedTest
    @MethodSource("exports")
    void answers_as_the_model_does(Example example, Form form) throws IOException {
        Question question = QUESTIONS.get(example + "-" + form);
        for (Map.Entry<String, float[]> each : question.model().entrySet())
            assertThat(difference(each.getValue(), answered(question, each.getKey())))
                    .as(each.getKey())
                    .isLessThanOrEqualTo(form.tolerance);
    }

    /** What halves and a Resize of its own change is the file's doing and not the build's. */
    @ParameterizedTest
    @MethodSource("exports")
    void answers_as_the_same_file_does_in_java(Example example, Form form) throws IOException, OrtException {
        Question question = QUESTIONS.get(example + "-" + form);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            try (OrtSession session = environment.createSession(question.file().toString(), options);
                    OnnxTensor input = question.input().tensor(environment);
                    OrtSession.Result result =
                            session.run(Map.of(question.input().name(), input))) {
                for (String output : question.model().keySet()) {
                    FloatBuffer values = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
                    float[] here = new float[values.remaining()];
                    values.get(here);
                    assertThat(difference(here, answered(question, output)))
                            .as(output)
                            .isLessThanOrEqualTo(SAME);
                }
            }
        }
    }
}
