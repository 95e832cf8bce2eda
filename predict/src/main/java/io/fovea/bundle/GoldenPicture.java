package io.fovea.bundle;

import io.fovea.codec.PictureDecoder;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import java.math.BigInteger;
import java.util.Objects;

/**
 * A picture whose way through the model is known: a consumer replays it and compares after each stage.
 *
 * @param file          the picture's entry in the bundle, for example {@code golden/00.png}
 * @param source        the name it had in the dataset, for people
 * @param label         its true class index; 0 where a picture has none
 * @param decodedShape  [H, W, C] of the decoded picture
 * @param decodedSha256 of the decoded picture's bytes [H, W, C]
 * @param resizedSha256 of the resized picture's bytes [H, W, C]
 * @param tensorSha256  of the normalised floats [C, H, W], little-endian
 * @param stride        which numbers of the result are kept: those at 0, stride, 2 · stride … in reading order; 1 for all
 * @param logits        the trained network's result, as far as it is kept; of a classifier [K] logits
 */
public record GoldenPicture(
        String file,
        String source,
        int label,
        int[] decodedShape,
        String decodedSha256,
        String resizedSha256,
        String tensorSha256,
        int stride,
        float[] logits) {

    /** A result of more numbers is kept in part. */
    public static final int MOST_NUMBERS = 4096;

    /** How many golden pictures a model has at most whose results are maps that are kept in part, since its pictures are large too. */
    public static final int MOST_SAMPLED = 4;

    /** Checks that nothing is missing. The arrays are shared, not copied. */
    public GoldenPicture {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(decodedShape, "decodedShape");
        Objects.requireNonNull(decodedSha256, "decodedSha256");
        Objects.requireNonNull(resizedSha256, "resizedSha256");
        Objects.requireNonNull(tensorSha256, "tensorSha256");
        Objects.requireNonNull(logits, "logits");
        if (stride < 1) throw new IllegalArgumentException("stride must be at least 1: " + stride);
    }

    /** With the whole result. */
    public GoldenPicture(
            String file,
            String source,
            int label,
            int[] decodedShape,
            String decodedSha256,
            String resizedSha256,
            String tensorSha256,
            float[] logits) {
        this(file, source, label, decodedShape, decodedSha256, resizedSha256, tensorSha256, 1, logits);
    }

    /**
     * Returns which numbers are kept of a result of {@code count}: all up to {@value #MOST_NUMBERS}, else every n-th with the smallest
     * prime n that leaves no more. A prime meets every row and column of a map, where a round number might meet the same few.
     */
    public static int stride(int count) {
        int stride = (count + MOST_NUMBERS - 1) / MOST_NUMBERS;
        while (stride > 1 && !BigInteger.valueOf(stride).isProbablePrime(50)) stride++;
        return stride;
    }

    /** Returns how many numbers are kept of a result of {@code count}. */
    int kept(int count) {
        return (count + stride - 1) / stride;
    }

    /**
     * Takes a picture through {@code preprocessing} and notes what each stage gives.
     *
     * @param entry   the name the picture gets in the bundle
     * @param content the picture file's bytes
     * @param result  what the trained network gives for it, all numbers; kept as {@link #stride(int)} says
     */
    public static GoldenPicture replayed(
            String entry, String source, byte[] content, int label, float[] result, Preprocessing preprocessing) {
        Pixels decoded = PictureDecoder.decode(content, source, preprocessing.colorMode());
        Pixels resized = preprocessing.prepare(decoded);
        float[] tensor = new float[resized.values().length];
        preprocessing.normalise(resized, tensor, 0);
        int stride = stride(result.length);
        return new GoldenPicture(
                entry,
                source,
                label,
                shape(decoded),
                checksum(decoded),
                checksum(resized),
                checksum(tensor),
                stride,
                stride == 1 ? result : sampled(result, stride));
    }

    private static float[] sampled(float[] result, int stride) {
        float[] kept = new float[(result.length + stride - 1) / stride];
        for (int i = 0; i < kept.length; i++) kept[i] = result[i * stride];
        return kept;
    }

    /** Returns [H, W, C]. */
    public static int[] shape(Pixels picture) {
        return new int[] {picture.height(), picture.width(), picture.channels()};
    }

    /** Returns the checksum of a picture's bytes, as this record holds it. */
    public static String checksum(Pixels picture) {
        return Sha256.of(picture.values());
    }

    /** Returns the checksum of a tensor's floats, as this record holds it. */
    public static String checksum(float[] tensor) {
        return Sha256.of(tensor);
    }
}
