package io.fovea.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.codec.PictureDecoder;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.onnx.OnnxSession;
import io.fovea.onnx.OnnxWriter;
import io.fovea.source.RealData;
import io.fovea.task.Classification;
import io.fovea.task.Task;
import io.fovea.weights.Safetensors;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A TensorFlow Lite file with weights trained on ImageNet")
class PretrainedInTfliteTest {

    private static final int SIDE = 224;
    private static final int PICTURES = 4;

    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "squeezenet1_1"})
    void gives_the_probabilities_of_its_onnx_file_on_photographs(String name) throws Exception {
        Path folder = RealData.folder("pretrained-imagenet").resolve(name);
        Weights weights = Safetensors.read(folder.resolve(name + ".f16.safetensors"));
        Network network = Catalogue.network(name, new Shape(3, SIDE, SIDE), 1000);
        Task task = Classification.numbered(1000);
        float[] pictures = crops();

        float[] expected;
        try (OnnxSession onnx = new OnnxSession(OnnxWriter.write(network, weights, task, Map.of()))) {
            expected = onnx.output("probabilities", pictures, PICTURES, 3, SIDE, SIDE);
        }
        try (TfliteSession session = new TfliteSession()) {
            float[] found = session.run(
                            TfliteWriter.write(network, weights, task, Map.of()),
                            TfliteSession.channelsLast(pictures, 3, SIDE * SIDE),
                            TfliteSession.Kernels.DEFAULT,
                            PICTURES,
                            SIDE,
                            SIDE,
                            3)
                    .values("probabilities");
            assertThat(found).containsExactly(expected, within(1e-4f));
        }
    }

    private static float[] crops() throws IOException {
        Preprocessing preprocessing = new Preprocessing(
                SIDE, SIDE, ColorMode.COLOR, ResizeMode.SQUASH, new float[] {0.485f, 0.456f, 0.406f}, new float[] {
                    0.229f, 0.224f, 0.225f
                });
        List<Path> files;
        try (Stream<Path> all = Files.list(RealData.folder("imagenet-samples").resolve("crops224"))) {
            files = all.sorted().limit(PICTURES).toList();
        }
        int each = 3 * SIDE * SIDE;
        float[] pictures = new float[PICTURES * each];
        for (int i = 0; i < PICTURES; i++) {
            Pixels pixels = PictureDecoder.decode(files.get(i), ColorMode.COLOR);
            preprocessing.normalise(preprocessing.prepare(pixels), pictures, i * each);
        }
        return pictures;
    }
}
