package io.fovea.result;

import io.fovea.bundle.Familiarity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How well a new model tells pictures that are unlike those it learned from, for people and as fields of JSON. */
public final class FamiliarityWords {

    private FamiliarityWords() {}

    /** Returns what a new model is said to tell, for example {@code Unknown   5 % of familiar pictures …}. */
    public static String line(Optional<Familiarity> familiarity) {
        return familiarity
                .map(FamiliarityWords::counted)
                .orElse("Unknown   not told: there are too few training pictures to say what is unlike them");
    }

    private static String counted(Familiarity familiarity) {
        String chosen =
                switch (familiarity.choice()) {
                    case VALIDATION -> "validation pictures";
                    case TRAINING -> "training pictures in turn";
                };
        return String.format(
                Locale.ROOT,
                "Unknown   about %.0f %% of familiar pictures are called unknown: counted %,d of %,d on %s (95 %%"
                        + " interval %.1f to %.1f %%; threshold by %,d %s)",
                familiarity.share() * 100,
                Math.round(familiarity.falseAlarms().measure().value()
                        * familiarity.falseAlarms().count()),
                familiarity.falseAlarms().count(),
                familiarity.falseAlarms().on(),
                familiarity.falseAlarms().low() * 100,
                familiarity.falseAlarms().high() * 100,
                familiarity.heldOut(),
                chosen);
    }

    /** Adds fields about a new model, if it can tell. */
    public static void describe(Optional<Familiarity> familiarity, Map<String, Object> json) {
        familiarity.ifPresent(each -> {
            json.put("falseAlarms", each.falseAlarms().measure().value());
            json.put(
                    "falseAlarmsInterval",
                    List.of(each.falseAlarms().low(), each.falseAlarms().high()));
        });
    }
}
