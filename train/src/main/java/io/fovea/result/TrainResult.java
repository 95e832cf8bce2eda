package io.fovea.result;

import io.fovea.dataset.Split;
import io.fovea.evaluation.Verdict;
import io.fovea.export.ExportReport;
import io.fovea.training.TrainingResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network that was trained, judged and written as a model.
 *
 * @param data              the dataset's name
 * @param parameters        P
 * @param trainedParameters of these, those that learned
 * @param training          what the training left
 * @param split             that the model was judged on
 * @param verdict           on that split
 * @param export            the bundle
 * @param runFolder         the run's files
 * @param trainingSeconds   of this process
 * @param evaluationSeconds judging and writing
 * @param seed              of every random choice
 * @param pictures          how many each split has
 * @param remarks           what a person should know: what was settled where nothing was chosen, what was done otherwise than the settings say
 */
public record TrainResult(
        String data,
        long parameters,
        long trainedParameters,
        TrainingResult training,
        Split split,
        Verdict verdict,
        ExportReport export,
        Path runFolder,
        double trainingSeconds,
        double evaluationSeconds,
        long seed,
        Map<Split, Integer> pictures,
        List<String> remarks)
        implements JobResult {

    /** Copies. */
    public TrainResult {
        pictures = Map.copyOf(pictures);
        remarks = List.copyOf(remarks);
    }

    @Override
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data", data);
        json.put("network", training.network().name());
        json.put("parameters", parameters);
        json.put("trainedParameters", trainedParameters);
        json.put("epochs", training.epochs());
        json.put("outcome", DataJson.word(training.outcome()));
        json.put("split", DataJson.word(split));
        VerdictWords.put(verdict, "", json);
        json.put("weightsEpoch", training.weightsEpoch());
        training.start().ifPresent(start -> json.put("start", StartWords.asJson(start)));
        json.put("trainingSeconds", trainingSeconds);
        json.put("evaluationSeconds", evaluationSeconds);
        json.put("imagesPerSecond", Math.round(training.imagesPerSecond()));
        json.put("bundle", export.path().toString());
        json.put("parityMaxAbsDifference", export.parityMaxAbsDifference());
        FamiliarityWords.describe(export.familiarity(), json);
        json.put("run", runFolder.toString());
        json.put("seed", seed);
        json.put("remarks", remarks);
        return json;
    }
}
