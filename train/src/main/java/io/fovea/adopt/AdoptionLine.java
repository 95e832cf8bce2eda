package io.fovea.adopt;

import java.util.Locale;
import java.util.Objects;

/**
 * What became of a part of a project.
 *
 * @param part    which
 * @param outcome what became of it
 * @param words   how, or why not
 */
public record AdoptionLine(Part part, Outcome outcome, String words) {

    /** What a project consists of. */
    public enum Part {
        DATA,
        WEIGHTS,
        LABELS,
        PREPROCESSING,
        PARITY
    }

    /** What became of a part. */
    public enum Outcome {
        /** It is here as it was. */
        CAME_ALONG,
        /** It is here in another form. */
        CHANGED,
        /** It is not here. */
        LEFT;

        /** Returns it in words. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Checks that nothing is missing. */
    public AdoptionLine {
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(words, "words");
    }

    static AdoptionLine came(Part part, String words) {
        return new AdoptionLine(part, Outcome.CAME_ALONG, words);
    }

    static AdoptionLine changed(Part part, String words) {
        return new AdoptionLine(part, Outcome.CHANGED, words);
    }

    static AdoptionLine left(Part part, String words) {
        return new AdoptionLine(part, Outcome.LEFT, words);
    }
}
