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
import io.fovea.pretrained.UsualPreprocessing;
import io.fovea.pretrained.WeightImport;
import io.fovea.quantize.CalibrationPictures;
import io.fovea.quantize.Quantization;
import io.fovea.quantize.Quantizer;
import io.fovea.quantize.WeightRange;
import io.fovea.source.RealData;
import io.fovea.task.Classification;
import io.fovea.task.Task;
import io.fovea.weights.ChannelOrder;
import io.fovea.weights.Safetensors;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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

    private static final int JUDGED = 7;

    /** Of logits, as the root of the mean square; rounding to 256 steps alone is 0.02 to 0.04. */
    private static final double MOST_OFF = 0.015;

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

    /**
     * XNNPACK rounds as ONNX Runtime does, but in conversions between scales, and wherever the file rounds and the other does not: that shows in every
     * picture. In some a value between two whole numbers falls to the other side and moves all after it, so the middle picture counts.
     */
    @ParameterizedTest
    @ValueSource(strings = {"squeezenet1_1", "mobilenet_v2_same"})
    void gives_the_logits_of_its_onnx_file_in_whole_numbers(String name) throws Exception {
        Weights weights = pretrained(name);
        Network network = Catalogue.network(name, new Shape(3, SIDE, SIDE), 1000);
        Task task = Classification.numbered(1000);
        List<float[]> photographs = photographs(UsualPreprocessing.of(Catalogue.entry(name)));
        Quantization made = Quantizer.quantize(
                network,
                weights,
                task,
                calibration(photographs),
                WeightRange.SEVEN_BITS,
                Double.MAX_VALUE,
                Map.of(),
                (_, _) -> {},
                1);
        byte[] lite =
                TfliteWriter.write(made.folded().network(), made.folded().weights(), made.numbers(), task, Map.of());

        List<Double> off = new ArrayList<>();
        try (OnnxSession onnx = new OnnxSession(made.onnx());
                TfliteSession session = new TfliteSession()) {
            for (float[] picture : photographs.subList(CalibrationPictures.LEAST, photographs.size())) {
                float[] expected = onnx.output("logits", picture, 1, 3, SIDE, SIDE);
                float[] turned = TfliteSession.channelsLast(picture, 3, SIDE * SIDE);
                float[] found = session.run(lite, turned, TfliteSession.Kernels.DEFAULT, 1, SIDE, SIDE, 3)
                        .values("logits");
                double squares = 0;
                for (int k = 0; k < found.length; k++) squares += Math.pow(found[k] - expected[k], 2);
                off.add(Math.sqrt(squares / found.length));
            }
        }
        Collections.sort(off);
        assertThat(off.get(off.size() / 2)).as(off.toString()).isLessThan(MOST_OFF);
    }

    private static Weights pretrained(String network) {
        String file = network.startsWith("mobilenet")
                ? "mobilenet_v2/mobilenet_v2.bnfolded.f32.safetensors"
                : network + "/" + network + ".f16.safetensors";
        WeightImport.Settings settings = new WeightImport.Settings(
                network,
                network,
                UsualPreprocessing.of(Catalogue.entry(network)),
                ChannelOrder.RGB,
                List.of(),
                file,
                "");
        return WeightImport.of(RealData.folder("pretrained-imagenet").resolve(file), settings)
                .pretrained()
                .weights();
    }

    private static CalibrationPictures calibration(List<float[]> pictures) {
        return new CalibrationPictures() {
            @Override
            public int count() {
                return CalibrationPictures.LEAST;
            }

            @Override
            public float[] picture(int index) {
                return pictures.get(index);
            }
        };
    }

    private static List<float[]> photographs(Preprocessing preprocessing) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(RealData.folder("imagenet-samples").resolve("photos"))) {
            files = all.sorted().limit(CalibrationPictures.LEAST + JUDGED).toList();
        }
        List<float[]> photographs = new ArrayList<>();
        for (Path file : files) {
            float[] picture = new float[3 * SIDE * SIDE];
            preprocessing.normalise(preprocessing.prepare(PictureDecoder.decode(file, ColorMode.COLOR)), picture, 0);
            photographs.add(picture);
        }
        return photographs;
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
