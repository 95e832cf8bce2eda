package io.fovea.bundle;

import io.fovea.codec.PictureDecoder;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import java.util.Objects;

/**
 * A picture whose way through the model is known: a consumer replays it and compares after each stage.
 *
 * @param file          the picture's entry in the bundle, for example {@code golden/00.png}
 * @param source        the name it had in the dataset, for people
 * @param label         its true class index; 0 in a regression
 * @param decodedShape  [H, W, C] of the decoded picture
 * @param decodedSha256 of the decoded picture's bytes [H, W, C]
 * @param resizedSha256 of the resized picture's bytes [H, W, C]
 * @param tensorSha256  of the normalised floats [C, H, W], little-endian
 * @param logits        [K] the trained network's outputs; in a regression [T], in network units
 */
public record GoldenPicture(
        String file,
        String source,
        int label,
        int[] decodedShape,
        String decodedSha256,
        String resizedSha256,
        String tensorSha256,
        float[] logits) {

    /** Checks that nothing is missing. The arrays are shared, not copied. */
    public GoldenPicture {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(decodedShape, "decodedShape");
        Objects.requireNonNull(decodedSha256, "decodedSha256");
        Objects.requireNonNull(resizedSha256, "resizedSha256");
        Objects.requireNonNull(tensorSha256, "tensorSha256");
        Objects.requireNonNull(logits, "logits");
    }

    /**
     * Takes a picture through {@code preprocessing} and notes what each stage gives.
     *
     * @param entry   the name the picture gets in the bundle
     * @param content the picture file's bytes
     * @param logits  [K] what the trained network gives for it
     */
    public static GoldenPicture replayed(
            String entry, String source, byte[] content, int label, float[] logits, Preprocessing preprocessing) {
        Pixels decoded = PictureDecoder.decode(content, source, preprocessing.colorMode());
        Pixels resized = preprocessing.prepare(decoded);
        float[] tensor = new float[resized.values().length];
        preprocessing.normalise(resized, tensor, 0);
        return new GoldenPicture(
                entry, source, label, shape(decoded), checksum(decoded), checksum(resized), checksum(tensor), logits);
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
