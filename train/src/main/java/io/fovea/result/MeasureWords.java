package io.fovea.result;

import io.fovea.task.Measure;
import java.util.List;
import java.util.Locale;

/** Measures as a line of progress has them. */
public final class MeasureWords {

    private MeasureWords() {}

    /** Returns for example {@code accuracy 98.52 %}. */
    public static String named(Measure measure) {
        return measure.name() + " " + measure.words();
    }

    /** Returns the first measure with two blanks before it; nothing where there is none. */
    public static String first(List<Measure> measures) {
        return measures.isEmpty() ? "" : "  " + named(measures.getFirst());
    }

    /** Returns for example {@code 98.52 % (98.26 to 98.74)}; only the value where there is no interval. */
    public static String withInterval(Measure measure) {
        if (measure.interval().isEmpty()) return measure.words();
        Measure.Interval interval = measure.interval().get();
        return switch (measure.unit()) {
            case SHARE ->
                String.format(
                        Locale.ROOT, "%s (%.2f to %.2f)", measure.words(), 100 * interval.low(), 100 * interval.high());
            case PIXELS, DECIBEL, VALUE, LOSS ->
                String.format(Locale.ROOT, "%s (%.4g to %.4g)", measure.words(), interval.low(), interval.high());
        };
    }

    /** Returns by how much a value is above another, with its sign: {@code +0.51 points} for shares. */
    public static String difference(Measure measure, double other) {
        double change = measure.value() - other;
        return switch (measure.unit()) {
            case SHARE -> String.format(Locale.ROOT, "%+.2f points", 100 * change);
            case PIXELS, DECIBEL, VALUE, LOSS -> String.format(Locale.ROOT, "%+.4g", change);
        };
    }
}
