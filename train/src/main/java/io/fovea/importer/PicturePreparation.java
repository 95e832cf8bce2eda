package io.fovea.importer;

import io.fovea.codec.PictureDecoder;
import io.fovea.codec.PngWriter;
import io.fovea.dataset.ContentHash;
import io.fovea.dataset.FileFailure;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.StoredForm;
import io.fovea.image.ColorConversion;
import io.fovea.image.Pixels;
import io.fovea.image.Resize;
import io.fovea.problem.Problem;
import io.fovea.source.PictureContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a picture from any source ready to be stored: decoded, grey or colour, resized, hashed. Threads may share it. */
record PicturePreparation(Preparation preparation, StoredForm form) {

    private static final long LARGEST_FILE = 1L << 29;

    /** What became of a picture. */
    sealed interface Outcome {

        /**
         * A picture ready for the store.
         *
         * @param height rows that the picture had before it was resized, upright
         * @param width  columns likewise
         * @param pixels [H, W, C]
         * @param stored the same in its stored form
         * @param hash   SHA-256 of the pixels
         */
        record Prepared(int height, int width, byte[] pixels, byte[] stored, byte[] hash) implements Outcome {}

        /** No picture, and why. */
        record Broken(String reason) implements Outcome {}
    }

    Outcome prepare(PictureContent content, String name) {
        try {
            return switch (content) {
                case PictureContent.Encoded(byte[] file) -> prepared(decoded(file, name));
                case PictureContent.OnDisk(Path file) -> prepared(decoded(read(file), name));
                case PictureContent.Decoded(Pixels pixels) ->
                    prepared(ColorConversion.to(preparation.colorMode(), pixels));
                case PictureContent.Unreadable(String reason) -> new Outcome.Broken(reason);
            };
        } catch (Problem e) {
            return new Outcome.Broken(e.what());
        } catch (IOException e) {
            return new Outcome.Broken("Cannot read the file: " + FileFailure.reason(e) + ".");
        }
    }

    private Outcome prepared(Pixels picture) {
        Pixels resized = Resize.to(
                picture, preparation.height(), preparation.width(), preparation.resizeMode(), preparation.cropMargin());
        byte[] stored = form == StoredForm.RAW ? resized.values() : PngWriter.bytes(resized);
        return new Outcome.Prepared(
                picture.height(), picture.width(), resized.values(), stored, ContentHash.of(resized.values()));
    }

    private Pixels decoded(byte[] file, String name) {
        return PictureDecoder.decode(file, name, preparation.colorMode());
    }

    private static byte[] read(Path file) throws IOException {
        long size = Files.size(file);
        if (size > LARGEST_FILE) throw new IOException("it has " + size + " bytes, more than any picture of use");
        return Files.readAllBytes(file);
    }
}
