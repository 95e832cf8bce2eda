package io.fovea.result;

import io.fovea.dataset.Split;
import io.fovea.evaluation.Verdict;
import io.fovea.export.ExportReport;
import io.fovea.hybrid.HybridOutcome;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A hybrid that was made, judged and written as a model.
 *
 * @param data              the dataset's name
 * @param outcome           the hybrid
 * @param split             that the model was judged on
 * @param verdict           on that split
 * @param export            the bundle
 * @param runFolder         the judgement's files
 * @param evaluationSeconds judging and writing
 * @param seed              of every random choice
 */
public record HybridResult(
        String data,
        HybridOutcome outcome,
        Split split,
        Verdict verdict,
        ExportReport export,
        Path runFolder,
        double evaluationSeconds,
        long seed)
        implements JobResult {

    @Override
    public Map<String, Object> json() {
        return json(outcome.seconds().total() + evaluationSeconds);
    }

    /** Returns the same with the time as whoever waited counts it, in seconds. */
    public Map<String, Object> json(double totalSeconds) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data", data);
        VerdictWords.put(verdict, "test", json);
        json.put("split", DataJson.word(split));
        json.put("engineBytes", export.networkBytes());
        json.put("weightsBytes", outcome.weightsBytes());
        json.put("bundleBytes", export.bytes());
        json.put("referenceCount", outcome.referenceCount());
        json.put("k", outcome.form().k());
        json.put("dimensions", outcome.form().dimensions());
        json.put("kernelBits", outcome.form().kernelBits());
        json.put("projectionBits", outcome.form().projectionBits());
        json.put("generations", outcome.generations());
        json.put("evaluations", outcome.evaluations());
        Map<String, Object> validation = new LinkedHashMap<>();
        validation.put("pictures", outcome.validation().pictures());
        validation.put("accuracyWithoutEvolution", outcome.validation().start());
        validation.put("accuracy", outcome.validation().evolved());
        validation.put("pValue", outcome.validation().paired().pValue());
        validation.put("kept", DataJson.word(outcome.validation().kept()));
        json.put("validation", validation);
        Map<String, Object> seconds = new LinkedHashMap<>();
        seconds.put("total", DataJson.seconds(totalSeconds));
        seconds.put("head", DataJson.seconds(outcome.seconds().head()));
        seconds.put("search", DataJson.seconds(outcome.seconds().search()));
        seconds.put("evaluation", DataJson.seconds(outcome.seconds().evaluation() + evaluationSeconds));
        json.put("seconds", seconds);
        json.put("bundle", export.path().toString());
        json.put("parityMaxAbsDifference", export.parityMaxAbsDifference());
        json.put("run", runFolder.toString());
        json.put("seed", seed);
        return json;
    }
}
