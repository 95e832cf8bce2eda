package io.fovea.lab;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.result.DataJson;
import io.fovea.result.FamiliarityWords;
import io.fovea.result.TrainResult;
import io.fovea.result.VerdictWords;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a lab that trains a network tells at its end.
 *
 * @param lab            its name
 * @param size           of digits that were trained on; empty for other pictures
 * @param data           the dataset's name
 * @param remarks        what a person must know of the pictures
 * @param network        what was trained
 * @param counts         how many pictures each split has
 * @param datasetSeconds until the dataset was ready
 * @param seed           of every random choice
 * @param done           what came out
 * @param example        a picture to try the model on, if there is one
 */
public record NetworkResult(
        String lab,
        Optional<DigitSize> size,
        String data,
        List<String> remarks,
        String network,
        Map<Split, Integer> counts,
        double datasetSeconds,
        long seed,
        TrainResult done,
        Optional<Path> example)
        implements LabResult {

    /** Copies. */
    public NetworkResult {
        remarks = List.copyOf(remarks);
        counts = Map.copyOf(counts);
    }

    /** Of a dataset that may be closed afterwards. */
    static NetworkResult of(
            String lab, String network, Dataset dataset, double datasetSeconds, long seed, TrainResult done) {
        Map<Split, Integer> counts = new EnumMap<>(Split.class);
        for (Split split : Split.values()) counts.put(split, dataset.count(split));
        return new NetworkResult(
                lab,
                Optional.empty(),
                dataset.name(),
                List.of(),
                network,
                counts,
                datasetSeconds,
                seed,
                done,
                Optional.empty());
    }

    /** Returns the same of digits. */
    NetworkResult of(DigitSize digits, List<String> said) {
        return new NetworkResult(
                lab, Optional.of(digits), data, said, network, counts, datasetSeconds, seed, done, example);
    }

    /** Returns the same with a picture to try the model on. */
    NetworkResult withExample(Path picture) {
        return new NetworkResult(
                lab, size, data, remarks, network, counts, datasetSeconds, seed, done, Optional.of(picture));
    }

    @Override
    public Map<String, Object> json(double totalSeconds) {
        Map<String, Object> seconds = new LinkedHashMap<>();
        seconds.put("total", DataJson.seconds(totalSeconds));
        seconds.put("dataset", DataJson.seconds(datasetSeconds));
        seconds.put("training", DataJson.seconds(done.trainingSeconds()));
        seconds.put("evaluation", DataJson.seconds(done.evaluationSeconds()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("lab", lab);
        size.ifPresent(digits -> {
            json.put("size", DataJson.word(digits));
            json.put("data", data);
            json.put("remarks", List.of()); // its place; filled below
        });
        json.put("network", network);
        json.put("parameters", done.parameters());
        json.put("epochs", done.training().epochs());
        json.put("trainImages", counts.get(Split.TRAINING));
        json.put("testImages", counts.get(Split.TEST));
        VerdictWords.put(done.verdict(), "test", json);
        json.put("seconds", seconds);
        json.put("imagesPerSecond", Math.round(done.training().imagesPerSecond()));
        json.put("bundle", done.export().path().toString());
        json.put("parityMaxAbsDifference", done.export().parityMaxAbsDifference());
        FamiliarityWords.describe(done.export().familiarity(), json);
        json.put("seed", seed);
        json.put(
                "remarks",
                Stream.concat(remarks.stream(), done.remarks().stream()).toList());
        return json;
    }
}
