package io.fovea.codec;

import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.problem.Problem;

/**
 * Picture files whose pixels are numbers become {@link MaskPicture}s. Threads may share it.
 *
 * <p>Of a PNG with a palette the index is the number, not the colour that shows it; grey ones of 1 to 16 bits are read as they are stored. Any other format
 * must be grey, in whatever way it is stored; transparency is not looked at in PNG.
 */
public final class MaskDecoder {

    private MaskDecoder() {}

    /**
     * Returns the mask in the bytes of a file.
     *
     * @param file the whole file
     * @param name its path, or whatever tells the user which it is
     * @throws Problem if it is not a whole picture, or has colours
     */
    public static MaskPicture decode(byte[] file, String name) {
        PictureFile picture = new PictureFile(file, name, PictureLimits.DEFAULT);
        PictureFormat format = PictureFormat.of(picture).orElse(PictureFormat.JPEG);
        if (format == PictureFormat.PNG) {
            PictureHeader header = PictureHeader.read(picture, format);
            if (PngColors.of(picture).hasNumbers())
                return numbers(header.orientation().upright(PngPicture.readNumbers(picture, header)));
        }
        MaskPicture.Loss loss = format == PictureFormat.JPEG ? MaskPicture.Loss.SOME : MaskPicture.Loss.NONE;
        return grey(PictureDecoder.decode(file, name, ColorMode.COLOR), name, loss);
    }

    /** Of the lower byte, the upper byte, and nothing for each pixel. */
    private static MaskPicture numbers(Pixels stored) {
        byte[] bytes = stored.values();
        char[] values = new char[stored.height() * stored.width()];
        for (int i = 0; i < values.length; i++)
            values[i] = (char) (bytes[3 * i] & 0xff | (bytes[3 * i + 1] & 0xff) << 8);
        return new MaskPicture(stored.height(), stored.width(), values, MaskPicture.Loss.NONE);
    }

    private static MaskPicture grey(Pixels picture, String name, MaskPicture.Loss loss) {
        byte[] bytes = picture.values();
        char[] values = new char[picture.height() * picture.width()];
        for (int i = 0; i < values.length; i++) {
            int red = bytes[3 * i] & 0xff;
            int green = bytes[3 * i + 1] & 0xff;
            int blue = bytes[3 * i + 2] & 0xff;
            if (red != green || green != blue) throw inColour(i, picture.width(), red, green, blue, name);
            values[i] = (char) red;
        }
        return new MaskPicture(picture.height(), picture.width(), values, loss);
    }

    private static Problem inColour(int pixel, int width, int red, int green, int blue, String name) {
        return new Problem(
                "Expected a mask with the number of a class for every pixel, found colours: red " + red + ", green "
                        + green + ", blue " + blue + " at column " + pixel % width + ", row " + pixel / width + ".",
                name,
                "write masks as grey or palette PNG whose values are 0, 1, 2 … in the order of the classes, and 255"
                        + " where nothing is known");
    }
}
