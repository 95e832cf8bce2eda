package io.fovea.source;

import io.fovea.image.Pixels;
import java.nio.file.Path;

/** A picture as its source has it. */
public sealed interface PictureContent {

    /** The bytes of a picture file. */
    record Encoded(byte[] file) implements PictureContent {}

    /** A picture file that is still to be read. */
    record OnDisk(Path file) implements PictureContent {}

    /** Pixels, from a format without picture files. */
    record Decoded(Pixels pixels) implements PictureContent {}

    /** A picture and its mask. */
    record Masked(PictureContent picture, PictureContent mask) implements PictureContent {}

    /** Nothing, and why. */
    record Unreadable(String reason) implements PictureContent {}
}
