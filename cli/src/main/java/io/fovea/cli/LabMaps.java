package io.fovea.cli;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.evaluation.Verdict;
import io.fovea.job.TrainResult;
import io.fovea.job.VerdictWords;
import io.fovea.task.Measure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a lab tells whose networks answer with maps: a row for each, where its model lies, and which picture shows what it does.
 *
 * @param lab     its name
 * @param seed    of every random choice
 * @param sheet   the file among a run's that shows answers
 * @param remarks what a person must know of the data and of what was left out
 * @param models  what was trained
 */
record LabMaps(String lab, long seed, String sheet, List<String> remarks, List<Trained> models) {

    /** The file among a run's that shows the codes of a network that has any. */
    static final String CODES = "codes.png";

    /** Copies the lists. */
    LabMaps {
        remarks = List.copyOf(remarks);
        models = List.copyOf(models);
    }

    /**
     * A network that was trained, and on what.
     *
     * @param network its name
     * @param data    the name of the dataset
     * @param counts  how many pictures each split has
     * @param done    what came out
     */
    record Trained(String network, String data, Map<Split, Integer> counts, TrainResult done) {

        /** Of a dataset that may be closed afterwards. */
        static Trained of(String network, Dataset dataset, TrainResult done) {
            Map<Split, Integer> counts = new LinkedHashMap<>();
            for (Split split : Split.values()) counts.put(split, dataset.count(split));
            return new Trained(network, dataset.name(), counts, done);
        }
    }

    /** Prints it for people. */
    void print(Console console) {
        remarks.forEach(console::result);
        List<String> heads = new ArrayList<>(List.of("dataset", "network"));
        for (Measure measure : models.getFirst().done().verdict().measures()) heads.add(measure.name());
        heads.addAll(List.of("tested on", "seconds", "images/s"));
        TextTable table = new TextTable(heads.toArray(String[]::new));
        for (Trained model : models) table.row(row(model).toArray(String[]::new));
        table.lines().forEach(console::result);
        for (Trained model : models) {
            console.result("");
            console.result("Model     " + model.done().export().path());
            console.result("See it    " + sheet(model));
            codes(model).ifPresent(codes -> console.result("Codes     " + codes));
        }
        console.result("");
        console.result(String.format(Locale.ROOT, "Time      %.1f s since the start", JvmClock.secondsSinceStart()));
        console.result("");
        console.result("Try it:   " + Launched.command() + " predict "
                + models.getLast().done().export().path() + " PICTURE --out answer.png");
    }

    private static List<String> row(Trained model) {
        List<String> row = new ArrayList<>(List.of(model.data(), model.network()));
        Verdict verdict = model.done().verdict();
        for (Measure measure : verdict.measures()) {
            row.add(measure.words()
                    + measure.intervalWords().map(ends -> " (" + ends + ")").orElse(""));
        }
        row.add(String.format(Locale.ROOT, "%,d", verdict.count()));
        row.add(String.format(Locale.ROOT, "%.1f", seconds(model)));
        row.add(String.format(Locale.ROOT, "%,.0f", model.done().training().imagesPerSecond()));
        return row;
    }

    private static double seconds(Trained model) {
        return model.done().trainingSeconds() + model.done().evaluationSeconds();
    }

    private Path sheet(Trained model) {
        return model.done().runFolder().resolve(sheet);
    }

    private static Optional<Path> codes(Trained model) {
        return Optional.of(model.done().runFolder().resolve(CODES)).filter(Files::exists);
    }

    /** Returns it for programs. */
    Map<String, Object> asJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("lab", lab);
        json.put("seed", seed);
        json.put("remarks", remarks);
        json.put("models", models.stream().map(this::asJson).toList());
        json.put("seconds", Map.of("total", JvmClock.rounded(JvmClock.secondsSinceStart())));
        return json;
    }

    private Map<String, Object> asJson(Trained model) {
        TrainResult done = model.done();
        Map<String, Object> seconds = new LinkedHashMap<>();
        seconds.put("training", JvmClock.rounded(done.trainingSeconds()));
        seconds.put("evaluation", JvmClock.rounded(done.evaluationSeconds()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data", model.data());
        json.put("network", model.network());
        json.put("parameters", done.parameters());
        json.put("epochs", done.training().epochs());
        json.put("trainImages", model.counts().get(Split.TRAINING));
        json.put("validationImages", model.counts().get(Split.VALIDATION));
        json.put("testImages", model.counts().get(Split.TEST));
        VerdictWords.put(done.verdict(), "test", json);
        json.put("weightsEpoch", done.training().weightsEpoch());
        json.put("seconds", seconds);
        json.put("imagesPerSecond", Math.round(done.training().imagesPerSecond()));
        json.put("bundle", done.export().path().toString());
        json.put("parityMaxAbsDifference", done.export().parityMaxAbsDifference());
        json.put("sheet", sheet(model).toString());
        codes(model).ifPresent(codes -> json.put("codes", codes.toString()));
        json.put("run", done.runFolder().toString());
        json.put("remarks", done.remarks());
        return json;
    }
}
