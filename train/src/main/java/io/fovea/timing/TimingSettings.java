package io.fovea.timing;

import java.nio.file.Path;
import java.util.List;

/**
 * How a model file is timed.
 *
 * @param threads  of one run; each is timed with each batch
 * @param batches  pictures of one run
 * @param seconds  for which each combination is measured, after it is warm
 * @param pictures files that it answers for; none for those that the model carries
 */
public record TimingSettings(List<Integer> threads, List<Integer> batches, double seconds, List<Path> pictures) {

    /** One thread and all, a picture at a time and eight, three seconds each. */
    public static TimingSettings usual() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new TimingSettings(cores == 1 ? List.of(1) : List.of(1, cores), List.of(1, 8), 3, List.of());
    }

    /** Checks and copies. */
    public TimingSettings {
        threads = atLeastOne("threads", threads);
        batches = atLeastOne("batch", batches);
        seconds = checkedSeconds(seconds);
        pictures = List.copyOf(pictures);
    }

    static List<Integer> atLeastOne(String name, List<Integer> values) {
        if (values.isEmpty()) throw new IllegalArgumentException(name + " must name at least one number");
        for (int value : values)
            if (value < 1) throw new IllegalArgumentException(name + " must be at least 1: " + value);
        return List.copyOf(values);
    }

    static double checkedSeconds(double seconds) {
        if (seconds > 0 && seconds <= 3600) return seconds;
        throw new IllegalArgumentException("seconds must be above 0 and at most 3600: " + seconds);
    }
}
