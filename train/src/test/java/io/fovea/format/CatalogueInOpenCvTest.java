package io.fovea.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import io.fovea.file.NativeLibraries;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.Network;
import io.fovea.network.PatternWeights;
import io.fovea.network.SmallCatalogue;
import io.fovea.onnx.OnnxSession;
import io.fovea.onnx.OnnxWriter;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_dnn.Net;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files for operator set 13 in OpenCV, which reads them by code of its own, against ONNX Runtime. */
@DisplayName("A network of the catalogue in OpenCV's dnn")
class CatalogueInOpenCvTest {

    private static final double TOLERANCE = 1e-5;

    @BeforeAll
    static void libraries() {
        NativeLibraries.unpack("javacpp", "openblas", "opencv");
    }

    private static OnnxMl.ModelProto.Builder file(Network network) throws IOException {
        return OnnxMl.ModelProto.parseFrom(
                OnnxWriter.write(network, ExampleModel.weights(network), SmallCatalogue.task(network), Map.of()))
                .toBuilder();
    }

    @ParameterizedTest
    @MethodSource("io.fovea.network.SmallCatalogue#names")
    void answers_as_in_onnx_runtime(String name) throws Exception {
        Network network = SmallCatalogue.network(name);
        assertAlike(network, file(network));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lenet", "mobilenet_v2"})
    void answers_so_with_weights_of_16_bits_too(String name) throws Exception {
        Network network = SmallCatalogue.network(name);
        OnnxMl.ModelProto.Builder file = file(network);
        HalfWeights.in(file.getGraphBuilder());
        assertAlike(network, file);
    }

    private static void assertAlike(Network network, OnnxMl.ModelProto.Builder file) throws Exception {
        Opset.lower(file, Opset.OLDEST, PreparationPlace.OUTSIDE, network.name());
        byte[] onnx = file.build().toByteArray();
        int[] sizes = network.input().sizes();
        int[] axes = {1, sizes[0], sizes[1], sizes[2]};
        float[] picture =
                PatternWeights.pattern("picture", (int) network.input().count());
        String result = SmallCatalogue.task(network).result();
        try (OnnxSession session = new OnnxSession(onnx)) {
            float[] expected = session.output(result, picture, 1, sizes[0], sizes[1], sizes[2]);
            float[] found = found(onnx, picture, result, axes);
            assertThat(found).hasSameSizeAs(expected);
            double size = 1;
            double largest = 0;
            for (int i = 0; i < found.length; i++) {
                size = Math.max(size, Math.abs(expected[i]));
                largest = Math.max(largest, Math.abs((double) expected[i] - found[i]));
            }
            assertThat(largest / size).isLessThanOrEqualTo(TOLERANCE);
        }
    }

    private static float[] found(byte[] onnx, float[] picture, String output, int... axes) {
        try (BytePointer bytes = new BytePointer(onnx);
                Net net = opencv_dnn.readNetFromONNX(bytes, onnx.length);
                FloatPointer values = new FloatPointer(picture);
                Mat input = new Mat(axes.length, axes, opencv_core.CV_32F, values)) {
            net.setInput(input);
            try (Mat given = net.forward(output)) {
                float[] numbers = new float[(int) given.total()];
                FloatBuffer buffer = given.createBuffer();
                buffer.get(numbers);
                return numbers;
            }
        }
    }

    @Test
    void is_not_read_with_its_preparation_inside() throws IOException {
        OnnxMl.ModelProto.Builder file = file(SmallCatalogue.network("lenet"));
        PictureInput.addTo(
                file, new Preprocessing(28, 28, ColorMode.GREY, ResizeMode.SQUASH, new float[] {0}, new float[] {1}));
        byte[] onnx = file.build().toByteArray();
        try (BytePointer bytes = new BytePointer(onnx)) {
            assertThatThrownBy(() -> opencv_dnn.readNetFromONNX(bytes, onnx.length))
                    .hasMessageContaining("Resize");
        }
    }
}
