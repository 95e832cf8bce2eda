package io.fovea.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitSettings;
import io.fovea.module.Initialization;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.source.Source;
import io.fovea.speed.SpeedRecords;
import io.fovea.transfer.Backbone;
import io.fovea.transfer.FeatureCache;
import io.fovea.transfer.Features;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Features of photographs by ResNet-18, from JPEG files, as transfer learning computes them: an import into a dataset and the feature
 * cache, both timed. Another set goes before, so that the JVM is warm. Prints one line of JSON.
 */
public final class FeatureExtraction {

    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

    private final Path folder;
    private final int threads;
    private final Backbone backbone;

    private FeatureExtraction(Path folder, int threads) {
        this.folder = folder;
        this.threads = threads;
        Network network = Catalogue.network("resnet18", new Shape(3, 224, 224), 1000);
        Weights weights = Initialization.of(network, new SplittableRandom(1));
        backbone = Backbone.of(network, weights, Backbone.Output.FEATURES);
    }

    /** Arguments: the folder of all data sets, threads. */
    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(arguments[0]);
        int threads = Integer.parseInt(arguments[1]);
        Path folder = Files.createTempDirectory("fovea-features-");
        try {
            FeatureExtraction extraction = new FeatureExtraction(folder, threads);
            try (FeatureCache cache = extraction.cache()) {
                extraction.seconds(data.resolve("hymenoptera"), "warm-up", cache);
                ObjectNode measured = extraction.seconds(data.resolve("cats-dogs"), "timed", cache);
                System.out.println(new ObjectMapper().writeValueAsString(measured));
            }
        } finally {
            Folder.delete(folder);
        }
    }

    private FeatureCache cache() {
        Preprocessing preprocessing =
                new Preprocessing(224, 224, ColorMode.COLOR, ResizeMode.CROP, 32, MEAN, DEVIATION);
        return new FeatureCache(
                folder.resolve("cache"), backbone, "drawn", preprocessing, threads, SpeedRecords.none());
    }

    private ObjectNode seconds(Path photographs, String name, FeatureCache cache) {
        Preparation preparation = new Preparation(224, 224, ColorMode.COLOR, ResizeMode.CROP, 32);
        ImportSettings settings = ImportSettings.of(name, preparation).withSplits(new SplitSettings(0, 0));
        long start = System.nanoTime();
        DatasetImport.run(List.of(Source.of(photographs)), settings, folder.resolve(name), (_, _) -> {});
        long imported = System.nanoTime();
        int pictures = 0;
        double checksum = 0;
        try (Dataset dataset = Dataset.open(folder.resolve(name))) {
            for (Split split : List.of(Split.TRAINING, Split.VALIDATION)) {
                Features features = cache.features(dataset, split, _ -> {});
                pictures += features.count();
                for (float value : features.values()) checksum += value;
            }
        }
        long end = System.nanoTime();
        return new ObjectMapper()
                .createObjectNode()
                .put("peer", "fovea")
                .put("imagesPerSecond", pictures / ((end - start) / 1e9))
                .put("pictures", pictures)
                .put("importSeconds", (imported - start) / 1e9)
                .put("featureSeconds", (end - imported) / 1e9)
                .put("threads", threads)
                .put("checksum", checksum);
    }
}
