package io.fovea.result;

import java.util.Map;

/** What came out of a job; {@code result.json} is its {@link #json}. */
public sealed interface JobResult
        permits ImportResult,
                ImportWeightsResult,
                TrainResult,
                FeatureResult,
                FoldsResult,
                LearningRateResult,
                TuneResult,
                HybridResult,
                AddClassResult,
                EvaluateResult,
                ClassifyResult,
                ExportResult,
                Int8Result,
                LadderResult,
                ExportModelResult,
                AdoptResult,
                RecipeResult {

    /** Returns its figures and files for programs. */
    Map<String, Object> json();
}
