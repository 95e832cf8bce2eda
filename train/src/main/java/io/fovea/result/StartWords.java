package io.fovea.result;

import io.fovea.training.StartComparison;
import io.fovea.training.ValidationResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether fine-tuning was worth it: the weights it began with beside the best epoch, in words and as JSON. */
public final class StartWords {

    private StartWords() {}

    public static List<String> lines(StartComparison comparison) {
        List<String> lines = new ArrayList<>();
        Optional<ValidationResult> best = comparison.best();
        if (comparison.keepsStart()) {
            lines.add("No epoch was better than the head it began with, which is kept: validation "
                    + words(comparison.start()) + ".");
            best.ifPresent(epoch -> lines.add("  Epoch " + epoch.epoch() + ", the best, reached " + words(epoch) + ": "
                    + difference(comparison.start(), epoch) + "."));
        } else {
            best.ifPresent(epoch -> lines.add("Epoch " + epoch.epoch()
                    + " is kept, better than the head it began with: validation " + words(epoch) + " after "
                    + words(comparison.start()) + ": " + difference(comparison.start(), epoch) + "."));
        }
        return lines;
    }

    public static Map<String, Object> asJson(StartComparison comparison) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kept", comparison.keepsStart());
        put(comparison.start(), json);
        comparison.best().ifPresent(epoch -> {
            Map<String, Object> best = new LinkedHashMap<>();
            best.put("epoch", epoch.epoch());
            put(epoch, best);
            json.put("bestEpoch", best);
            json.put("lossDifference", epoch.loss() - comparison.start().loss());
            json.put(
                    epoch.measure().name() + "Difference",
                    epoch.measure().value() - comparison.start().measure().value());
        });
        return json;
    }

    private static void put(ValidationResult result, Map<String, Object> json) {
        json.put("validationLoss", result.loss());
        String measure = result.measure().name();
        json.put(
                "validation" + measure.substring(0, 1).toUpperCase(Locale.ROOT) + measure.substring(1),
                result.measure().value());
    }

    private static String words(ValidationResult result) {
        return String.format(Locale.ROOT, "loss %.4f, ", result.loss()) + MeasureWords.named(result.measure());
    }

    private static String difference(ValidationResult start, ValidationResult epoch) {
        String loss = String.format(Locale.ROOT, "loss %+.4f, ", epoch.loss() - start.loss());
        return loss + epoch.measure().name() + " "
                + MeasureWords.difference(epoch.measure(), start.measure().value());
    }
}
