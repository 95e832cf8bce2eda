package io.fovea.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The first pictures of MNIST's four files, in files of the same form. */
final class FirstDigits {

    /** The magic number and the counts of an idx file are 32-bit numbers; the last byte of the first is the number of counts. */
    private static final int NUMBER = 4;

    private FirstDigits() {}

    /**
     * Writes them.
     *
     * @param mnist  the folder of the four {@code .gz} files
     * @param folder where they are written; it must be there
     */
    static void write(Path mnist, int training, int test, Path folder) throws IOException {
        for (String kind : new String[] {"images-idx3", "labels-idx1"}) {
            cut(mnist, "train-" + kind + "-ubyte.gz", training, folder);
            cut(mnist, "t10k-" + kind + "-ubyte.gz", test, folder);
        }
    }

    private static void cut(Path from, String name, int count, Path to) throws IOException {
        byte[] whole;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(from.resolve(name)))) {
            whole = in.readAllBytes();
        }
        ByteBuffer header = ByteBuffer.wrap(whole);
        int axes = header.getInt(0) & 0xff;
        int size = 1;
        for (int axis = 1; axis < axes; axis++) size *= header.getInt((1 + axis) * NUMBER);
        if (count > header.getInt(NUMBER)) {
            throw new IllegalArgumentException(
                    name + " has " + header.getInt(NUMBER) + " entries, fewer than " + count);
        }
        header.putInt(NUMBER, count);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(to.resolve(name)))) {
            out.write(whole, 0, (1 + axes) * NUMBER + count * size);
        }
    }
}
