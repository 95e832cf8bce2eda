package io.fovea.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.bundle.Bundle;
import io.fovea.export.PretrainedModel;
import io.fovea.export.WeightsEntry;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.predict.Model;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Tensor;
import io.fovea.predict.Verification;
import io.fovea.pretrained.Pretrained;
import io.fovea.pretrained.UsualPreprocessing;
import io.fovea.pretrained.WeightImport;
import io.fovea.quantize.CalibrationPictures;
import io.fovea.quantize.OutputDifference;
import io.fovea.quantize.Quantization;
import io.fovea.quantize.Quantizer;
import io.fovea.quantize.WeightRange;
import io.fovea.shrink.Int8Model;
import io.fovea.task.Classification;
import io.fovea.task.Task;
import io.fovea.weights.ChannelOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A network of ImageNet in whole numbers, calibrated on photographs of cats, dogs, ants and bees, beside the one in floats. */
final class Int8Photographs {

    private static final int CALIBRATION = 128;
    private static final int RUNS = 40;
    private static final int TURNS = 5;

    private final String network;
    private final WeightRange weightRange;
    private final Path folder;

    Int8Photographs(String network, WeightRange weightRange, Path folder) {
        this.network = network;
        this.weightRange = weightRange;
        this.folder = folder;
    }

    /** Returns all that was measured. */
    ObjectNode measure() throws IOException {
        Path weights = Repository.data("pretrained-imagenet")
                .resolve("pretrained-imagenet")
                .resolve(
                        network.startsWith("mobilenet")
                                ? "mobilenet_v2/mobilenet_v2.bnfolded.f32.safetensors"
                                : "resnet18/resnet18.f16.safetensors");
        Pretrained pretrained = WeightImport.of(
                        weights,
                        new WeightImport.Settings(
                                network,
                                network,
                                UsualPreprocessing.of(Catalogue.entry(network)),
                                ChannelOrder.RGB,
                                List.of(),
                                weights.toString(),
                                ""))
                .pretrained();
        List<String> names =
                IntStream.range(0, 1000).mapToObj(Integer::toString).toList();
        PretrainedModel made = new PretrainedModel(pretrained, names);
        Path file = folder.resolve(network + ".fovea");
        made.export(network, "benchmark", made.drawn(1), List.of(), WeightsEntry.LEFT_OUT, file);
        Bundle before = Bundle.open(file);
        Network layers =
                Catalogue.network(network, new Shape(3, 224, 224), 1000).forPrediction();
        Task task = new Classification(names);
        ObjectNode found = new ObjectMapper().createObjectNode();
        PredictionOptions one = PredictionOptions.DEFAULT.withThreads(1).withVerification(Verification.SKIP);
        PredictionOptions two = one.withThreads(Runtime.getRuntime().availableProcessors());
        try (Model floats = Model.of(before, one);
                Model floatsOfAll = Model.of(before, two)) {
            long start = System.nanoTime();
            Quantization quantization = Quantizer.quantize(
                    layers,
                    pretrained.weights(),
                    task,
                    calibration(floats),
                    weightRange,
                    OutputDifference.usualBound(task),
                    Map.of(),
                    (_, _) -> {},
                    Runtime.getRuntime().availableProcessors());
            found.put("secondsToQuantise", (System.nanoTime() - start) / 1e9);
            found.put("differenceHeldApart", quantization.difference());
            found.put("floatLayers", String.join(" ", quantization.floatLayers()));
            found.put("bytesBefore", before.onnx().length);
            found.put("bytes", quantization.onnx().length);
            Bundle after = Int8Model.bare(before, quantization.onnx(), network + "-int8");
            try (Model whole = Model.of(after, one);
                    Model wholeOfAll = Model.of(after, two)) {
                agreement(floats, whole, task, found);
                latency(floats, whole, found, "oneThread");
                latency(floatsOfAll, wholeOfAll, found, "allThreads");
                found.put("jpegsPerSecondBefore", jpegs(floatsOfAll));
                found.put("jpegsPerSecond", jpegs(wholeOfAll));
            }
        }
        return found;
    }

    private static List<Path> photographs(String set) throws IOException {
        try (Stream<Path> files = Files.walk(Repository.data(set).resolve(set))) {
            return files.filter(file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.jpe?g"))
                    .sorted()
                    .toList();
        }
    }

    private static CalibrationPictures calibration(Model model) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String set : List.of("cats-dogs", "hymenoptera")) {
            List<Path> training = new ArrayList<>(photographs(set));
            training.removeIf(file -> !file.toString().contains("/train/"));
            Collections.shuffle(training, new Random(1));
            files.addAll(training.subList(0, CALIBRATION / 2));
        }
        Collections.shuffle(files, new Random(2));
        List<float[]> pictures =
                files.stream().map(file -> model.prepare(file).floats()).toList();
        return new CalibrationPictures() {
            @Override
            public int count() {
                return pictures.size();
            }

            @Override
            public float[] picture(int index) {
                return pictures.get(index);
            }
        };
    }

    private static float[] logits(Model model, Tensor picture) {
        return model.run(Map.of("input", picture), List.of("logits"))
                .get("logits")
                .floats();
    }

    private static void agreement(Model floats, Model whole, Task task, ObjectNode found) throws IOException {
        OutputDifference difference = new OutputDifference(task, new Shape(1000));
        for (Path file : photographs("imagenet-samples")) {
            Tensor picture = floats.prepare(file);
            difference.add(logits(floats, picture), logits(whole, picture));
        }
        found.put("photographs", difference.pictures());
        found.put("sameTopClass", Math.round(difference.agreement() * difference.pictures()));
        found.put("meanDivergence", difference.value());
    }

    private static void latency(Model floats, Model whole, ObjectNode found, String name) throws IOException {
        Tensor picture = floats.prepare(photographs("imagenet-samples").getFirst());
        List<Double> before = new ArrayList<>();
        List<Double> after = new ArrayList<>();
        for (int run = 0; run < 2 * RUNS; run++) {
            for (int i = 0; i < TURNS; i++) {
                double first = millis(floats, picture);
                if (run >= RUNS) before.add(first);
            }
            for (int i = 0; i < TURNS; i++) {
                double second = millis(whole, picture);
                if (run >= RUNS) after.add(second);
            }
        }
        ObjectNode times = found.putObject(name);
        times.put("millisBefore", Median.of(before));
        times.put("millis", Median.of(after));
        times.put("speedUp", Median.of(before) / Median.of(after));
    }

    private static double millis(Model model, Tensor picture) {
        long start = System.nanoTime();
        logits(model, picture);
        return (System.nanoTime() - start) / 1e6;
    }

    /** Files of the photographs that {@code peers/pytorch/features.py} reads, one by one. */
    private static double jpegs(Model model) throws IOException {
        List<Path> files = photographs("cats-dogs");
        for (Path file : files.subList(0, 64)) logits(model, model.prepare(file));
        long start = System.nanoTime();
        for (Path file : files) logits(model, model.prepare(file));
        return files.size() / ((System.nanoTime() - start) / 1e9);
    }
}
