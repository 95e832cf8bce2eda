package io.fovea.server;

import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Pictures that say something in their metadata. */
final class PictureWithWords {

    /** A PNG file begins with its signature, 8 bytes, and the chunk IHDR, 25 bytes. */
    private static final int BEGINNING = 33;

    private PictureWithWords() {}

    /** Returns a drawn digit with a chunk tEXt, "Title" (Portable Network Graphics, section 11.3.3). */
    static byte[] png(int digit, String words) {
        byte[] plain =
                PngWriter.bytes(GeneratedDigits.generate(1, 0, 5).training().picture(digit));
        byte[] chunk = ("tEXtTitle\0" + words).getBytes(StandardCharsets.ISO_8859_1);
        CRC32 sum = new CRC32();
        sum.update(chunk);
        ByteArrayOutputStream picture = new ByteArrayOutputStream();
        picture.write(plain, 0, BEGINNING);
        picture.writeBytes(ByteBuffer.allocate(4).putInt(chunk.length - 4).array());
        picture.writeBytes(chunk);
        picture.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
        picture.write(plain, BEGINNING, plain.length - BEGINNING);
        return picture.toByteArray();
    }
}
