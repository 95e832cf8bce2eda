package io.fovea.result;

import io.fovea.evaluation.Evaluation;
import io.fovea.export.ExportReport;
import io.fovea.pretrained.Pretrained;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pretrained weights that became a model of their own classes.
 *
 * @param weights    as they were named
 * @param pretrained the weights
 * @param export     the bundle
 * @param golden     how many golden pictures it has
 * @param data       the dataset that judged it and gave golden pictures; empty: they were drawn
 * @param evaluation on all pictures of the dataset
 * @param remarks    what a person should know
 */
public record ExportResult(
        String weights,
        Pretrained pretrained,
        ExportReport export,
        int golden,
        Optional<String> data,
        Optional<Evaluation> evaluation,
        List<String> remarks)
        implements JobResult {

    /** Pictures count as nearly right whose class is among so many. */
    public static final int TOP = 5;

    /** Copies. */
    public ExportResult {
        remarks = List.copyOf(remarks);
    }

    @Override
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("weights", weights);
        json.put("network", pretrained.network());
        json.put("classes", pretrained.outputs());
        json.put("goldenPictures", golden);
        json.put("goldenFrom", data.orElse("drawn"));
        evaluation.ifPresent(judged -> {
            json.put("pictures", judged.accuracy().count());
            json.put("right", judged.accuracy().hits());
            json.put("rightAmongFive", judged.topK(TOP).hits());
            json.put("accuracy", judged.accuracy().value());
        });
        json.put("bundle", export.path().toString());
        json.put("bytes", export.bytes());
        json.put("parityMaxAbsDifference", export.parityMaxAbsDifference());
        json.put("remarks", remarks);
        return json;
    }
}
