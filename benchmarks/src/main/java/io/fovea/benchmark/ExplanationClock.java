package io.fovea.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.bundle.Provenance;
import io.fovea.codec.PngWriter;
import io.fovea.explain.Explainer;
import io.fovea.explain.Explanation;
import io.fovea.explain.ExplanationFolder;
import io.fovea.explain.ExplanationSettings;
import io.fovea.explain.LayerActivation;
import io.fovea.explain.MapSettings;
import io.fovea.explain.OcclusionSettings;
import io.fovea.explain.PreparedPicture;
import io.fovea.export.BundleContents;
import io.fovea.export.BundleExport;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.module.Initialization;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.task.Classification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * One picture after another through all layers of a model that is loaded once, as a workbench does it: a network of the catalogue with drawn weights,
 * pictures of noise of twice its size as PNG. Prints one line of JSON.
 */
public final class ExplanationClock {

    private static final int PICTURES = 20;

    private ExplanationClock() {}

    /** Takes the network's name. */
    public static void main(String[] arguments) throws IOException {
        Network network = Catalogue.entry(arguments[0]).network();
        Path folder = Files.createTempDirectory("fovea-benchmark-");
        try {
            System.out.println(measured(network, write(network, folder), folder));
        } finally {
            Folder.delete(folder);
        }
    }

    private static ObjectNode measured(Network network, Path model, Path folder) {
        ObjectNode json = new ObjectMapper().createObjectNode().put("peer", "fovea");
        byte[] file = picture(network);
        long start = System.nanoTime();
        try (Explainer explainer = Explainer.load(model)) {
            json.put("load", seconds(start));
            start = System.nanoTime();
            Explanation first = explainer.explain(explainer.prepare(file, "first"), ExplanationSettings.DEFAULT);
            json.put("first", seconds(start));
            PreparedPicture prepared = explainer.prepare(file, "picture");
            Optional<String> usual = Optional.empty();
            timed(json, "prepared", _ -> explainer.prepare(file, "picture"));
            timed(json, "layers", _ -> explainer.activations(prepared, MapSettings.DEFAULT));
            timed(json, "gradCam", _ -> explainer.gradCam(prepared, usual, usual));
            timed(json, "all", _ -> explainer.explain(explainer.prepare(file, "picture"), ExplanationSettings.DEFAULT));
            timed(json, "pictures", _ -> pictures(first));
            timed(json, "folder", _ -> ExplanationFolder.write(first, folder.resolve("explained")));
            start = System.nanoTime();
            OcclusionSettings squares = explainer.squares(Optional.empty(), Optional.empty());
            explainer.occlusion(prepared, usual, squares);
            json.put("occlusion", seconds(start));
        }
        return json;
    }

    /** What a page of all layers needs beside the numbers. */
    private static int pictures(Explanation explanation) {
        int bytes = 0;
        for (LayerActivation layer : explanation.layers())
            bytes += PngWriter.bytes(layer.sheet().picture()).length;
        return bytes;
    }

    /** Puts the median and the longest of many calls. */
    private static void timed(ObjectNode json, String name, Function<Integer, Object> call) {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            long start = System.nanoTime();
            call.apply(i);
            seconds.add(seconds(start));
        }
        json.put(name, Median.of(seconds));
        json.put(name + "Longest", seconds.stream().max(Double::compare).orElseThrow());
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static Path write(Network network, Path folder) {
        int channels = network.input().size(0);
        float[] mean = new float[channels];
        float[] deviation = new float[channels];
        Arrays.fill(mean, 0.5f);
        Arrays.fill(deviation, 0.25f);
        Path file = folder.resolve("model.fovea");
        BundleExport.write(
                new BundleContents(
                        network.name(),
                        network,
                        Initialization.of(network, new SplittableRandom(1)),
                        new Preprocessing(
                                network.input().size(1),
                                network.input().size(2),
                                channels == 1 ? ColorMode.GREY : ColorMode.COLOR,
                                ResizeMode.SQUASH,
                                mean,
                                deviation),
                        Classification.numbered(Catalogue.entry(network.name()).defaultClasses()),
                        List.of(),
                        List.of(),
                        new Provenance(network.name(), "none", "none", Map.of(), 1, "benchmark", Instant.now())),
                file);
        return file;
    }

    private static byte[] picture(Network network) {
        int height = 2 * network.input().size(1);
        int width = 2 * network.input().size(2);
        byte[] values = new byte[height * width * network.input().size(0)];
        new SplittableRandom(2).nextBytes(values);
        return PngWriter.bytes(new Pixels(height, width, network.input().size(0), values));
    }
}
