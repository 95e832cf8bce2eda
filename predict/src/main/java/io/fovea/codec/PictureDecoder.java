package io.fovea.codec;

import io.fovea.file.FolderBounds;
import io.fovea.image.ColorConversion;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Picture files become {@link Pixels}: JPEG, PNG, BMP, GIF (first frame), WebP, TIFF (first page), PPM/PGM.
 *
 * <p>What a reader of every format can rely on:
 *
 * <ul>
 *   <li>The format is told by the bytes, not by the file's name.
 *   <li>The picture stands upright, as its EXIF, its XMP or its TIFF orientation says, in this order.
 *   <li>Transparent pixels lie on white. 16 bits become 8 by keeping the upper 8. Colour profiles are not applied.
 *   <li>CMYK JPEG files are taken as inverted, as Adobe's programs write them and browsers and Pillow read them.
 *   <li>A file that is cut off, or whose structure, checksums or codes show damage, is a {@link Problem}. Stray bytes between the
 *       parts of a JPEG do no harm and are passed over.
 *   <li>What a file's header or tags leave open, or say of a kind that is not read, is a {@link Problem} too.
 *   <li>No native library writes to the standard error of the process, whatever the file holds.
 *   <li>The size in the header is compared with the {@link PictureLimits} before anything is allocated.
 * </ul>
 *
 * <p>Threads may share it; each call decodes on the calling thread. OpenCV is loaded with the first call that needs it,
 * which is one of a JPEG, a WebP or a fax in TIFF.
 */
public final class PictureDecoder {

    private PictureDecoder() {}

    /**
     * Returns the picture in a file.
     *
     * @throws Problem if there is no readable file within {@link FolderBounds}, or it is not a whole picture within {@link PictureLimits#DEFAULT}
     */
    public static Pixels decode(Path file, ColorMode mode) {
        return decode(file, mode, PictureLimits.DEFAULT);
    }

    /** As {@link #decode(Path, ColorMode)}, with own limits. */
    public static Pixels decode(Path file, ColorMode mode, PictureLimits limits) {
        String name = file.toString();
        FolderBounds.ofThisProcess().checked(file);
        try {
            if (Files.isDirectory(file)) {
                throw new Problem("Expected a picture file, found a folder", name, "name the pictures in it");
            }
            if (!Files.exists(file)) throw new Problem("There is no such file", name, "check the path");
            needBytes(Files.size(file), name, limits);
            return decode(Files.readAllBytes(file), name, mode, limits);
        } catch (IOException failure) {
            throw new Problem(
                    "The file cannot be read: " + failure.getMessage(), name, "check that you may read it", failure);
        }
    }

    /**
     * Returns the picture in the bytes of a file.
     *
     * @param file the whole file
     * @param name its path, or whatever tells the user which picture it is
     * @param mode grey or colour, whatever the file holds
     * @throws Problem if it is not a whole picture within {@link PictureLimits#DEFAULT}
     */
    public static Pixels decode(byte[] file, String name, ColorMode mode) {
        return decode(file, name, mode, PictureLimits.DEFAULT);
    }

    /** As {@link #decode(byte[], String, ColorMode)}, with own limits. */
    public static Pixels decode(byte[] file, String name, ColorMode mode, PictureLimits limits) {
        needBytes(file.length, name, limits);
        PictureFile picture = new PictureFile(file, name, limits);
        PictureFormat format = PictureFormat.of(picture).orElseThrow(() -> unknown(picture));
        PictureHeader header = PictureHeader.read(picture, format);
        Pixels stored =
                switch (format) {
                    case PORTABLE -> PortablePixmap.read(picture).pixels();
                    case GIF -> GifPicture.read(picture, header);
                    case PNG ->
                        PlainPng.is(picture) ? PlainPng.read(picture, header) : PngPicture.read(picture, header);
                    case BMP -> Bitmap.read(picture).pixels();
                    case TIFF -> TiffPicture.read(picture, header);
                    case JPEG -> OpenCvDecoder.decode(JpegCheck.whole(picture), header);
                    case WEBP -> OpenCvDecoder.decode(picture, header);
                };
        return header.orientation().upright(ColorConversion.to(mode, stored));
    }

    /** Returns a picture that Java holds already; transparent pixels lie on white. */
    public static Pixels fromImage(BufferedImage image, ColorMode mode) {
        return ColorConversion.to(mode, JavaImage.pixels(image));
    }

    private static void needBytes(long size, String name, PictureLimits limits) {
        if (size == 0) {
            throw new Problem("The file is empty", name, "copy or download the file again, or leave it out");
        }
        if (size > limits.maximumBytes()) {
            String what = "The file is too large: expected at most %,d bytes, found %,d";
            throw new Problem(
                    String.format(Locale.ROOT, what, limits.maximumBytes(), size),
                    name,
                    "make the picture smaller, or leave it out");
        }
    }

    private static Problem unknown(PictureFile file) {
        return new Problem(
                "Expected a picture (" + PictureFormat.ALL + "), but " + PictureFormat.guess(file),
                file.name(),
                "convert it to PNG or JPEG, or leave it out");
    }
}
