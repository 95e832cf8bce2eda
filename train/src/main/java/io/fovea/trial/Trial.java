package io.fovea.trial;

import io.fovea.training.TrainingSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A combination to try.
 *
 * @param number   from 1
 * @param choices  what differs between trials, by the axes' names
 * @param settings complete
 */
public record Trial(int number, Map<String, String> choices, TrainingSettings settings) {

    /** So many are begun at once; more are a slip of the keys, and could not be looked through. */
    public static final int MOST = 1_000;

    /** Copies. */
    public Trial {
        choices = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(choices));
    }

    /**
     * Returns all combinations, the last axis changing fastest. Changes are made in the order of the axes.
     *
     * @throws IllegalArgumentException if an axis is a range, there are more than {@value #MOST} combinations, or one is out of range
     */
    public static List<Trial> grid(TrainingSettings base, List<TuningAxis> axes) {
        checkNumber(combinations(axes));
        List<Trial> trials = List.of(new Trial(1, Map.of(), base));
        for (TuningAxis axis : axes) {
            if (!(axis instanceof TuningAxis.Listed(String name, List<TuningAxis.Choice> choices))) {
                throw new IllegalArgumentException(
                        "A range of " + axis.name() + " needs random search; all combinations need a list");
            }
            List<Trial> longer = new ArrayList<>();
            for (Trial trial : trials) {
                for (TuningAxis.Choice choice : choices) longer.add(trial.with(longer.size() + 1, name, choice));
            }
            trials = longer;
        }
        return List.copyOf(trials);
    }

    /** Returns how many combinations there are, ranges left aside. */
    public static long combinations(List<TuningAxis> axes) {
        long number = 1;
        for (TuningAxis axis : axes)
            if (axis instanceof TuningAxis.Listed listed)
                number = Math.min(Integer.MAX_VALUE, number * listed.choices().size());
        return number;
    }

    private static void checkNumber(long trials) {
        if (trials > MOST)
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "At most %,d trials are made at once, and these are %,d", MOST, trials));
    }

    /**
     * Returns {@code count} random combinations; two may be alike.
     *
     * @throws IllegalArgumentException if they are more than {@value #MOST}
     */
    public static List<Trial> random(TrainingSettings base, List<TuningAxis> axes, int count, long seed) {
        checkNumber(count);
        SplittableRandom random = new SplittableRandom(seed);
        List<Trial> trials = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            Trial trial = new Trial(number, Map.of(), base);
            for (TuningAxis axis : axes) trial = trial.with(number, axis.name(), axis.draw(random));
            trials.add(trial);
        }
        return List.copyOf(trials);
    }

    private Trial with(int newNumber, String name, TuningAxis.Choice choice) {
        Map<String, String> more = new LinkedHashMap<>(choices);
        more.put(name, choice.words());
        return new Trial(newNumber, more, choice.change().apply(settings));
    }
}
