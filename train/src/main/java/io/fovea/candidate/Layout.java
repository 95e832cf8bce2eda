package io.fovea.candidate;

import io.fovea.image.Preprocessing;
import java.util.Arrays;

/**
 * What stays as it is for a whole evolution.
 *
 * @param topology      of the two convolutions
 * @param preprocessing from bytes to the numbers that they see
 * @param classes       K
 */
public record Layout(Topology topology, Preprocessing preprocessing, int classes) {

    /** Whether both give the same losses. */
    boolean isLike(Layout other) {
        Preprocessing mine = preprocessing;
        Preprocessing others = other.preprocessing;
        return topology.equals(other.topology)
                && classes == other.classes
                && mine.height() == others.height()
                && mine.width() == others.width()
                && mine.colorMode() == others.colorMode()
                && Arrays.equals(mine.mean(), others.mean())
                && Arrays.equals(mine.std(), others.std());
    }
}
