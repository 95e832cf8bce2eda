package io.fovea.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.batch.Augmentation;
import io.fovea.collection.GeneratedDigits;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportListener;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitSettings;
import io.fovea.module.Initialization;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.source.Source;
import io.fovea.speed.SpeedRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A feature cache")
class FeatureCacheTest {

    @TempDir
    Path folder;

    private Dataset digits;
    private Backbone backbone;

    @BeforeEach
    void imports_digits() {
        GeneratedDigits.generate(3, 1, 4).write(folder.resolve("idx"));
        ImportSettings settings = ImportSettings.of(
                        "digits", new Preparation(28, 28, ColorMode.GREY, ResizeMode.SQUASH))
                .withSplits(new SplitSettings(0, 0));
        DatasetImport.run(
                List.of(Source.of(folder.resolve("idx"))), settings, folder.resolve("digits"), ImportListener.NONE);
        digits = Dataset.open(folder.resolve("digits"));
        Network network = Catalogue.network("cifar-cnn", new Shape(1, 28, 28), 10);
        backbone = Backbone.of(network, Initialization.of(network, new SplittableRandom(1)), Backbone.Output.FEATURES);
    }

    @AfterEach
    void closes_the_dataset() {
        digits.close();
    }

    @Test
    void computes_features_once() {
        AtomicInteger seen = new AtomicInteger();
        Features first = features("a", seen);
        assertThat(seen).hasValue(30);
        assertThat(first.count()).isEqualTo(30);
        seen.set(0);

        Features again = features("a", seen);

        assertThat(seen).hasValue(0);
        assertThat(again.values()).isEqualTo(first.values());
    }

    @Test
    void computes_anew_for_other_weights() {
        AtomicInteger seen = new AtomicInteger();
        features("a", seen);
        seen.set(0);

        features("b", seen);

        assertThat(seen).hasValue(30);
    }

    @Test
    void computes_anew_where_a_file_is_damaged() throws IOException {
        AtomicInteger seen = new AtomicInteger();
        Features first = features("a", seen);
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            for (Path file : files.toList()) Files.write(file, new byte[] {1, 2, 3});
        }

        assertThat(features("a", seen).values()).isEqualTo(first.values());
    }

    @Test
    void keeps_each_copy_of_augmented_pictures_apart() {
        Augmentation shifted = Augmentation.NONE.withShift(0.2);
        try (FeatureCache cache = cache("a")) {
            Features first = cache.features(digits, Split.TRAINING, shifted, 1, 0, done -> {});
            Features second = cache.features(digits, Split.TRAINING, shifted, 1, 1, done -> {});
            Features again = cache.features(digits, Split.TRAINING, shifted, 1, 0, done -> {});

            assertThat(second.values()).isNotEqualTo(first.values());
            assertThat(again.values()).isEqualTo(first.values());
        }
    }

    @Test
    void gives_the_same_features_by_either_engine() {
        Preprocessing preprocessing = preprocessing();
        try (FeatureExtractor vector = new VectorFeatureExtractor(backbone, preprocessing, 1);
                FeatureExtractor onnx = new OnnxFeatureExtractor(backbone, preprocessing, 1)) {
            float[] fromVector = extracted(vector);
            float[] fromOnnx = extracted(onnx);
            for (int i = 0; i < fromOnnx.length; i++) assertThat(fromVector[i]).isCloseTo(fromOnnx[i], within(1e-4f));
        }
    }

    private float[] extracted(FeatureExtractor extractor) {
        float[] values = new float[4 * backbone.features()];
        byte[] pixels = new byte[4 * 28 * 28];
        for (int i = 0; i < 4; i++) digits.copyPicture(Split.TRAINING, i, pixels, i * 28 * 28);
        extractor.extract(new io.fovea.batch.Batch(4, 28, 28, 1, pixels, new int[4], new int[4]), values, 0);
        return values;
    }

    private Features features(String weights, AtomicInteger seen) {
        try (FeatureCache cache = cache(weights)) {
            return cache.features(digits, Split.TRAINING, seen::set);
        }
    }

    private FeatureCache cache(String weights) {
        return new FeatureCache(folder.resolve("cache"), backbone, weights, preprocessing(), 1, SpeedRecords.none());
    }

    private static Preprocessing preprocessing() {
        return new Preprocessing(28, 28, ColorMode.GREY, ResizeMode.SQUASH, new float[] {0.13f}, new float[] {0.31f});
    }
}
