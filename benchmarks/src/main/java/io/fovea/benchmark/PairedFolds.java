package io.fovea.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * Two models judged on the same pictures of all folds of a set.
 *
 * @param first  for each fold a digit for every picture, 1 if the first model is right
 * @param second likewise, in the same order
 */
record PairedFolds(List<String> first, List<String> second) {

    /** Checks that both tell of the same pictures. */
    PairedFolds {
        first = List.copyOf(first);
        second = List.copyOf(second);
        if (!first.stream()
                .map(String::length)
                .toList()
                .equals(second.stream().map(String::length).toList())) {
            throw new IllegalArgumentException("The models were judged on different numbers of pictures");
        }
    }

    /**
     * A mean with half the width of its 95 % interval.
     *
     * @param mean      of the second model's accuracy less the first's
     * @param halfWidth beside it
     */
    record Difference(double mean, double halfWidth) {}

    /** Returns the share of pictures that the first has right. */
    double before() {
        return (double) (both('1', '1') + lost()) / pictures();
    }

    /** Returns the share that the second has right. */
    double after() {
        return (double) (both('1', '1') + gained()) / pictures();
    }

    /** Returns how many only the second has right. */
    int gained() {
        return both('0', '1');
    }

    /** Returns how many only the first has right. */
    int lost() {
        return both('1', '0');
    }

    /**
     * Returns the probability, if both were equally good, of a difference at least as large: the exact two-sided test of McNemar 1947, binomial with 1/2 over the
     * pictures that only one has right.
     */
    double probability() {
        int pictures = gained() + lost();
        int fewer = Math.min(gained(), lost());
        double term = Math.pow(0.5, pictures);
        double sum = 0;
        for (int k = 0; k <= fewer; k++) {
            sum += term;
            term *= (double) (pictures - k) / (k + 1);
        }
        return Math.min(1, 2 * sum);
    }

    /**
     * Returns the mean difference over folds and seeds with its interval by the corrected resampled t-test: the variance of the mean is
     * s²·(1/J + test/training), as the folds' training pictures overlap.
     *
     * <p>Source: Nadeau and Bengio 2003, "Inference for the generalization error", Machine Learning 52, section 3. The quantile of Student's t is
     * that of 14 degrees of freedom, for five folds and three seeds; for others it is near.
     */
    static Difference difference(List<PairedFolds> seeds) {
        List<Double> differences = new ArrayList<>();
        int folds = seeds.getFirst().first.size();
        for (PairedFolds seed : seeds) {
            for (int fold = 0; fold < folds; fold++) {
                differences.add(share(seed.second.get(fold)) - share(seed.first.get(fold)));
            }
        }
        double mean =
                differences.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double squares = differences.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        double variance = squares / (differences.size() - 1) * (1.0 / differences.size() + 1.0 / (folds - 1));
        return new Difference(mean, 2.145 * Math.sqrt(variance));
    }

    private static double share(String digits) {
        return (double) digits.chars().filter(digit -> digit == '1').count() / digits.length();
    }

    private int pictures() {
        return first.stream().mapToInt(String::length).sum();
    }

    private int both(char one, char other) {
        int count = 0;
        for (int fold = 0; fold < first.size(); fold++) {
            for (int i = 0; i < first.get(fold).length(); i++) {
                if (first.get(fold).charAt(i) == one && second.get(fold).charAt(i) == other) count++;
            }
        }
        return count;
    }
}
