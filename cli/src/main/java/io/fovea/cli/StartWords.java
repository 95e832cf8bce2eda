package io.fovea.cli;

import io.fovea.training.StartComparison;
import io.fovea.training.ValidationResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether fine-tuning was worth it: the weights it began with beside the best epoch, in words and as JSON. */
final class StartWords {

    private StartWords() {}

    static List<String> lines(StartComparison comparison) {
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

    static Map<String, Object> asJson(StartComparison comparison) {
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
                    measure(epoch) + "Difference",
                    epoch.measure() - comparison.start().measure());
        });
        return json;
    }

    private static void put(ValidationResult result, Map<String, Object> json) {
        json.put("validationLoss", result.loss());
        String measure = measure(result);
        json.put(
                "validation" + measure.substring(0, 1).toUpperCase(Locale.ROOT) + measure.substring(1),
                result.measure());
    }

    private static String measure(ValidationResult result) {
        return result.accuracy().isPresent() ? "accuracy" : "error";
    }

    private static String words(ValidationResult result) {
        String loss = String.format(Locale.ROOT, "loss %.4f, ", result.loss());
        return result.accuracy().isPresent()
                ? loss + String.format(Locale.ROOT, "accuracy %.2f %%", 100 * result.measure())
                : loss + String.format(Locale.ROOT, "error %.4g", result.measure());
    }

    private static String difference(ValidationResult start, ValidationResult epoch) {
        String loss = String.format(Locale.ROOT, "loss %+.4f, ", epoch.loss() - start.loss());
        double change = epoch.measure() - start.measure();
        return epoch.accuracy().isPresent()
                ? loss + String.format(Locale.ROOT, "accuracy %+.2f points", 100 * change)
                : loss + String.format(Locale.ROOT, "error %+.4g", change);
    }
}
