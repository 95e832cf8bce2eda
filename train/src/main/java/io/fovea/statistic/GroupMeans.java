package io.fovea.statistic;

/** Sums of features by group, from which come the groups' means and shares. */
public final class GroupMeans {

    private final int size;
    private final double[][] sums;
    private final long[] counts;

    /** Begins with empty groups of D features. */
    public GroupMeans(int groups, int size) {
        this.size = size;
        sums = new double[groups][size];
        counts = new long[groups];
    }

    /** Adds row n of {@code rows} [N, D] to a group. */
    public void add(float[] rows, int n, int group) {
        double[] sum = sums[group];
        for (int d = 0; d < size; d++) sum[d] += rows[n * size + d];
        counts[group]++;
    }

    /** Returns how many groups there are, empty ones too. */
    public int groups() {
        return counts.length;
    }

    /** Returns how many rows were added to a group. */
    public long count(int group) {
        return counts[group];
    }

    /** Returns how many rows were added. */
    public long total() {
        long total = 0;
        for (long count : counts) total += count;
        return total;
    }

    /** Returns a group's mean [D]; zeros for an empty one. */
    public double[] mean(int group) {
        double[] mean = sums[group].clone();
        if (counts[group] > 0) for (int d = 0; d < size; d++) mean[d] /= counts[group];
        return mean;
    }

    /** Returns the mean of everything that was added [D]. */
    public double[] mean() {
        double[] mean = new double[size];
        for (double[] sum : sums) for (int d = 0; d < size; d++) mean[d] += sum[d];
        for (int d = 0; d < size; d++) mean[d] /= total();
        return mean;
    }
}
