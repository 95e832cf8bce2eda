package io.fovea.peers.measure;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;

/**
 * The training digits of MNIST as bytes in memory, and an endless row of shuffled batches of them.
 *
 * <p>Each epoch has an order of its own, drawn from the seed; the pictures that do not fill a last batch are left out.
 */
public final class Digits {

    private static final int PICTURES_MAGIC = 2051;
    private static final int LABELS_MAGIC = 2049;
    /** Mean and standard deviation of the training pictures, in units of 0 … 1. */
    private static final float MEAN = 0.1307f;

    private static final float STANDARD_DEVIATION = 0.3081f;

    private final byte[] pictures; // [N, H, W]
    private final byte[] labels; // [N]
    private final int[] order;
    private final SplittableRandom random;
    private final float[] normalised = new float[256];
    private int next;

    private Digits(byte[] pictures, byte[] labels, long seed) {
        this.pictures = pictures;
        this.labels = labels;
        this.random = new SplittableRandom(seed);
        this.order = new int[labels.length];
        for (int i = 0; i < order.length; i++) order[i] = i;
        for (int value = 0; value < 256; value++) normalised[value] = (value / 255f - MEAN) / STANDARD_DEVIATION;
        this.next = order.length;
    }

    /**
     * Reads {@code train-images-idx3-ubyte.gz} and {@code train-labels-idx1-ubyte.gz}.
     *
     * @throws UncheckedIOException if a file is missing or is not what its name says
     */
    public static Digits read(Path folder, long seed) {
        byte[] pictures = values(folder.resolve("train-images-idx3-ubyte.gz"), PICTURES_MAGIC, 3);
        byte[] labels = values(folder.resolve("train-labels-idx1-ubyte.gz"), LABELS_MAGIC, 1);
        return new Digits(pictures, labels, seed);
    }

    private static byte[] values(Path file, int magic, int axes) {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file), 1 << 16))) {
            int found = in.readInt();
            if (found != magic) throw new IOException(file + ": expected idx magic " + magic + ", found " + found);
            int count = 1;
            for (int axis = 0; axis < axes; axis++) count *= in.readInt();
            return in.readNBytes(count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fills the next batch: {@code batchPictures} [N, 1, H, W] from position 0, {@code batchLabels} [N]. */
    public void fill(FloatBuffer batchPictures, int[] batchLabels) {
        if (next + batchLabels.length > order.length) shuffle();
        int area = StepTraining.SIDE * StepTraining.SIDE;
        for (int n = 0; n < batchLabels.length; n++) {
            int picture = order[next++];
            int from = picture * area;
            int to = n * area;
            for (int i = 0; i < area; i++) batchPictures.put(to + i, normalised[pictures[from + i] & 0xff]);
            batchLabels[n] = labels[picture];
        }
    }

    private void shuffle() {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        next = 0;
    }
}
