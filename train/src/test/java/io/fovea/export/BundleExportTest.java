package io.fovea.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.batch.Batch;
import io.fovea.bundle.Bundle;
import io.fovea.bundle.Manifest;
import io.fovea.bundle.Measurement;
import io.fovea.bundle.Provenance;
import io.fovea.bundle.Sizes;
import io.fovea.codec.PngWriter;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.module.Engine;
import io.fovea.module.Initialization;
import io.fovea.module.Modules;
import io.fovea.module.TrainableModule;
import io.fovea.network.Catalogue;
import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import io.fovea.predict.Classifier;
import io.fovea.problem.Problem;
import io.fovea.task.Classification;
import io.fovea.task.Measure;
import io.fovea.tensor.Precision;
import io.fovea.thread.Workers;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Exporting a bundle")
class BundleExportTest {

    @TempDir
    Path folder;

    @Nested
    @DisplayName("of a network that can be computed in the head")
    class Small {

        /** Two grey pixels; 0 becomes 0 and 255 becomes 1; logits: left − right, and right + 1. */
        private final Network network = new Network(
                "tiny",
                new Shape(1, 1, 2),
                List.of(
                        new Node("row", new Layer.Flatten(), List.of(Network.INPUT)),
                        new Node("dense", new Layer.Dense(2, Layer.Bias.WITH), List.of("row"))));

        private final Weights weights = new Weights(List.of(
                new NamedTensor("dense.weight", new int[] {2, 2}, new float[] {1, -1, 0, 1}),
                new NamedTensor("dense.bias", new int[] {2}, new float[] {0, 1})));

        private final Preprocessing preprocessing =
                new Preprocessing(1, 2, ColorMode.GREY, ResizeMode.SQUASH, new float[] {0}, new float[] {1});

        private Path target;

        @BeforeEach
        void choose() {
            target = folder.resolve("models/tiny.fovea");
        }

        @Test
        void writes_a_file_that_predicts_what_the_trainer_saw() {
            ExportReport report = BundleExport.write(contents(new float[] {1, 1}), target);
            assertThat(report.path()).isEqualTo(target);
            assertThat(report.bytes()).isEqualTo(target.toFile().length());
            assertThat(report.parityMaxAbsDifference()).isZero();
            try (Classifier classifier = Classifier.load(target)) {
                // Left 102 becomes 0.4, right 204 becomes 0.8.
                float[] logits = classifier.classify(picture(102, 204)).logits();
                assertThat(logits).containsExactly(new float[] {-0.4f, 1.8f}, within(1e-6f));
            }
        }

        @Test
        void says_in_the_manifest_what_the_model_is_and_where_it_comes_from() {
            BundleExport.write(contents(new float[] {1, 1}), target);
            Manifest manifest = Bundle.open(target).manifest();
            assertThat(manifest.name()).isEqualTo("tiny model");
            assertThat(manifest.task().names()).containsExactly("left", "right");
            assertThat(manifest.sizes()).isEqualTo(new Sizes(6, 4));
            assertThat(manifest.golden()).hasSize(1);
            assertThat(manifest.golden().get(0).file()).isEqualTo("golden/00.png");
            assertThat(manifest.golden().get(0).source()).isEqualTo("test/17");
            assertThat(manifest.provenance().settings()).containsEntry("epochs", "3");
            assertThat(manifest.measurements().get(0).count()).isEqualTo(8);
        }

        @Test
        void carries_network_and_weights_to_go_on_training() {
            BundleExport.write(contents(new float[] {1, 1}), target);
            ModelParts parts = BundleImport.read(Bundle.open(target), "tiny.fovea");
            Weights read = parts.weights();
            assertThat(parts.network()).isEqualTo(network);
            assertThat(read.names()).containsExactly("dense.weight", "dense.bias");
            assertThat(read.values("dense.weight")).containsExactly(1, -1, 0, 1);
        }

        @Test
        void gives_the_same_bytes_for_the_same_contents() throws IOException {
            BundleExport.write(contents(new float[] {1, 1}), target);
            Path again = folder.resolve("again.fovea");
            BundleExport.write(contents(new float[] {1, 1}), again);
            assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(target));
        }

