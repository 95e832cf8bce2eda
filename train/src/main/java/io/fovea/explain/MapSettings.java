package io.fovea.explain;

import java.util.Objects;

/**
 * Which maps of a layer are drawn, and how.
 *
 * @param range what is black and what is white
 * @param first the first map that is drawn, from 0
 * @param most  how many are drawn at most; of features, which are a pixel each, {@value #FEATURES_FOR_A_MAP} times as many
 */
public record MapSettings(Range range, int first, int most) {

    /** The first 64 maps of each layer, each in its own range. */
    public static final MapSettings DEFAULT = new MapSettings(Range.EACH, 0, 64);

    /** How many features are drawn for each map. */
    static final int FEATURES_FOR_A_MAP = 16;

    /** What is black and what is white. */
    public enum Range {
        /** The smallest and the largest value of each map: every map shows its pattern. */
        EACH,
        /** The smallest and the largest value of all maps of the layer: maps can be compared. */
        LAYER
    }

    /** Checks. */
    public MapSettings {
        Objects.requireNonNull(range, "range");
        if (first < 0) throw new IllegalArgumentException("first must not be negative: " + first);
        if (most < 1) throw new IllegalArgumentException("most must be at least 1: " + most);
    }

    /** Returns these settings with another range. */
    public MapSettings withRange(Range other) {
        return new MapSettings(other, first, most);
    }

    /** Returns these settings with another number of maps. */
    public MapSettings withMost(int other) {
        return new MapSettings(range, first, other);
    }
}
