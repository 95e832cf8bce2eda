package io.fovea.evaluation;

/** What the error of a picture is measured in. */
public enum ErrorUnit {
    /** Distances in the prepared picture, where there are targets along its sides. */
    PIXELS("pixels"),
    /** The unit of the one target, which is no place. */
    VALUE("units"),
    /** The targets' scales, their standard deviations in training, where several plain values are taken together. */
    DEVIATIONS("standard deviations");

    private final String words;

    ErrorUnit(String words) {
        this.words = words;
    }

    /** Returns the unit's name in the plural, for people. */
    public String words() {
        return words;
    }
}
