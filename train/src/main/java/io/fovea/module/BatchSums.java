package io.fovea.module;

import io.fovea.thread.Meeting;

/** What the parts of a step share of one batch norm: sums over all pictures of the batch, of which every part adds its own. */
final class BatchSums {

    private final double[][] forward; // [parts, 2·C]
    private final double[][] backward; // likewise

    BatchSums(int parts) {
        forward = new double[parts][];
        backward = new double[parts][];
    }

    /** Gives this part's sums on the way forward, and returns those of all parts, always added in the same order. */
    double[] forward(int part, double[] sums, Meeting meeting) {
        return total(forward, part, sums, meeting);
    }

    /** Does the same on the way back. */
    double[] backward(int part, double[] sums, Meeting meeting) {
        return total(backward, part, sums, meeting);
    }

    private static double[] total(double[][] parts, int part, double[] sums, Meeting meeting) {
        parts[part] = sums;
        meeting.await();
        double[] total = new double[sums.length];
        for (int p = 0; p < meeting.parts(); p++) {
            for (int i = 0; i < total.length; i++) total[i] += parts[p][i];
        }
        return total;
    }
}
