package io.fovea.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A number that says how good something is: the one form of results in events, tables, files and on screens. Immutable.
 *
 * @param name     what was measured, in words: {@code accuracy}, {@code mean intersection over union}
 * @param value    the number; NaN where nothing could be measured
 * @param interval where the true value lies with 95 % confidence; empty where none is known
 * @param unit     of value and interval
 * @param better   which of two values is the better
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Measure(String name, double value, Optional<Interval> interval, Unit unit, Better better) {

    /** What a value counts. */
    public enum Unit {
        /** A share 0 … 1, written in percent. */
        SHARE("%"),
        /** A length in pixels of the prepared picture. */
        PIXELS("pixels"),
        /** A ratio of powers, 10 · log₁₀. */
        DECIBEL("dB"),
        /** A count of scales of a target, or a plain value in the target's own unit. */
        VALUE(""),
        /** A loss: comparable only among runs with the same one. */
        LOSS("");

        private final String sign;

        Unit(String sign) {
            this.sign = sign;
        }

        /** Returns what is written after a number; empty if nothing is. */
        public String sign() {
            return sign;
        }
    }

    /** Which of two values is the better. */
    public enum Better {
        /** The larger. */
        HIGHER,
        /** The smaller. */
        LOWER
    }

    /**
     * Where the true value lies with 95 % confidence.
     *
     * @param low  its lower end
     * @param high its upper end
     */
    public record Interval(double low, double high) {

        /** Checks the order. */
        public Interval {
            if (!(low <= high)) throw new IllegalArgumentException("Not an interval: " + low + " to " + high);
        }
    }

    /** Checks that an interval holds the value. */
    public Measure {
        Objects.requireNonNull(name, "name");
        interval = interval == null ? Optional.empty() : interval; // left out of JSON where there is none
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(better, "better");
        if (interval.isPresent()
                && !(interval.get().low() <= value && value <= interval.get().high())) {
            throw new IllegalArgumentException(name + " " + value + " is outside of its interval ["
                    + interval.get().low() + ", " + interval.get().high() + "]");
        }
    }

    /** A share of which more is better, such as an accuracy, without an interval. */
    public static Measure share(String name, double value) {
        return new Measure(name, value, Optional.empty(), Unit.SHARE, Better.HIGHER);
    }

    /** Returns this measure under another name. */
    public Measure named(String other) {
        return new Measure(other, value, interval, unit, better);
    }

    /** Returns this measure with an interval. */
    public Measure within(double low, double high) {
        return new Measure(name, value, Optional.of(new Interval(low, high)), unit, better);
    }

    /** Whether this value is better than another of the same measure; one that could not be measured is never better. */
    public boolean isBetterThan(double other) {
        if (Double.isNaN(value)) return false;
        if (Double.isNaN(other)) return true;
        return better == Better.HIGHER ? value > other : value < other;
    }

    /** Returns value and unit for people, such as {@code 98.52 %}, {@code 3.25 pixels}, {@code 0.0412}. */
    public String words() {
        return words(value);
    }

    /** Returns the interval for people, such as {@code 98.2 to 98.8 %}; empty if there is none. */
    public Optional<String> intervalWords() {
        return interval.map(ends -> number(ends.low()) + " to " + words(ends.high()));
    }

    private String words(double number) {
        return unit.sign().isEmpty() ? number(number) : number(number) + " " + unit.sign();
    }

    private String number(double number) {
        if (Double.isNaN(number)) return "–";
        return switch (unit) {
            case SHARE -> String.format(Locale.ROOT, "%.2f", 100 * number);
            case PIXELS, DECIBEL -> String.format(Locale.ROOT, "%.2f", number);
            case VALUE, LOSS -> String.format(Locale.ROOT, "%.4f", number);
        };
    }

    /** Returns the name as a word of a file's column: {@code mean_intersection_over_union}. */
    public String column() {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{Alnum}]+", "_");
    }
}
