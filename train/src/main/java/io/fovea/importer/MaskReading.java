package io.fovea.importer;

import io.fovea.codec.MaskDecoder;
import io.fovea.codec.MaskPicture;
import io.fovea.dataset.FileFailure;
import io.fovea.file.FolderBounds;
import io.fovea.problem.Problem;
import io.fovea.source.PictureContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Masks as a source hands them over become numbers. */
final class MaskReading {

    private MaskReading() {}

    /**
     * Returns a mask.
     *
     * @throws Problem if it cannot be read, or is none
     */
    static MaskPicture decoded(PictureContent content, String name) {
        return switch (content) {
            case PictureContent.Encoded(byte[] file) -> MaskDecoder.decode(file, name);
            case PictureContent.OnDisk(Path file) ->
                MaskDecoder.decode(read(FolderBounds.ofThisProcess().checked(file)), name);
            case PictureContent.Unreadable(String reason) -> throw new Problem(reason, name, "fetch it again");
            case PictureContent.Decoded _, PictureContent.Masked _ ->
                throw new IllegalArgumentException("A mask is a file");
        };
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw FileFailure.unreadable(file, e);
        }
    }
}
