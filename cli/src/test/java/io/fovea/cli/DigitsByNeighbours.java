package io.fovea.cli;

import io.fovea.bundle.Provenance;
import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.export.BundleContents;
import io.fovea.export.BundleExport;
import io.fovea.export.GoldenExample;
import io.fovea.export.ReferencePictures;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.NetworkBuilder;
import io.fovea.network.Shape;
import io.fovea.predict.Classifier;
import io.fovea.task.Classification;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.QuantizedTensor;
import io.fovea.weights.Weights;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A model that compares pixels of digits with those of generated ones: the least that decides by neighbours. */
final class DigitsByNeighbours {

    static final Preprocessing PREPROCESSING =
            new Preprocessing(28, 28, ColorMode.GREY, ResizeMode.SQUASH, new float[] {0}, new float[] {1});

    private DigitsByNeighbours() {}

    /** Writes the model, which knows the digits below {@code classes} by as many references each. */
    static void write(GeneratedDigits digits, int classes, ReferencePictures shown, Path target) {
        GeneratedDigits.Part part = digits.training();
        int[] places = places(part, classes);
        float[] references = new float[places.length * 784];
        float[] labels = new float[places.length];
        for (int r = 0; r < places.length; r++) {
            PREPROCESSING.normalise(part.picture(places[r]), references, r * 784);
            labels[r] = part.labels()[places[r]];
        }
        Weights weights = new Weights(List.of(
                new NamedTensor("neighbours.references", new int[] {places.length, 784}, references),
                new NamedTensor("neighbours.labels", new int[] {places.length}, labels)));
        Network network = new NetworkBuilder("pixels", new Shape(1, 28, 28))
                .then("flatten", new Layer.Flatten())
                .then("neighbours", new Layer.NearestNeighbours(5, places.length, classes))
                .network();
        BundleContents bare = contents(network, weights, classes, List.of(), ReferencePictures.NONE);
        BundleExport.write(bare, target);
        float[] logits;
        try (Classifier classifier = Classifier.load(target)) {
            logits = classifier.classify(part.picture(0)).logits();
        }
        GoldenExample golden = new GoldenExample("0.png", PngWriter.bytes(part.picture(0)), part.labels()[0], logits);
        BundleExport.write(contents(network, weights, classes, List.of(golden), shown), target);
    }

    /** Returns the pictures of the references. */
    static ReferencePictures pictures(GeneratedDigits digits, int classes) {
        int[] places = places(digits.training(), classes);
        return new ReferencePictures(
                places.length, r -> digits.training().picture(places[r]), r -> "train/" + places[r] + ".png");
    }

    private static int[] places(GeneratedDigits.Part part, int classes) {
        return IntStream.range(0, part.count())
                .filter(i -> part.labels()[i] < classes)
                .toArray();
    }

    private static BundleContents contents(
            Network network, Weights weights, int classes, List<GoldenExample> golden, ReferencePictures references) {
        QuantizedTensor small = QuantizedTensor.quantize(
                weights.tensor("neighbours.references").orElseThrow(), 8, QuantizedTensor.WHOLE);
        return new BundleContents(
                "digits-by-neighbours",
                network,
                weights,
                PREPROCESSING,
                new Classification(
                        IntStream.range(0, classes).mapToObj(Integer::toString).toList()),
                golden,
                List.of(),
                new Provenance(
                        "pixels", "digits", "c0ffee", Map.of(), 1, "0.1.0", Instant.parse("2026-01-31T12:00:00Z")),
                List.of(small),
                references);
    }
}
