package io.fovea.training;

import io.fovea.batch.Batch;
import io.fovea.image.Target;
import io.fovea.optimize.Targets;
import java.util.List;

/**
 * What the outputs of a run's network should be: the label's logit largest, or numbers.
 *
 * @param targets the numbers; empty in a classification
 */
record Goal(List<Target> targets) {

    Goal {
        targets = List.copyOf(targets);
    }

    boolean isRegression() {
        return !targets.isEmpty();
    }

    /** Returns what a batch's outputs should be; shares the batch's arrays. */
    Targets of(Batch batch) {
        if (isRegression()) return new Targets.Values(batch.targets());
        if (batch.shares().length == 0) return new Targets.Labels(batch.labels());
        return new Targets.MixedLabels(batch.labels(), batch.secondLabels(), batch.shares());
    }

    /** Returns the sum over pictures of the mean |value − true value| of a picture's targets, in their own units; 0 in a classification. */
    double errorSum(float[] outputs, Targets wanted, int size) {
        if (!(wanted instanceof Targets.Values(float[] values))) return 0;
        int width = targets.size();
        double sum = 0;
        for (int t = 0; t < width; t++) {
            double scale = targets.get(t).scale();
            for (int n = 0; n < size; n++) sum += scale * Math.abs(outputs[n * width + t] - values[n * width + t]);
        }
        return sum / width;
    }
}
