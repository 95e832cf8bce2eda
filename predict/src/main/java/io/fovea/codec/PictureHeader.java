package io.fovea.codec;

/**
 * What a picture file says about itself before anything is decoded.
 *
 * <p>Reading a header also finds pictures that are too large, then files that are cut off or damaged, as far as the
 * format's own framing tells.
 *
 * @param format      the format
 * @param height      rows as stored, before turning upright
 * @param width       columns as stored
 * @param orientation how to turn it upright
 */
record PictureHeader(PictureFormat format, int height, int width, Orientation orientation) {

    static PictureHeader read(PictureFile file, PictureFormat format) {
        return switch (format) {
            case JPEG -> JpegHeader.read(file);
            case PNG -> PngHeader.read(file);
            case BMP -> Bitmap.read(file).header();
            case GIF -> GifHeader.read(file);
            case WEBP -> WebpHeader.read(file);
            case TIFF -> TiffHeader.read(file);
            case PORTABLE -> PortablePixmap.read(file).header();
        };
    }
}
