package io.fovea.result;

import io.fovea.dataset.Split;
import io.fovea.evaluation.Verdict;
import io.fovea.export.ExportReport;
import io.fovea.network.Inference;
import io.fovea.pretrained.Pretrained;
import io.fovea.transfer.Backbone;
import io.fovea.transfer.FeatureTransfer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A head that was trained on features and became a model with its backbone.
 *
 * @param data              the dataset's name
 * @param outcome           backbone and head
 * @param trainedParameters those of the head; 0 for one that keeps pictures instead
 * @param settings          what was chosen
 * @param split             that the model was judged on
 * @param verdict           on that split
 * @param export            the bundle
 * @param runFolder         the run's files
 * @param evaluationSeconds judging and writing
 * @param pictures          how many each split has
 * @param remarks           what a person should know
 */
public record FeatureResult(
        String data,
        FeatureTransfer.Outcome outcome,
        long trainedParameters,
        FeatureTransfer.Settings settings,
        Split split,
        Verdict verdict,
        ExportReport export,
        Path runFolder,
        double evaluationSeconds,
        Map<Split, Integer> pictures,
        List<String> remarks)
        implements JobResult {

    /** Copies. */
    public FeatureResult {
        pictures = Map.copyOf(pictures);
        remarks = List.copyOf(remarks);
    }

    @Override
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data", data);
        put("", json);
        json.put("remarks", remarks);
        return json;
    }

    /** Adds the outcome to an object of JSON; {@code prefix} is put before the names of figures. */
    public void put(String prefix, Map<String, Object> json) {
        json.put("network", outcome.network().name());
        json.put("parameters", Inference.of(outcome.network()).parameters());
        json.put("trainedParameters", trainedParameters);
        json.put("copies", settings.copies());
        json.put("picturesThroughBackbone", outcome.pictures());
        json.put("split", DataJson.word(split));
        VerdictWords.put(verdict, prefix, json);
        json.put("featureSeconds", DataJson.seconds(outcome.featureSeconds()));
        json.put("headSeconds", DataJson.seconds(outcome.headSeconds()));
        json.put("bundle", export.path().toString());
        json.put("parityMaxAbsDifference", export.parityMaxAbsDifference());
        FamiliarityWords.describe(export.familiarity(), json);
        json.put("run", runFolder.toString());
        json.put("seed", settings.seed());
    }

    /** Says what a backbone has seen. */
    public static String words(Pretrained pretrained, Backbone backbone, FeatureTransfer.Outcome outcome) {
        return outcome.pictures() == 0
                ? "All features were there already."
                : String.format(
                        Locale.ROOT,
                        "%s has seen %,d pictures in %.1f s; its %,d features of each are kept.",
                        pretrained.name(),
                        outcome.pictures(),
                        outcome.featureSeconds(),
                        backbone.features());
    }
}
