package io.fovea.dataset;

import io.fovea.image.Pixels;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Counts, mean and standard deviation of a dataset, computed once at the import.
 *
 * <p>Mean and standard deviation are those of {@link Split#TRAINING}, so that nothing of the other splits leaks into a
 * model; a dataset without training pictures gives those of its first split that has any.
 *
 * @param countsPerClass for every split the number of pictures of each class, by label; one number where pictures have no labels
 * @param pixelsPerClass for every split the labelled pixels of each class, by class index; none where pictures have no masks
 * @param preparation    the shape [H, W, C] of the pictures
 * @param meanPicture    [H, W, C] mean of every value, 0 … 1
 * @param mean           [C] mean of each channel, 0 … 1
 * @param std            [C] standard deviation of each channel over all pixels (divisor: their number), 0 … 1
 */
public record DatasetStatistics(
        Map<Split, List<Integer>> countsPerClass,
        Map<Split, List<Long>> pixelsPerClass,
        Preparation preparation,
        float[] meanPicture,
        float[] mean,
        float[] std) {

    /** Copies everything. */
    public DatasetStatistics {
        Map<Split, List<Integer>> copy = new EnumMap<>(Split.class);
        for (Split split : Split.values()) copy.put(split, List.copyOf(countsPerClass.getOrDefault(split, List.of())));
        countsPerClass = Collections.unmodifiableMap(copy);
        Map<Split, List<Long>> pixels = new EnumMap<>(Split.class);
        for (Split split : Split.values())
            pixels.put(split, List.copyOf(pixelsPerClass.getOrDefault(split, List.of())));
        pixelsPerClass = Collections.unmodifiableMap(pixels);
        meanPicture = meanPicture.clone();
        mean = mean.clone();
        std = std.clone();
    }

    /** Returns how many pictures a split has. */
    public int count(Split split) {
        return countsPerClass.get(split).stream().mapToInt(Integer::intValue).sum();
    }

    /** Returns how many pictures of a class a split has. */
    public int count(Split split, int label) {
        return countsPerClass.get(split).get(label);
    }

    /** Returns whether pixels have classes. */
    public boolean hasPixels() {
        return pixelsPerClass.values().stream().anyMatch(counts -> !counts.isEmpty());
    }

    /** Returns how many pixels of a split have a class. */
    public long labelledPixels(Split split) {
        return pixelsPerClass.get(split).stream().mapToLong(Long::longValue).sum();
    }

    /** Returns a class's share of the labelled pixels of a split, 0 … 1; 0 if there are none. */
    public double share(Split split, int label) {
        long all = labelledPixels(split);
        return all == 0 ? 0 : (double) pixelsPerClass.get(split).get(label) / all;
    }

    /** Returns the mean picture rounded to bytes, for looking at. */
    public Pixels meanPixels() {
        byte[] values = new byte[meanPicture.length];
        for (int i = 0; i < values.length; i++) values[i] = (byte) Math.round(meanPicture[i] * 255);
        return new Pixels(preparation.height(), preparation.width(), preparation.channels(), values);
    }

    @Override
    public float[] meanPicture() {
        return meanPicture.clone();
    }

    @Override
    public float[] mean() {
        return mean.clone();
    }

    @Override
    public float[] std() {
        return std.clone();
    }
}
