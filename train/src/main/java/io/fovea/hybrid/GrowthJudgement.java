package io.fovea.hybrid;

import io.fovea.evaluation.PairedComparison;
import io.fovea.task.Proportion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What a model with further classes is worth, beside the model before and, where that was made for the comparison, one that was made anew of all classes.
 *
 * <p>All are judged on the same pictures, from which none of them learned: those of old classes first, then those of the new ones.
 *
 * @param classNames of all classes, the old ones first
 * @param labels     [N] of the pictures
 * @param before     [the pictures of old classes] which of them the model before gets right
 * @param after      [N] which of them the model with the new classes gets right
 * @param anew       [N] likewise for one made anew; empty if it was not needed to see how good the model is, or could not be made
 */
public record GrowthJudgement(
        List<String> classNames, int[] labels, boolean[] before, boolean[] after, Optional<boolean[]> anew) {

    /** What old classes may lose, and how far old classes may stay behind a model made anew. */
    private static final double MOST_LOST = 0.02;
    /** How far new classes may stay behind. */
    private static final double MOST_BEHIND = 0.05;
    /** Below it more pictures of a class are taken for others than for it. */
    private static final double HALF = 0.5;

    /** Checks that the sizes agree. */
    public GrowthJudgement {
        classNames = List.copyOf(classNames);
        if (before.length > after.length || after.length != labels.length)
            throw new IllegalArgumentException(
                    before.length + " and " + after.length + " answers for " + labels.length + " pictures");
    }

    /**
     * A class before and after.
     *
     * @param name   of the class
     * @param before share of its pictures that the model before gets right; empty for a new class
     * @param after  share that the model with the new classes gets right
     */
    public record ClassChange(String name, Optional<Proportion> before, Proportion after) {}

    /** Returns the share of old classes' pictures that the model before gets right. */
    public Proportion oldBefore() {
        return share(before, n -> true);
    }

    /** Returns the share of the same pictures that the model with the new classes gets right. */
    public Proportion oldAfter() {
        return share(after, this::isOld);
    }

    /** Returns the share of new classes' pictures that it gets right. */
    public Proportion newAfter() {
        return share(after, n -> !isOld(n));
    }

    /** Returns what a model made anew gets right of old classes' pictures. */
    public Optional<Proportion> oldAnew() {
        return anew.map(answers -> share(answers, this::isOld));
    }

    /** Returns what a model made anew gets right of new classes' pictures. */
    public Optional<Proportion> newAnew() {
        return anew.map(answers -> share(answers, n -> !isOld(n)));
    }

    /** Returns the model before and the one with the new classes, picture by picture of the old classes. */
    public PairedComparison change() {
        return PairedComparison.of(before, Arrays.copyOf(after, before.length));
    }

    /** Returns every class that has pictures here. */
    public List<ClassChange> classes() {
        List<ClassChange> classes = new ArrayList<>();
        for (int c = 0; c < classNames.size(); c++) {
            int label = c;
            Proportion now = share(after, n -> labels[n] == label);
            if (now.count() == 0) continue;
            Proportion then = share(before, n -> labels[n] == label);
            classes.add(
                    new ClassChange(classNames.get(c), then.count() == 0 ? Optional.empty() : Optional.of(then), now));
        }
        return classes;
    }

    /** Returns whether a model made anew would tell if the classes are hard to tell apart or this one is poor. */
    boolean isInDoubt() {
        return falls(oldBefore(), oldAfter(), MOST_LOST) || falls(oldBefore(), newAfter(), MOST_BEHIND);
    }

    GrowthJudgement with(boolean[] answersAnew) {
        return new GrowthJudgement(classNames, labels, before, after, Optional.of(answersAnew));
    }

    /** Returns a sentence about old classes that lose much though the model is not poor. */
    Optional<String> remark() {
        if (!shortfalls().isEmpty() || !falls(oldBefore(), oldAfter(), MOST_LOST)) return Optional.empty();
        return oldAnew()
                .map(yardstick -> String.format(
                        Locale.ROOT,
                        "The old classes lose %.1f points, %.1f in a model made anew: they are hard to tell from the"
                                + " new ones.",
                        100 * (oldBefore().value() - oldAfter().value()),
                        100 * (oldBefore().value() - yardstick.value())));
    }

    /** Returns why the model is poor, a sentence for each reason; none if it is not. */
    public List<String> shortfalls() {
        List<String> reasons = new ArrayList<>();
        if (falls(oldBefore(), oldAfter(), MOST_LOST)
                && oldAnew()
                        .map(yardstick -> falls(yardstick, oldAfter(), MOST_LOST))
                        .orElse(true)
                && isBehindAnew(this::isOld)) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "the old classes fall from %.1f to %.1f %%%s",
                    100 * oldBefore().value(),
                    100 * oldAfter().value(),
                    oldAnew().map(GrowthJudgement::yardstick).orElse("")));
        }
        if (newAnew()
                        .map(yardstick -> falls(yardstick, newAfter(), MOST_BEHIND))
                        .orElse(false)
                && isBehindAnew(n -> !isOld(n))) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "of the new classes %.1f %% are recognised%s",
                    100 * newAfter().value(),
                    yardstick(newAnew().orElseThrow())));
        }
        for (ClassChange each : classes()) {
            boolean wasBelow = each.before().map(then -> then.value() < HALF).orElse(false);
            if (wasBelow || each.after().high() >= HALF) continue;
            reasons.add(String.format(
                    Locale.ROOT,
                    "of \"%s\" only %.1f %% are recognised%s",
                    each.name(),
                    100 * each.after().value(),
                    each.before()
                            .map(then -> String.format(Locale.ROOT, ", %.1f %% before", 100 * then.value()))
                            .orElse("")));
        }
        return reasons;
    }

    /** Whether what lies between it and a model made anew is beyond chance, picture by picture; true if none was made. */
    private boolean isBehindAnew(IntPredicate counted) {
        return anew.map(yardstick -> {
                    int[] places =
                            IntStream.range(0, after.length).filter(counted).toArray();
                    boolean[] first = new boolean[places.length];
                    boolean[] second = new boolean[places.length];
                    for (int i = 0; i < places.length; i++) {
                        first[i] = yardstick[places[i]];
                        second[i] = after[places[i]];
                    }
                    return PairedComparison.of(first, second).isBeyondChance();
                })
                .orElse(true);
    }

    private static String yardstick(Proportion share) {
        return String.format(Locale.ROOT, ", where a model made anew has %.1f %%", 100 * share.value());
    }

    /** Whether a share is lower by more than is allowed, and by more than the picture or two that its grain is. */
    private static boolean falls(Proportion from, Proportion to, double allowed) {
        double fall = from.value() - to.value();
        return fall > allowed + 1e-9 && fall * Math.min(from.count(), to.count()) > 1.5;
    }

    private boolean isOld(int n) {
        return n < before.length;
    }

    private Proportion share(boolean[] answers, IntPredicate counted) {
        long hits = 0;
        long count = 0;
        for (int n = 0; n < answers.length; n++) {
            if (!counted.test(n)) continue;
            count++;
            if (answers[n]) hits++;
        }
        return new Proportion(hits, count);
    }
}
