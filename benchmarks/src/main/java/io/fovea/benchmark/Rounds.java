package io.fovea.benchmark;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Runs the sides in turns, A B C A B C …, so that a machine that becomes slower or faster meanwhile does so for all.
 *
 * <p>A side that fails is not asked again; the others go on.
 */
final class Rounds {

    private final PrintStream progress;

    Rounds(PrintStream progress) {
        this.progress = progress;
    }

    /**
     * Returns what each side came to, in the sides' order: one outcome per round, or those up to its failure.
     *
     * @param figure how one measurement is told to whoever waits
     */
    Map<Side, List<Outcome>> run(List<Side> sides, int rounds, Function<Outcome.Measured, String> figure)
            throws InterruptedException {
        Map<Side, List<Outcome>> outcomes = new LinkedHashMap<>();
        for (Side side : sides) outcomes.put(side, new ArrayList<>());
        for (int round = 1; round <= rounds; round++) {
            for (Side side : sides) {
                List<Outcome> own = outcomes.get(side);
                if (!own.isEmpty() && own.getLast() instanceof Outcome.Failed) continue;
                Outcome outcome = Program.run(side);
                own.add(outcome);
                String words =
                        switch (outcome) {
                            case Outcome.Measured measured -> figure.apply(measured);
                            case Outcome.Failed failed -> "failed: " + failed.reason();
                        };
                progress.printf(Locale.ROOT, "round %d of %d  %-24s %s%n", round, rounds, side.name(), words);
            }
        }
        return outcomes;
    }

    /** Returns the measurements among the outcomes. */
    static List<Outcome.Measured> measured(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(Outcome.Measured.class::isInstance)
                .map(Outcome.Measured.class::cast)
                .toList();
    }

    /** Returns the median of a figure over the measurements; its name may be a path, for example {@code /seconds/total}. */
    static double median(List<Outcome.Measured> measured, String path) {
        return Median.of(measured.stream()
                .map(each -> each.figures().at(path).asDouble())
                .toList());
    }
}
