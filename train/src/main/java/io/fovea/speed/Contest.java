package io.fovea.speed;

import java.util.Optional;

/**
 * Which of two ways ends a work sooner: the one that it began with, once that is warm, or another, which is tried for some pieces where that can pay.
 * Knows nothing of the work: it is told how long pieces took, and says what to do next. For one thread.
 */
public final class Contest {

    /**
     * When the other way is tried, and for how long.
     *
     * @param coldSeconds   the first way is not warm before
     * @param windowSeconds how long either way is measured, at least
     * @param windowPieces  in how many pieces, at least
     * @param startSeconds  the other way is not warm before
     * @param payback       the rest of the work must take so many times as long as the trial: a trial that gains nothing then costs a share of 1 / payback at most
     */
    public record Rule(
            double coldSeconds, double windowSeconds, int windowPieces, double startSeconds, double payback) {

        /** After five seconds, two windows of a second each, at least four pieces, an engine that takes two seconds to start, no more than a fifteenth lost. */
        public static final Rule USUAL = new Rule(5, 1, 4, 2, 15);
    }

    /** What the work is told to do next. */
    public enum Turn {
        /** Go on as before. */
        GO_ON,
        /** Go on by the other way. */
        TRY_OTHER,
        /** The other way is faster: let the first go. */
        KEEP_OTHER,
        /** The other way is slower: go on by the first, and let the other go. */
        RETURN
    }

    /** Where the contest stands. */
    private enum Phase {
        FIRST,
        OTHER,
        OVER
    }

    /** The other way is taken if it is faster by so much: less is noise, and not worth a change. */
    private static final double WORTH = 1.03;

    private final Rule rule;
    private final String first;
    private final String other;
    private Phase phase = Phase.FIRST;
    private Pace pace;
    private Optional<Speed> firstSpeed = Optional.empty();
    private Optional<Speed> otherSpeed = Optional.empty();
    /** Begins with the first way, cold. */
    public Contest(Rule rule, String first, String other) {
        this.rule = rule;
        this.first = first;
        this.other = other;
        pace = new Pace(rule.coldSeconds(), rule.windowSeconds(), rule.windowPieces());
    }

    /** Whether nothing is left to find out. */
    public boolean isOver() {
        return phase == Phase.OVER;
    }

    /** Returns how fast the first way was, once it is warm. */
    public Optional<Speed> firstSpeed() {
        return firstSpeed;
    }

    /** Returns how fast the other way was, once it was tried. */
    public Optional<Speed> otherSpeed() {
        return otherSpeed;
    }

    /**
     * Takes in that a piece was done, by the way whose turn it was.
     *
     * @param left how many pictures are still to be done after it
     */
    public Turn took(long pictures, double seconds, long left) {
        return switch (phase) {
            case FIRST -> tookFirst(pictures, seconds, left);
            case OTHER -> tookOther(pictures, seconds);
            case OVER -> Turn.GO_ON;
        };
    }

    private Turn tookFirst(long pictures, double seconds, long left) {
        if (!pace.took(pictures, seconds) || !pace.isWarm()) return Turn.GO_ON;
        Speed speed = pace.speed(first).orElseThrow();
        firstSpeed = Optional.of(speed);
        double window = Math.max(rule.windowSeconds(), rule.windowPieces() * pictures / speed.imagesPerSecond());
        if (left / speed.imagesPerSecond() < rule.payback() * (rule.startSeconds() + 2 * window)) {
            phase = Phase.OVER;
            return Turn.GO_ON;
        }
        phase = Phase.OTHER;
        pace = new Pace(rule.startSeconds(), rule.windowSeconds(), rule.windowPieces());
        return Turn.TRY_OTHER;
    }

    private Turn tookOther(long pictures, double seconds) {
        if (!pace.took(pictures, seconds) || !pace.isWarm()) return Turn.GO_ON;
        phase = Phase.OVER;
        Speed speed = pace.speed(other).orElseThrow();
        otherSpeed = Optional.of(speed);
        boolean faster =
                speed.imagesPerSecond() > WORTH * firstSpeed.orElseThrow().imagesPerSecond();
        return faster ? Turn.KEEP_OTHER : Turn.RETURN;
    }
}
