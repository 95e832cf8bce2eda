package io.fovea.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fovea.batch.Batch;
import io.fovea.codec.PictureDecoder;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.pretrained.Pretrained;
import io.fovea.pretrained.UsualPreprocessing;
import io.fovea.pretrained.WeightImport;
import io.fovea.tensor.Precision;
import io.fovea.thread.Workers;
import io.fovea.weights.ChannelOrder;
import io.fovea.weights.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights that others trained, in our networks: their logits, and their accuracy from the photographs themselves. */
@DisplayName("Published weights")
class PublishedWeightsTest {

    private final Workers workers = new Workers(2);

    @AfterEach
    void stop() {
        workers.close();
    }

    private static final String IMAGENET = "pretrained-imagenet/";
    private static final String CIFAR = "pretrained-cifar10/";

    @ParameterizedTest
    @CsvSource({
        "resnet18, resnet18, resnet18/resnet18.f16.safetensors",
        "squeezenet1_1, squeezenet1_1, squeezenet1_1/squeezenet1_1.f16.safetensors",
        "mobilenet_v2_same, mobilenet_v2, mobilenet_v2/mobilenet_v2.bnfolded.f32.safetensors"
    })
    void give_the_logits_that_were_published_for_ready_crops(String network, String expected, String file)
            throws IOException {
        float[] wanted = Safetensors.read(data("imagenet-samples/expected-logits.safetensors"))
                .values(expected);
        List<Path> crops = sorted(data("imagenet-samples/crops224"));
        try (TrainableModule module = module(imported(network, data(IMAGENET + file)))) {
            assertThat(crops).hasSize(16);
            float largest = 0;
            for (int i = 0; i < 16; i++) {
                Pixels crop = PictureDecoder.decode(crops.get(i), ColorMode.COLOR);
                float[] logits = module.predict(batch(List.of(crop)));
                largest = Math.max(largest, difference(logits, 0, wanted, i * 1000, 1000));
            }
            report(network + " logits of 16 crops, largest difference", largest);
            assertThat(largest).isLessThanOrEqualTo(5e-4f);
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({
        "resnet18, resnet18/resnet18.f16.safetensors, 78",
        "squeezenet1_1, squeezenet1_1/squeezenet1_1.f16.safetensors, 63",
        "mobilenet_v2_same, mobilenet_v2/mobilenet_v2.bnfolded.f32.safetensors, 85"
    })
    void name_as_many_photographs_rightly_as_was_published(String network, String file, int wanted) throws IOException {
        Pretrained pretrained = imported(network, data(IMAGENET + file));
        List<String> lines = Files.readAllLines(data("imagenet-samples/labels.csv"));
        int right = 0;
        try (TrainableModule module = module(pretrained)) {
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split(",");
                Pixels photograph =
                        PictureDecoder.decode(data("imagenet-samples/photos").resolve(cells[0]), ColorMode.COLOR);
                Pixels prepared = pretrained.preprocessing().prepare(photograph);
                float[] logits = module.predict(batch(List.of(prepared)));
                if (largest(logits, 0, 1000) == Integer.parseInt(cells[1])) right++;
            }
        }
        report(network + " photographs named rightly of 100", right);
        assertThat(right).isEqualTo(wanted);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({
        "resnet20, resnet20-12fca82f.th, 915",
        "resnet32, resnet32-d509ac18.th, 928",
        "resnet56, resnet56-4bfd9763.th, 926"
    })
    void name_as_many_cifar_pictures_rightly_as_was_published(String network, String file, int wanted)
            throws IOException {
        float[] expected = Safetensors.read(data(CIFAR + "expected-logits-first32.safetensors"))
                .values(network);
        byte[] bytes;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(data("cifar10/test_batch.first1000.bin.gz")))) {
            bytes = in.readAllBytes();
        }
        int right = 0;
        try (TrainableModule module = module(imported(network, data(CIFAR + file)))) {
            for (int start = 0; start < 1000; start += 100) {
                List<Pixels> pictures = new ArrayList<>();
                for (int i = start; i < start + 100; i++) pictures.add(cifar(bytes, i));
                float[] logits = module.predict(batch(pictures));
                if (start == 0) {
                    float largest = difference(logits, 0, expected, 0, 320);
                    report(network + " logits of 32 pictures, largest difference", largest);
                    assertThat(largest).isLessThanOrEqualTo(1e-4f);
                }
                for (int i = 0; i < 100; i++) {
                    if (largest(logits, i * 10, 10) == bytes[(start + i) * 3073]) right++;
                }
            }
        }
        report(network + " pictures named rightly of 1000", right);
        assertThat(right).isEqualTo(wanted);
    }

    private static Pretrained imported(String network, Path file) {
        Preprocessing preprocessing = UsualPreprocessing.of(Catalogue.entry(network));
        return WeightImport.of(
                        file,
                        new WeightImport.Settings(
                                network, network, preprocessing, ChannelOrder.RGB, List.of(), file.toString(), ""))
                .pretrained();
    }

    private TrainableModule module(Pretrained pretrained) {
        Preprocessing preprocessing = pretrained.preprocessing();
        Network network = Catalogue.network(
                pretrained.network(),
                new Shape(preprocessing.channels(), preprocessing.height(), preprocessing.width()),
                pretrained.outputs());
        return Modules.create(
                network, preprocessing, pretrained.weights(), Engine.LIBTORCH, Precision.FLOAT32, workers);
    }

    private static Batch batch(List<Pixels> pictures) {
        Pixels first = pictures.getFirst();
        byte[] all = new byte[pictures.size() * first.values().length];
        for (int i = 0; i < pictures.size(); i++) {
            byte[] values = pictures.get(i).values();
            System.arraycopy(values, 0, all, i * values.length, values.length);
        }
        int count = pictures.size();
        return new Batch(count, first.height(), first.width(), first.channels(), all, new int[count], new int[count]);
    }

    /** From a label byte and three planes to [H, W, C]. */
    private static Pixels cifar(byte[] file, int index) {
        byte[] values = new byte[3072];
        for (int i = 0; i < 1024; i++) {
            for (int c = 0; c < 3; c++) values[3 * i + c] = file[index * 3073 + 1 + c * 1024 + i];
        }
        return new Pixels(32, 32, 3, values);
    }

    private static float difference(float[] left, int leftStart, float[] right, int rightStart, int count) {
        float largest = 0;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, Math.abs(left[leftStart + i] - right[rightStart + i]));
        }
        return largest;
    }

    private static int largest(float[] values, int start, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) if (values[start + i] > values[start + best]) best = i;
        return best;
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .toList();
        }
    }

    private static void report(String what, Number figure) {
        System.getLogger(PublishedWeightsTest.class.getName())
                .log(System.Logger.Level.INFO, what + ": " + Arrays.asList(figure));
    }

    private static Path data(String name) {
        Path file = Stream.of(
                        System.getenv().getOrDefault("FOVEA_DATA", ""),
                        "../shared/data",
                        "../../shared/data",
                        "../../../shared/data")
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::exists)
                .findFirst()
                .orElse(Path.of(name));
        assumeTrue(Files.exists(file), "the shared data set " + name + " is not on this machine");
        return file;
    }
}
