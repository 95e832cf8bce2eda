package io.fovea.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fovea.batch.Batch;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.kernel.Lanes;
import io.fovea.module.Initialization;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.speed.Contest;
import io.fovea.speed.Speed;
import io.fovea.speed.SpeedRecords;
import io.fovea.speed.Surroundings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of the two is faster is the machine's affair; that one of them alone computes a set is not. */
@DisplayName("What extracts features")
class FeatureEngineTest {

    private static final Contest.Rule AT_ONCE = new Contest.Rule(0, 0, 1, 0, 0);
    private static final int PICTURE = 28 * 28;
    private static final int BATCHES = 8;

    private final Network network = Catalogue.network("cifar-cnn", new Shape(1, 28, 28), 10);
    private final Backbone backbone =
            Backbone.of(network, Initialization.of(network, new SplittableRandom(1)), Backbone.Output.FEATURES);
    private final Preprocessing preprocessing =
            new Preprocessing(28, 28, ColorMode.GREY, ResizeMode.SQUASH, new float[] {0.5f}, new float[] {0.3f});

    @TempDir
    Path folder;

    @BeforeEach
    void kernels_need_wide_registers() {
        assumeTrue(Lanes.COUNT >= 16, "the kernels for features need 16 lanes");
    }

    private SpeedRecords records() {
        return SpeedRecords.in(folder.resolve("speeds.yaml"), new Surroundings("this", "this", "this"));
    }

    private static Batch batch(int number) {
        byte[] pixels = new byte[4 * PICTURE];
        new SplittableRandom(number).nextBytes(pixels);
        return new Batch(4, 28, 28, 1, pixels, new int[4], new int[4]);
    }

    private float[] features(FeatureExtractor extractor) {
        float[] values = new float[4 * BATCHES * backbone.features()];
        for (int i = 0; i < BATCHES; i++) extractor.extract(batch(i), values, 4 * i * backbone.features());
        return values;
    }

    private float[] features(FeatureEngine engine) {
        float[] values = new float[4 * BATCHES * backbone.features()];
        engine.begin(4 * BATCHES);
        for (int i = 0; i < BATCHES; i++) {
            int left = 4 * (BATCHES - 1 - i);
            if (!engine.extract(batch(i), values, 4 * i * backbone.features(), left)) i = -1; // begin again
        }
        return values;
    }

    @Test
    void computes_a_whole_set_by_the_one_or_the_other_and_says_by_which() throws Exception {
        try (FeatureEngine engine = new FeatureEngine(backbone, preprocessing, 1, records(), AT_ONCE);
                FeatureExtractor kernels = new VectorFeatureExtractor(backbone, preprocessing, 1);
                FeatureExtractor onnx = new OnnxFeatureExtractor(backbone, preprocessing, 1)) {
            float[] values = features(engine);

            String remark = engine.remark().orElseThrow();
            boolean byKernels = remark.startsWith("The features are computed by the vector kernels");
            assertThat(values).isEqualTo(features(byKernels ? kernels : onnx));
            assertThat(remark).contains("ONNX Runtime", "images/s", "measured on these pictures");
            assertThat(engine.remark()).as("said once").isEmpty();
            assertThat(Files.readString(folder.resolve("speeds.yaml"))).contains("ONNX Runtime", "the vector kernels");
        }
    }

    @Test
    void is_what_was_faster_before_for_so_many_pictures() throws Exception {
        try (FeatureEngine first = new FeatureEngine(backbone, preprocessing, 1, records(), AT_ONCE)) {
            features(first);
        }
        String work = Files.readString(folder.resolve("speeds.yaml"))
                .lines()
                .filter(line -> line.contains("work:"))
                .findFirst()
                .orElseThrow();
        work = work.substring(work.indexOf("work:") + 5).strip().replace("\"", "");
        records().keep(work, List.of(new Speed("the vector kernels", 100, 5), new Speed("ONNX Runtime", 50, 0)));
        try (FeatureEngine engine = new FeatureEngine(backbone, preprocessing, 1, records(), AT_ONCE)) {
            engine.begin(400); // 9 s by the kernels, 8 s by ONNX Runtime
            assertThat(engine.remark().orElseThrow()).startsWith("The features are computed by ONNX Runtime");
            engine.begin(600); // 11 s and 12 s
            assertThat(engine.remark().orElseThrow()).startsWith("The features are computed by the vector kernels");
        }
    }

    @Test
    void tries_nothing_for_few_pictures() {
        try (FeatureEngine engine = new FeatureEngine(backbone, preprocessing, 1, records())) {
            features(engine);
            assertThat(engine.remark()).isEmpty();
            assertThat(folder.resolve("speeds.yaml")).doesNotExist();
        }
    }
}
