package io.fovea.junit;

import java.util.Arrays;

/**
 * What a process grows by with each use, from rounds of uses.
 *
 * <p>Formula: the median of n rounds lies between the k-th smallest and the k-th largest with the probability 1 − 2·P(B &lt; k), B being binomial
 * with n and ½, whatever the rounds' distribution. k is the largest for which that is 95 % or more; 6 rounds are the fewest that have one.
 * <p>Source: David and Nagaraja 2003, "Order Statistics", 3rd ed., section 7.1, doi:10.1002/0471722162.
 *
 * @param median bytes per use
 * @param low    lower end of the median's interval, bytes per use
 * @param high   upper end of the median's interval, bytes per use
 */
record Growth(double median, double low, double high) {

    static final int FEWEST_ROUNDS = 6;

    /**
     * Of rounds.
     *
     * @param rounds bytes that each added; {@value #FEWEST_ROUNDS} at least
     * @param calls  uses in each
     */
    static Growth of(long[] rounds, int calls) {
        if (rounds.length < FEWEST_ROUNDS) throw new IllegalArgumentException("rounds: " + rounds.length);
        long[] sorted = rounds.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        int k = rank(n);
        double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0;
        return new Growth(median / calls, (double) sorted[k - 1] / calls, (double) sorted[n - k] / calls);
    }

    /** The largest k with 2·P(B &lt; k) ≤ 0.05. */
    private static int rank(int n) {
        double term = Math.pow(0.5, n); // P(B = 0)
        double below = 0;
        int k = 0;
        while (2 * (below + term) <= 0.05) {
            below += term;
            term = term * (n - k) / (k + 1);
            k++;
        }
        return k;
    }
}
