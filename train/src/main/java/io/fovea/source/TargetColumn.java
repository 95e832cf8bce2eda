package io.fovea.source;

import io.fovea.image.Axis;
import java.util.regex.Pattern;

/**
 * A number that a source states for every picture.
 *
 * @param name as the source calls it
 * @param axis what it has to do with the picture
 */
public record TargetColumn(String name, Axis axis) {

    private static final Pattern X = Pattern.compile("[xX]|.*[_\\-. ][xX]|.*[a-z0-9]X");
    private static final Pattern Y = Pattern.compile("[yY]|.*[_\\-. ][yY]|.*[a-z0-9]Y");

    /** Returns a column that is a place if it is called {@code x} or {@code y}, or ends so: {@code nose_x}, {@code noseY}. */
    public static TargetColumn of(String name) {
        if (X.matcher(name).matches()) return new TargetColumn(name, Axis.X);
        return new TargetColumn(name, Y.matcher(name).matches() ? Axis.Y : Axis.NONE);
    }
}
