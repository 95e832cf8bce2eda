package io.fovea.importer;

import io.fovea.codec.MaskPicture;
import io.fovea.codec.PictureDecoder;
import io.fovea.codec.PngWriter;
import io.fovea.dataset.ContentHash;
import io.fovea.dataset.FileFailure;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.StoredForm;
import io.fovea.dataset.StoredMask;
import io.fovea.file.FolderBounds;
import io.fovea.image.ColorConversion;
import io.fovea.image.MaskResize;
import io.fovea.image.Pixels;
import io.fovea.image.Resize;
import io.fovea.problem.Problem;
import io.fovea.source.PictureContent;
import io.fovea.task.Segmentation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes a picture from any source, and its mask if it has one, ready to be stored: decoded, grey or colour, resized, hashed. Threads may share it.
 *
 * @param classes which values of masks are which classes; nothing where there are no masks
 */
record PicturePreparation(Preparation preparation, StoredForm form, Optional<MaskClasses> classes) {

    static final long LARGEST_FILE = 1L << 29;

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
         * @param mask   [H, W] class indices; empty where there are no masks
         * @param storedMask the same in its stored form
         */
        record Prepared(
                int height, int width, byte[] pixels, byte[] stored, byte[] hash, byte[] mask, StoredMask storedMask)
                implements Outcome {

            /** With a mask. */
            Prepared with(byte[] itsMask, StoredMask itsStoredMask) {
                return new Prepared(height, width, pixels, stored, hash, itsMask, itsStoredMask);
            }
        }

        /** No picture, and why. */
        record Broken(String reason) implements Outcome {}
    }

    Outcome prepare(PictureContent content, String name) {
        try {
            return switch (content) {
                case PictureContent.Encoded(byte[] file) -> prepared(decoded(file, name));
                case PictureContent.OnDisk(Path file) ->
                    prepared(decoded(read(FolderBounds.ofThisProcess().checked(file)), name));
                case PictureContent.Decoded(Pixels pixels) ->
                    prepared(ColorConversion.to(preparation.colorMode(), pixels));
                case PictureContent.Unreadable(String reason) -> new Outcome.Broken(reason);
                case PictureContent.Masked(PictureContent picture, PictureContent mask) ->
                    masked(prepare(picture, name), mask, name);
            };
        } catch (Problem e) {
            return new Outcome.Broken(e.what());
        } catch (IOException e) {
            return new Outcome.Broken("Cannot read the file: " + FileFailure.reason(e) + ".");
        }
    }

    private Outcome masked(Outcome picture, PictureContent content, String name) {
        if (!(picture instanceof Outcome.Prepared prepared)) return picture;
        MaskPicture mask = MaskReading.decoded(content, "the mask of " + name);
        if (mask.height() != prepared.height() || mask.width() != prepared.width())
            return new Outcome.Broken("Expected a mask of " + prepared.height() + "x" + prepared.width()
                    + ", the size of its picture, found one of " + mask.height() + "x" + mask.width() + ".");
        byte[] indices = new byte[mask.values().length];
        for (int i = 0; i < indices.length; i++)
            indices[i] = classes.orElseThrow().indices()[mask.values()[i]];
        byte[] resized = MaskResize.to(
                indices,
                mask.height(),
                mask.width(),
                preparation.height(),
                preparation.width(),
                preparation.resizeMode(),
                preparation.cropMargin(),
                (byte) Segmentation.UNLABELLED);
        byte[] stored = form == StoredForm.RAW
                ? resized
                : PngWriter.bytes(new Pixels(preparation.height(), preparation.width(), 1, resized));
        return prepared.with(resized, new StoredMask(stored, ContentHash.of(resized)));
    }

    private Outcome prepared(Pixels picture) {
        Pixels resized = Resize.to(
                picture, preparation.height(), preparation.width(), preparation.resizeMode(), preparation.cropMargin());
        byte[] stored = form == StoredForm.RAW ? resized.values() : PngWriter.bytes(resized);
        return new Outcome.Prepared(
                picture.height(),
                picture.width(),
                resized.values(),
                stored,
                ContentHash.of(resized.values()),
                new byte[0],
                StoredMask.NONE);
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
