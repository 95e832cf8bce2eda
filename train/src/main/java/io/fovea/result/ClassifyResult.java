package io.fovea.result;

import io.fovea.task.Proportion;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * What classifiers said about many pictures.
 *
 * @param pictures  how many there were
 * @param problems  of these, those without an answer
 * @param accuracy  by the model's name: the share of right answers, of pictures whose truth is known; 0 of 0 where none is
 * @param agreement the share of answered pictures of which all models say the same
 * @param table     a line for each picture
 */
public record ClassifyResult(
        long pictures, long problems, Map<String, Proportion> accuracy, Proportion agreement, Path table)
        implements JobResult {

    /** Copies, in the same order. */
    public ClassifyResult {
        accuracy = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(accuracy));
    }

    /** Takes the accuracy of each model. */
    public static ClassifyResult of(
            List<String> models,
            long pictures,
            long problems,
            IntFunction<Proportion> accuracy,
            Proportion agreement,
            Path table) {
        Map<String, Proportion> shares = new LinkedHashMap<>();
        for (int m = 0; m < models.size(); m++) shares.put(models.get(m), accuracy.apply(m));
        return new ClassifyResult(pictures, problems, shares, agreement, table);
    }

    @Override
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pictures", pictures);
        json.put("problems", problems);
        json.put("models", List.copyOf(accuracy.keySet()));
        Map<String, Object> known = new LinkedHashMap<>();
        accuracy.forEach((model, share) -> {
            if (share.count() > 0) known.put(model, share.value());
        });
        json.put("accuracy", known);
        json.put("agreement", agreement.value());
        json.put("table", table.toString());
        return json;
    }

    /** Returns lines for people. */
    List<String> lines() {
        java.util.ArrayList<String> lines = new java.util.ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%,d pictures, %,d of them without an answer", pictures, problems));
        accuracy.forEach((model, share) -> lines.add(
                share.count() == 0
                        ? model + ": the truth is not known"
                        : String.format(
                                Locale.ROOT,
                                "%s: %.2f %% right (%,d of %,d whose truth is known)",
                                model,
                                100 * share.value(),
                                share.hits(),
                                share.count())));
        if (accuracy.size() > 1)
            lines.add(String.format(Locale.ROOT, "All say the same of %.2f %%", 100 * agreement.value()));
        lines.add("Table     " + table);
        return lines;
    }
}
