package io.fovea.collection;

import io.fovea.problem.Problem;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;

/**
 * Writes pictures and labels in the idx form of MNIST, packed with gzip.
 *
 * <p>Big-endian: two zero bytes, 8 for unsigned bytes, the number of axes; the length of each axis as 32 bits; then the values.
 * Written beside and moved into place. The same values give the same file.
 *
 * <p>Source: LeCun, Cortes and Burges, "The MNIST database", section "File formats".
 */
public final class IdxWriter {

    private static final int UNSIGNED_BYTES = 0x0800;

    private IdxWriter() {}

    /**
     * Writes grey pictures.
     *
     * @param pictures [N, height, width] unsigned bytes
     * @throws Problem if the file cannot be written
     */
    public static void writePictures(byte[] pictures, int height, int width, Path target) {
        int size = height * width;
        if (size < 1 || pictures.length % size != 0) {
            throw new IllegalArgumentException(pictures.length + " bytes are no pictures of " + height + "x" + width);
        }
        write(target, pictures, pictures.length / size, height, width);
    }

    /**
     * Writes labels.
     *
     * @param labels [N] class indices as unsigned bytes
     * @throws Problem if the file cannot be written
     */
    public static void writeLabels(byte[] labels, Path target) {
        write(target, labels, labels.length);
    }

    private static void write(Path target, byte[] values, int... axes) {
        Path beside = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            try (DataOutputStream out =
                    new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(beside), 1 << 16))) {
                out.writeInt(UNSIGNED_BYTES | axes.length);
                for (int axis : axes) out.writeInt(axis);
                out.write(values);
            }
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new Problem(
                    "The file cannot be written: " + failure,
                    target.toString(),
                    "check free space and write access of the folder, or choose another",
                    failure);
        }
    }
}