        @Test
        void refuses_a_network_that_predicts_something_else_and_keeps_the_old_file() throws IOException {
            Files.createDirectories(target.getParent());
            Files.writeString(target, "old");
            assertThatThrownBy(() -> BundleExport.write(contents(new float[] {1, 1.5f}), target))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what())
                                .isEqualTo("Golden picture \"golden/00.png\" differs at the stage \"network\": expected"
                                        + " number 1 of \"logits\" (class \"right\") 1.5 within 1.5E-4, found"
                                        + " 1.0 (a difference of 0.5)");
                        assertThat(problem.where()).isEqualTo("model \"tiny model\"");
                    });
            assertThat(target).hasContent("old");
            try (Stream<Path> files = Files.list(target.getParent())) {
                assertThat(files).hasSize(1);
            }
        }

        @Test
        void refuses_class_names_that_do_not_fit_the_network() {
            BundleContents two = contents(new float[] {1, 1});
            BundleContents three = new BundleContents(
                    two.name(),
                    network,
                    weights,
                    preprocessing,
                    new Classification(List.of("a", "b", "c")),
                    List.of(),
                    List.of(),
                    two.provenance());
            assertThatThrownBy(() -> BundleExport.write(three, target))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("The network answers with 2 numbers, but there are 3 class names.");
        }

        private BundleContents contents(float[] logits) {
            // Left 255, right 0: logits 1 and 1.
            GoldenExample example = new GoldenExample("test/17", PngWriter.bytes(picture(255, 0)), 0, logits);
            return new BundleContents(
                    "tiny model",
                    network,
                    weights,
                    preprocessing,
                    new Classification(List.of("left", "right")),
                    List.of(example),
                    List.of(new Measurement(Measure.share("accuracy", 0.75).within(0.5, 0.9), "test", 8)),
                    provenance("tiny"));
        }

        private Pixels picture(int left, int right) {
            return new Pixels(1, 2, 1, new byte[] {(byte) left, (byte) right});
        }
    }

    @Nested
    @DisplayName("of LeNet as libtorch computes it")
    class Lenet {

        private final Preprocessing preprocessing = new Preprocessing(
                28, 28, ColorMode.GREY, ResizeMode.SQUASH, new float[] {0.1307f}, new float[] {0.3081f});

        @Test
        void passes_sixteen_golden_pictures() {
            Network network = Catalogue.network("lenet", new Shape(1, 28, 28), 10);
            SplittableRandom random = new SplittableRandom(5);
            byte[] pixels = new byte[16 * 784];
            for (int i = 0; i < pixels.length; i++) pixels[i] = (byte) random.nextInt(256);
            Weights weights = Initialization.of(network, random);
            float[] logits;
            try (Workers workers = new Workers(1);
                    TrainableModule module = Modules.create(
                            network, preprocessing, weights, Engine.LIBTORCH, Precision.FLOAT32, workers)) {
                Batch batch = new Batch(16, 28, 28, 1, pixels, new int[16], new int[16]);
                logits = module.predict(batch).clone();
            }
            List<GoldenExample> golden = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                byte[] values = java.util.Arrays.copyOfRange(pixels, i * 784, (i + 1) * 784);
                float[] own = java.util.Arrays.copyOfRange(logits, i * 10, (i + 1) * 10);
                golden.add(new GoldenExample("test/" + i, PngWriter.bytes(new Pixels(28, 28, 1, values)), 0, own));
            }
            BundleContents contents = new BundleContents(
                    "lenet",
                    network,
                    weights,
                    preprocessing,
                    new Classification(
                            IntStream.range(0, 10).mapToObj(Integer::toString).toList()),
                    golden,
                    List.of(),
                    provenance("lenet"));
            ExportReport report = BundleExport.write(contents, folder.resolve("lenet.fovea"));
            assertThat(report.parityMaxAbsDifference()).isLessThan(1e-5);
            assertThat(Bundle.open(report.path()).manifest().sizes().parameters())
                    .isEqualTo(431_080);
        }
    }

    private static Provenance provenance(String network) {
        return new Provenance(
                network, "digits", "c0ffee", Map.of("epochs", "3"), 42, "0.1.0", Instant.parse("2026-01-31T12:00:00Z"));
    }
}
