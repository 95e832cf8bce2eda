package io.fovea.trial;

import io.fovea.task.Measure;
import io.fovea.training.ValidationResult;
import java.util.List;
import java.util.Optional;

/**
 * What a k-fold cross-validation found.
 *
 * @param folds a result for each, in their order; at least 2
 */
public record FoldReport(List<ValidationResult> folds) {

    /** 97.5 % quantiles of Student's t for 1 … 30 degrees of freedom. */
    private static final double[] STUDENT = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    private static final double NORMAL = 1.960;

    /** Copies. */
    public FoldReport {
        folds = List.copyOf(folds);
        if (folds.size() < 2) throw new IllegalArgumentException("At least 2 folds are needed: " + folds.size());
    }

    /** Returns the mean of the folds' first measures, with its 95 % interval (see {@link #halfWidth}). */
    public Measure measure() {
        Measure like = folds.getFirst().measure();
        return new Measure(like.name(), mean(), Optional.empty(), like.unit(), like.better())
                .within(mean() - halfWidth(), mean() + halfWidth());
    }

    /** Returns the mean of the folds' accuracies or errors. */
    public double mean() {
        return folds.stream()
                .mapToDouble(fold -> fold.measure().value())
                .average()
                .orElseThrow();
    }

    /** Returns their standard deviation, with k − 1 in the divisor. */
    public double deviation() {
        double mean = mean();
        double sum = folds.stream()
                .mapToDouble(fold ->
                        (fold.measure().value() - mean) * (fold.measure().value() - mean))
                .sum();
        return Math.sqrt(sum / (folds.size() - 1));
    }

    /**
     * Returns half the width of the mean's 95 % interval: t · deviation / √k, with Student's t of k − 1 degrees of freedom.
     *
     * <p>The folds' training pictures overlap, so the true interval is somewhat wider. Source: Bengio and Grandvalet 2004, "No unbiased
     * estimator of the variance of k-fold cross-validation".
     */
    public double halfWidth() {
        int freedom = folds.size() - 1;
        double t = freedom <= STUDENT.length ? STUDENT[freedom - 1] : NORMAL;
        return t * deviation() / Math.sqrt(folds.size());
    }
}
