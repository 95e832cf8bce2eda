package io.fovea.evaluation;

/**
 * Pixels counted by true and predicted class, and the scores that follow. Immutable.
 *
 * <p>Formula: with hits t(k), pixels of class k p(k) and pixels taken for it q(k), the intersection over union is t / (p + q − t). Its mean
 * is over the classes that some pixel has or is taken for.
 *
 * <p>Source: Everingham et al. 2010, "The PASCAL Visual Object Classes Challenge", section 4.3.
 *
 * @param hits      [K] t
 * @param truth     [K] p
 * @param predicted [K] q
 */
record PixelCounts(long[] hits, long[] truth, long[] predicted) {

    /** Returns the intersection over union of a class; NaN if no pixel has it or is taken for it. */
    double intersectionOverUnion(int label) {
        long union = truth[label] + predicted[label] - hits[label];
        return union == 0 ? Double.NaN : (double) hits[label] / union;
    }

    /** Returns the mean over the classes that are there; NaN if there is none. */
    double meanIntersectionOverUnion() {
        double sum = 0;
        int classes = 0;
        for (int k = 0; k < hits.length; k++) {
            double score = intersectionOverUnion(k);
            if (Double.isNaN(score)) continue;
            sum += score;
            classes++;
        }
        return classes == 0 ? Double.NaN : sum / classes;
    }

    /** Returns how many pixels have a class. */
    long labelled() {
        long sum = 0;
        for (long count : truth) sum += count;
        return sum;
    }

    /** Returns the share of labelled pixels that are right; NaN if none is labelled. */
    double accuracy() {
        long right = 0;
        for (long count : hits) right += count;
        long all = labelled();
        return all == 0 ? Double.NaN : (double) right / all;
    }

    /** Adds these counts to arrays of [K]. */
    void addTo(long[] allHits, long[] allTruth, long[] allPredicted) {
        for (int k = 0; k < hits.length; k++) {
            allHits[k] += hits[k];
            allTruth[k] += truth[k];
            allPredicted[k] += predicted[k];
        }
    }
}
