package io.fovea.dataset;

/**
 * Sums over pictures as they pass, for mean and standard deviation. For one thread.
 *
 * <p>Sums are whole numbers: exact, and the same in any order.
 */
public final class RunningStatistics {

    private final int channels;
    private final long[] sums;
    private final long[] squares;
    private long count;

    public RunningStatistics(Preparation preparation) {
        channels = preparation.channels();
        sums = new long[preparation.sizeInBytes()];
        squares = new long[channels];
    }

    /** Adds a picture [H, W, C]. */
    public void add(byte[] picture) {
        count++;
        for (int c = 0; c < channels; c++) {
            long square = 0;
            for (int i = c; i < picture.length; i += channels) {
                int value = picture[i] & 0xff;
                sums[i] += value;
                square += value * value;
            }
            squares[c] += square;
        }
    }

    /** Returns the mean of every value, 0 … 1. */
    public float[] meanPicture() {
        float[] mean = new float[sums.length];
        for (int i = 0; i < mean.length; i++) mean[i] = (float) (sums[i] / (255.0 * count));
        return mean;
    }

    /** Returns the mean of every channel, 0 … 1. */
    public float[] mean() {
        float[] mean = new float[channels];
        for (int c = 0; c < channels; c++) mean[c] = (float) (channelMean(c) / 255);
        return mean;
    }

    /** Returns the standard deviation of every channel, 0 … 1: √(E[x²] − E[x]²). */
    public float[] std() {
        float[] std = new float[channels];
        for (int c = 0; c < channels; c++) {
            double mean = channelMean(c);
            std[c] = (float) (Math.sqrt(Math.max(0, squares[c] / values() - mean * mean)) / 255);
        }
        return std;
    }

    private double channelMean(int channel) {
        long sum = 0;
        for (int i = channel; i < sums.length; i += channels) sum += sums[i];
        return sum / values();
    }

    private double values() {
        return (double) count * (sums.length / channels);
    }
}
