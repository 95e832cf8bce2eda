package io.fovea.cli;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.job.FamiliarityWords;
import io.fovea.job.TrainResult;
import io.fovea.job.VerdictWords;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a lab that trains a network tells at its end.
 *
 * @param lab            its name
 * @param network        what was trained
 * @param dataset        what it learned and was tested on
 * @param datasetSeconds until the dataset was ready
 * @param seed           of every random choice
 * @param done           what came out
 * @param example        a picture to try the model on, if there is one
 */
record LabReport(
        String lab,
        String network,
        Dataset dataset,
        double datasetSeconds,
        long seed,
        TrainResult done,
        Optional<Path> example) {

    /** Prints it for people. */
    void print(Console console) {
        console.result(VerdictWords.ofChosenEpoch(done.verdict(), done.split()));
        console.result(FamiliarityWords.line(done.export().familiarity()));
        console.result("Model     " + done.export().path());
        console.result("Run       " + done.runFolder());
        console.result(String.format(
                Locale.ROOT,
                "Time      %.1f s since the start, %.1f s of them training at %,.0f images/s",
                JvmClock.secondsSinceStart(),
                done.trainingSeconds(),
                done.training().imagesPerSecond()));
        console.result("");
        console.result("Try it:   " + Launched.command() + " predict "
                + done.export().path() + " " + example.map(Path::toString).orElse("PICTURE"));
    }

    /** Returns it for programs. */
    Map<String, Object> asJson() {
        Map<String, Object> seconds = new LinkedHashMap<>();
        seconds.put("total", JvmClock.rounded(JvmClock.secondsSinceStart()));
        seconds.put("dataset", JvmClock.rounded(datasetSeconds));
        seconds.put("training", JvmClock.rounded(done.trainingSeconds()));
        seconds.put("evaluation", JvmClock.rounded(done.evaluationSeconds()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("lab", lab);
        json.put("network", network);
        json.put("parameters", done.parameters());
        json.put("epochs", done.training().epochs());
        json.put("trainImages", dataset.count(Split.TRAINING));
        json.put("testImages", dataset.count(Split.TEST));
        VerdictWords.put(done.verdict(), "test", json);
        json.put("seconds", seconds);
        json.put("imagesPerSecond", Math.round(done.training().imagesPerSecond()));
        json.put("bundle", done.export().path().toString());
        json.put("parityMaxAbsDifference", done.export().parityMaxAbsDifference());
        FamiliarityWords.describe(done.export().familiarity(), json);
        json.put("seed", seed);
        json.put("remarks", done.remarks());
        return json;
    }
}
