package io.fovea.search;

/** Where a set of points lies: for algorithms whose memory is a population instead of a mean and a spread. */
final class Swarm {

    private Swarm() {}

    /**
     * Returns points around the start [count, n]: the start itself first, then uniform in each coordinate with standard deviation {@code stepSize}.
     */
    static double[][] around(SearchSettings settings, int count, RandomStream random) {
        double[] start = settings.start();
        double halfWidth = Math.sqrt(3) * settings.stepSize();
        double[][] points = new double[count][];
        for (int k = 0; k < count; k++) {
            points[k] = start.clone();
            if (k > 0) for (int i = 0; i < start.length; i++) points[k][i] += random.nextDouble(-halfWidth, halfWidth);
        }
        return points;
    }

    /** Returns the average point [n]. */
    static double[] mean(double[][] points) {
        double[] mean = new double[points[0].length];
        for (double[] point : points) Rows.add(mean, 1.0 / points.length, point, mean.length);
        return mean;
    }

    /** Returns the root mean square of the points' coordinates about their average. */
    static double spread(double[][] points) {
        double[] mean = mean(points);
        double squares = 0;
        for (double[] point : points) {
            for (int i = 0; i < mean.length; i++) squares += (point[i] - mean[i]) * (point[i] - mean[i]);
        }
        return Math.sqrt(squares / (points.length * (double) mean.length));
    }

    /** Copies points [count, n] over others. */
    static void copy(double[][] from, double[][] to) {
        for (int k = 0; k < to.length; k++) System.arraycopy(from[k], 0, to[k], 0, to[k].length);
    }
}
