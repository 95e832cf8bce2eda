package io.fovea.lab;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.result.DataJson;
import io.fovea.result.TrainResult;
import io.fovea.result.VerdictWords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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
public record MapResult(String lab, long seed, String sheet, List<String> remarks, List<Trained> models)
        implements LabResult {

    /** The file among a run's that shows the codes of a network that has any. */
    static final String CODES = "codes.png";

    /** Copies the lists. */
    public MapResult {
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
    public record Trained(String network, String data, Map<Split, Integer> counts, TrainResult done) {

        /** Of a dataset that may be closed afterwards. */
        static Trained of(String network, Dataset dataset, TrainResult done) {
            Map<Split, Integer> counts = new LinkedHashMap<>();
            for (Split split : Split.values()) counts.put(split, dataset.count(split));
            return new Trained(network, dataset.name(), counts, done);
        }

        /** Returns how long it took. */
        public double seconds() {
            return done.trainingSeconds() + done.evaluationSeconds();
        }
    }

    /** Returns the file that shows answers of a model. */
    public Path sheet(Trained model) {
        return model.done().runFolder().resolve(sheet);
    }

    /** Returns the picture of a model's codes, if it has any. */
    public Optional<Path> codes(Trained model) {
        return Optional.of(model.done().runFolder().resolve(CODES)).filter(Files::exists);
    }

    @Override
    public Map<String, Object> json(double totalSeconds) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("lab", lab);
        json.put("seed", seed);
        json.put("remarks", remarks);
        json.put("models", models.stream().map(this::json).toList());
        json.put("seconds", Map.of("total", DataJson.seconds(totalSeconds)));
        return json;
    }

    private Map<String, Object> json(Trained model) {
        TrainResult done = model.done();
        Map<String, Object> seconds = new LinkedHashMap<>();
        seconds.put("training", DataJson.seconds(done.trainingSeconds()));
        seconds.put("evaluation", DataJson.seconds(done.evaluationSeconds()));
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
