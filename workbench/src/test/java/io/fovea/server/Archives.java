package io.fovea.server;

import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.image.Pixels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Small archives of pictures, as people send them. */
final class Archives {

    private Archives() {}

    /** Returns so many drawn digits of each class as PNG files below folders of these names. */
    static Map<String, byte[]> pictures(int each, String... classes) {
        GeneratedDigits digits = GeneratedDigits.generate(each, 0, 3);
        Map<String, byte[]> files = new LinkedHashMap<>();
        int at = 0;
        for (String name : classes)
            for (int i = 0; i < each; i++) {
                Pixels picture = digits.training().picture(at++ % (10 * each));
                files.put("photos/" + name + "/" + i + ".png", PngWriter.bytes(picture));
            }
        return files;
    }

    static byte[] zip(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static byte[] tar(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static void write(Map<String, byte[]> files, Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path place = folder.resolve(file.getKey());
            Files.createDirectories(place.getParent());
            Files.write(place, file.getValue());
        }
    }

    /** Returns a PNG whose header promises a square of {@code side} pixels, and that holds next to nothing. */
    static byte[] promise(int side) {
        byte[] png = PngWriter.bytes(new Pixels(1, 1, 1, new byte[1]));
        for (int at : new int[] {16, 20}) {
            png[at] = (byte) (side >> 24);
            png[at + 1] = (byte) (side >> 16);
            png[at + 2] = (byte) (side >> 8);
            png[at + 3] = (byte) side;
        }
        java.util.zip.CRC32 sum = new java.util.zip.CRC32();
        sum.update(png, 12, 17);
        for (int i = 0; i < 4; i++) png[29 + i] = (byte) (sum.getValue() >> 8 * (3 - i));
        return png;
    }
}
