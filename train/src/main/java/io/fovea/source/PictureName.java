package io.fovea.source;

import java.util.Locale;
import java.util.Set;

/** Tells pictures of the formats that are read by the endings of their names. */
public final class PictureName {

    private static final Set<String> ENDINGS = Set.of(
            "jpg", "jpeg", "jpe", "jfif", "png", "bmp", "gif", "webp", "tif", "tiff", "ppm", "pgm", "pbm", "pnm");

    private PictureName() {}

    /** Returns whether a path ends like a picture's, in any case. */
    public static boolean isPicture(String path) {
        return ENDINGS.contains(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
