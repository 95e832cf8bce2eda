package io.fovea.export;

import io.fovea.batch.Batch;
import io.fovea.batch.BatchLoader;
import io.fovea.bundle.Bundle;
import io.fovea.bundle.Manifest;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.evaluation.Evaluation;
import io.fovea.evaluation.PairedComparison;
import io.fovea.evaluation.Verdict;
import io.fovea.learning.Judge;
import io.fovea.learning.Learning;
import io.fovea.predict.Model;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Tensor;
import io.fovea.predict.Verification;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * Two model files of the same task, classes and preprocessing on the same pictures, as {@link BundleEvaluation} judges one.
 *
 * @param first  how good the first is
 * @param second how good the second is
 * @param paired which of them is right on which pictures; empty where answers are not right or wrong
 */
public record BundleComparison(Verdict first, Verdict second, Optional<PairedComparison> paired) {

    /** Hears the results of both for a picture. */
    @FunctionalInterface
    public interface Results {

        /** Both results, flat; the arrays are theirs who hear. */
        void heard(float[] first, float[] second);
    }

    /**
     * Judges both.
     *
     * @param again    names the command that prepares a dataset's pictures otherwise, for advice
     * @param results  hears what both give for each picture
     * @param progress hears how many pictures are judged
     * @throws io.fovea.problem.Problem as {@link BundleEvaluation#of}
     */
    public static BundleComparison of(
            Bundle first,
            Bundle second,
            Dataset stored,
            Split split,
            Function<Preparation, String> again,
            Results results,
            IntConsumer progress) {
        Manifest manifest = first.manifest();
        Judge firstJudge = BundleEvaluation.judge(manifest, stored, split, again);
        Judge secondJudge = BundleEvaluation.judge(manifest, stored, split, again);
        Dataset dataset = BundleEvaluation.judged(manifest, stored);
        Learning learning = BundleEvaluation.learning(manifest);
        int width = manifest.result().count();
        boolean[] firstRight = new boolean[dataset.count(split)];
        boolean[] secondRight = new boolean[dataset.count(split)];
        PredictionOptions options = PredictionOptions.DEFAULT
                .withThreads(Runtime.getRuntime().availableProcessors())
                .withVerification(Verification.SKIP);
        try (Model firstModel = Model.of(first, options);
                Model secondModel = Model.of(second, options);
                BatchLoader loader =
                        new BatchLoader(dataset, split, learning.evaluation(BundleEvaluation.BATCH_SIZE, 1))) {
            loader.start(0, 0);
            int done = 0;
            for (Optional<Batch> next = loader.next(); next.isPresent(); next = loader.next()) {
                Batch batch = next.get();
                Tensor input = BundleEvaluation.input(batch, manifest.preprocessing());
                float[] firstResults = results(firstModel, input);
                float[] secondResults = results(secondModel, input);
                for (int n = 0; n < batch.size(); n++) {
                    firstJudge.add(firstResults, n * width);
                    secondJudge.add(secondResults, n * width);
                    float[] firstResult = Arrays.copyOfRange(firstResults, n * width, (n + 1) * width);
                    float[] secondResult = Arrays.copyOfRange(secondResults, n * width, (n + 1) * width);
                    if (batch.labels().length > n) {
                        firstRight[done + n] = largest(firstResult) == batch.labels()[n];
                        secondRight[done + n] = largest(secondResult) == batch.labels()[n];
                    }
                    results.heard(firstResult, secondResult);
                }
                done += batch.size();
                progress.accept(done);
            }
        }
        Verdict verdict = firstJudge.verdict();
        Optional<PairedComparison> paired = verdict instanceof Evaluation
                ? Optional.of(PairedComparison.of(firstRight, secondRight))
                : Optional.empty();
        return new BundleComparison(verdict, secondJudge.verdict(), paired);
    }

    private static float[] results(Model model, Tensor input) {
        String result = model.manifest().task().result();
        return model.run(Map.of("input", input), List.of(result)).get(result).floats();
    }

    private static int largest(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
        return best;
    }
}
