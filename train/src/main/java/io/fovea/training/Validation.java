package io.fovea.training;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Targets;

/** How good outputs [N, K] are for the validation pictures. */
final class Validation {

    private Validation() {}

    /** A classification is judged by plain cross-entropy, so that runs with other smoothing or weights compare; a regression by its own loss. */
    static Tally of(float[] outputs, Dataset dataset, Goal goal, Loss loss) {
        int count = dataset.count(Split.VALIDATION);
        Loss judge = goal.isRegression() ? loss : new Loss.CrossEntropy(0);
        Targets wanted = wanted(dataset, goal);
        Loss.Result result = judge.of(outputs, wanted, count, outputs.length / count, new float[outputs.length]);
        return new Tally(count, result.mean() * count, result.correct(), goal.errorSum(outputs, wanted, count), 0);
    }

    private static Targets wanted(Dataset dataset, Goal goal) {
        int count = dataset.count(Split.VALIDATION);
        if (goal.isRegression()) {
            int width = goal.targets().size();
            float[] values = new float[count * width];
            for (int i = 0; i < count; i++) dataset.copyTargets(Split.VALIDATION, i, values, i * width);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) goal.targets().get(i % width).output(values[i]);
            }
            return new Targets.Values(values);
        }
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) labels[i] = dataset.label(Split.VALIDATION, i);
        return new Targets.Labels(labels);
    }
}
