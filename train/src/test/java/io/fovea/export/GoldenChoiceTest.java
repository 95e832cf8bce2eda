package io.fovea.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.bundle.Provenance;
import io.fovea.codec.PngWriter;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportListener;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitSettings;
import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.NetworkBuilder;
import io.fovea.network.Shape;
import io.fovea.onnx.NeighbourLayer;
import io.fovea.predict.Classifier;
import io.fovea.source.Source;
import io.fovea.task.Classification;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** References are a picture whose left half is white and one whose right half is; a grey picture is equally far from both. */
@DisplayName("Golden pictures")
class GoldenChoiceTest {

    private static final Preprocessing PREPROCESSING =
            new Preprocessing(8, 8, ColorMode.GREY, ResizeMode.SQUASH, new float[] {0}, new float[] {1});

    @TempDir
    Path folder;

    @Test
    void lie_at_even_distances_in_the_split() {
        assertThat(GoldenChoice.even(32, 10)).startsWith(0, 2, 4).hasSize(16);
        assertThat(GoldenChoice.even(3, 10)).containsExactly(0, 1, 2);
    }

    @Test
    void are_only_those_on_which_every_machine_decides_alike() throws IOException {
        draw("left", 255, 0, 6, "clear");
        draw("right", 0, 255, 6, "clear");
        draw("right", 128, 128, 6, "grey");

        try (Dataset dataset = imported()) {
            List<String> chosen = chosen(dataset);

            assertThat(chosen).isNotEmpty().allMatch(source -> source.contains("clear"));
        }
    }

    @Test
    void are_one_picture_if_there_is_nothing_clear() throws IOException {
        draw("left", 128, 128, 4, "grey");
        draw("right", 128, 128, 4, "grey");

        try (Dataset dataset = imported()) {
            assertThat(chosen(dataset)).hasSize(1);
        }
    }

    private List<String> chosen(Dataset dataset) {
        Network network = new NetworkBuilder("halves", new Shape(1, 8, 8))
                .then("flatten", new Layer.Flatten())
                .then("neighbours", new Layer.NearestNeighbours(1, 2, 2))
                .network();
        float[] references = new float[128];
        PREPROCESSING.normalise(halves(255, 0), references, 0);
        PREPROCESSING.normalise(halves(0, 255), references, 64);
        Weights weights = new Weights(List.of(
                new NamedTensor("neighbours.references", new int[] {2, 64}, references),
                new NamedTensor("neighbours.labels", new int[] {2}, new float[] {0, 1})));
        BundleContents contents = new BundleContents(
                "halves",
                network,
                weights,
                PREPROCESSING,
                new Classification(List.of("left", "right")),
                List.of(),
                List.of(),
                new Provenance(
                        "halves", "halves", "c0ffee", Map.of(), 1, "0.1.0", Instant.parse("2026-01-31T12:00:00Z")));
        NeighbourLayer search = NeighbourLayer.of(network, weights).orElseThrow();
        try (Classifier classifier = BundleExport.classifier(contents)) {
            return GoldenChoice.clear(search, classifier, dataset, Split.TEST).stream()
                    .map(position -> dataset.source(Split.TEST, position))
                    .toList();
        }
    }

    private void draw(String className, int left, int right, int count, String name) throws IOException {
        Path target = Files.createDirectories(folder.resolve("pictures").resolve(className));
        for (int i = 0; i < count; i++) {
            Pixels picture = halves(left, right);
            picture.values()[0] += (byte) (name.equals("grey") ? 0 : i); // so that no two clear pictures are the same
            PngWriter.write(picture, target.resolve(name + i + ".png"));
        }
    }

    private static Pixels halves(int left, int right) {
        byte[] values = new byte[64];
        for (int i = 0; i < 64; i++) values[i] = (byte) (i % 8 < 4 ? left : right);
        return new Pixels(8, 8, 1, values);
    }

    private Dataset imported() {
        ImportSettings settings = ImportSettings.of("halves", new Preparation(8, 8, ColorMode.GREY, ResizeMode.SQUASH))
                .withSplits(new SplitSettings(0, 50));
        DatasetImport.run(
                List.of(Source.of(folder.resolve("pictures"))),
                settings,
                folder.resolve("halves"),
                ImportListener.NONE);
        return Dataset.open(folder.resolve("halves"));
    }
}
