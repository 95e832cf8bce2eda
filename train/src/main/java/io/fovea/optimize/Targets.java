package io.fovea.optimize;

/** What the outputs of a batch should have been. The arrays are shared and may be longer than the batch. */
public sealed interface Targets {

    /** Returns what they are, in a word or two. */
    default String words() {
        return switch (this) {
            case Labels _ -> "labels";
            case MixedLabels _ -> "mixed labels";
            case Masks _ -> "masks";
            case Values _ -> "numbers";
        };
    }

    /**
     * One class for each picture.
     *
     * @param labels [N], each 0 … K − 1
     */
    record Labels(int[] labels) implements Targets {}

    /**
     * Two classes for each picture, as where two pictures are mixed into one.
     *
     * <p>Source: Zhang et al. 2018, arXiv:1710.09412.
     *
     * @param first  [N], each 0 … K − 1
     * @param second [N], likewise
     * @param shares [N], how much of a picture is of its first class, 0 … 1
     */
    record MixedLabels(int[] first, int[] second, float[] shares) implements Targets {}

    /**
     * One class for each pixel.
     *
     * @param masks [N, H, W], each 0 … K − 1, or 255 where nothing is known
     * @param area  H·W
     */
    record Masks(byte[] masks, int area) implements Targets {

        /** What stands where nothing is known: such pixels teach nothing. */
        public static final int UNLABELLED = 255;
    }

    /**
     * Numbers for each picture.
     *
     * @param values [N, T]
     */
    record Values(float[] values) implements Targets {}
}
