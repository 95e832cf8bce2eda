package io.fovea.codec;

import io.fovea.image.Pixels;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes {@link Pixels} as JPEG, for pictures to look at: what is read back differs a little, and by the decoder.
 *
 * <p>Threads may share it; it holds nothing.
 */
public final class JpegWriter {

    private JpegWriter() {}

    /**
     * Returns the picture as the bytes of a JPEG file.
     *
     * @param quality 1 to 100
     */
    public static byte[] bytes(Pixels picture, int quality) {
        if (quality < 1 || quality > 100) throw new IllegalArgumentException("quality must be 1 to 100: " + quality);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(quality / 100f);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image(picture), null, null), settings);
        } catch (IOException impossible) {
            throw new UncheckedIOException("Memory cannot be written", impossible);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private static BufferedImage image(Pixels picture) {
        boolean grey = picture.channels() == 1;
        BufferedImage image = new BufferedImage(
                picture.width(), picture.height(), grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        int[] samples = new int[picture.values().length];
        for (int i = 0; i < samples.length; i++) samples[i] = picture.values()[i] & 0xff;
        image.getRaster().setPixels(0, 0, picture.width(), picture.height(), samples);
        return image;
    }
}
