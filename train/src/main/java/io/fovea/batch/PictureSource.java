package io.fovea.batch;

import io.fovea.image.Target;
import java.util.List;

/**
 * Prepared pictures of one shape with their labels: what a {@link BatchLoader} loads from.
 *
 * <p>Several threads may ask at the same time.
 */
interface PictureSource {

    /** Returns the number of pictures. */
    int count();

    /** Returns H. */
    int height();

    /** Returns W. */
    int width();

    /** Returns C. */
    int channels();

    /** Returns the class index of a picture. */
    int label(int example);

    /** Returns what a regression asks of each picture; nothing in a classification. */
    List<Target> targets();

    /** Writes a picture's T targets, in their own units, into {@code out} from {@code offset}. */
    void copyTargets(int example, float[] out, int offset);

    /** Returns whether pictures have masks. */
    default boolean hasMasks() {
        return false;
    }

    /** Writes a picture's mask [H, W] into {@code out} from {@code offset}; only where there are masks. */
    default void copyMask(int example, byte[] out, int offset) {
        throw new IllegalStateException("These pictures have no masks");
    }

    /** Writes a picture's [H, W, C] bytes into {@code target} from {@code offset}. */
    void copyPicture(int example, byte[] target, int offset);
}
