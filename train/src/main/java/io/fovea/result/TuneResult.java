package io.fovea.result;

import io.fovea.training.Trainer;
import io.fovea.trial.TrialResult;
import io.fovea.trial.Tuning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Trials and how they compare on the validation pictures.
 *
 * @param data    the dataset's name
 * @param network as it was named
 * @param layers  the network's own name
 * @param trials  the best first
 * @param runs    the folder of all trials' runs
 * @param seed    of every random choice
 */
public record TuneResult(String data, String network, String layers, List<TrialResult> trials, Path runs, long seed)
        implements JobResult {

    /** Copies. */
    public TuneResult {
        trials = List.copyOf(trials);
    }

    /** Returns the table of all trials. */
    public Path table() {
        return runs.resolve("trials.csv");
    }

    /** Returns the settings of the best trial. */
    public Path bestSettings() {
        return runs.resolve("best-settings.yaml");
    }

    @Override
    public Map<String, Object> json() {
        List<Map<String, Object>> told = new ArrayList<>();
        for (TrialResult result : trials) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("trial", result.trial().number());
            each.put("tried", result.trial().choices());
            each.put("state", DataJson.word(result.state()));
            each.put("epochs", result.epochs());
            each.put("remarks", Trainer.remarks(Tuning.run(runs, result.trial())));
            result.validation().ifPresent(best -> {
                String measure = best.measure().name();
                each.put("bestEpoch", best.epoch());
                each.put("validationLoss", best.loss());
                each.put(
                        "validation" + measure.substring(0, 1).toUpperCase(Locale.ROOT) + measure.substring(1),
                        best.measure().value());
            });
            told.add(each);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data", data);
        json.put("network", layers);
        json.put("trials", told);
        json.put("bestSettings", bestSettings().toString());
        json.put("run", runs.toString());
        json.put("seed", seed);
        return json;
    }
}
