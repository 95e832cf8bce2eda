package io.fovea.result;

import io.fovea.hybrid.HybridOutcome;
import java.util.Locale;

/** What evolution did to the kernels of a hybrid, in words. */
public final class EvolutionWords {

    private EvolutionWords() {}

    /** Returns a line on it. */
    public static String line(HybridOutcome outcome) {
        HybridOutcome.Validation validation = outcome.validation();
        if (outcome.generations() == 0)
            return String.format(
                    Locale.ROOT,
                    "Evolution none: %.2f %% of %,d held-out pictures",
                    validation.start() * 100,
                    validation.pictures());
        return String.format(
                Locale.ROOT,
                "Evolution %,d generations, %,d candidates: %.2f %% of %,d held-out pictures, without it %.2f %%%s",
                outcome.generations(),
                outcome.evaluations(),
                validation.evolved() * 100,
                validation.pictures(),
                validation.start() * 100,
                added(validation));
    }

    /** Says what the held-out pictures tell of evolution: one picture more is no gain. */
    private static String added(HybridOutcome.Validation validation) {
        if (validation.kept() == HybridOutcome.Kept.START) return "; the kernels before it are kept";
        return validation.paired().isBeyondChance()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; the difference may be chance (p = %.2f)",
                        validation.paired().pValue());
    }
}
