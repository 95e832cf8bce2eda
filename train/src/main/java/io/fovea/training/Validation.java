package io.fovea.training;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.module.TrainableModule;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Targets;

/** How good a module's weights are on the validation pictures. */
final class Validation {

    private Validation() {}

    /** A classification is judged by plain cross-entropy, so that runs with other smoothing or weights compare; a regression by its own loss. */
    static Tally of(TrainableModule module, Dataset dataset, Goal goal, Loss loss) {
        int count = dataset.count(Split.VALIDATION);
        float[] outputs = Scoring.logits(module, dataset, Split.VALIDATION);
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) labels[i] = dataset.label(Split.VALIDATION, i);
        Targets wanted = new Targets.Labels(labels);
        Loss.Result result =
                new Loss.CrossEntropy(0).of(outputs, wanted, count, module.outputs(), new float[outputs.length]);
        return new Tally(count, result.mean() * count, result.correct(), goal.errorSum(outputs, wanted, count), 0);
    }
}
