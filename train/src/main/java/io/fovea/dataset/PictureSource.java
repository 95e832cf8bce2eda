package io.fovea.dataset;

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

    /** Writes a picture's [H, W, C] bytes into {@code target} from {@code offset}. */
    void copyPicture(int example, byte[] target, int offset);
}
