package io.fovea.dataset;

import io.fovea.problem.Problem;
import java.nio.file.Path;

/** Decoded pictures in memory, in blocks of at most a gigabyte, since one array cannot hold more than 2³¹ bytes. */
final class HeldPictures {

    static final HeldPictures NONE = new HeldPictures(0, 1, 1);

    private static final int BLOCK_BYTES = 1 << 30;

    private final int pictureBytes;
    private final int perBlock;
    private final byte[][] blocks;

    private HeldPictures(int count, int pictureBytes, int perBlock) {
        this.pictureBytes = pictureBytes;
        this.perBlock = perBlock;
        this.blocks = new byte[(count + perBlock - 1) / perBlock][];
        for (int block = 0; block < blocks.length; block++) {
            blocks[block] = new byte[Math.min(perBlock, count - block * perBlock) * pictureBytes];
        }
    }

    /** Copies one picture of {@code index} to {@code target} at {@code offset}. */
    @FunctionalInterface
    interface Copying {
        void copy(int index, byte[] target, int offset);
    }

    /** Whether that many pictures take at most half of the memory that Java may still take. */
    static boolean isSmall(int count, int pictureBytes) {
        return (long) count * pictureBytes <= available() / 2;
    }

    private static long available() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
    }

    static HeldPictures load(int count, int pictureBytes, Path dataset, Copying from) {
        long needed = (long) count * pictureBytes;
        long free = available();
        if (needed > free) {
            throw new Problem(
                    "Expected at most " + free / 1_000_000 + " MB of pictures to hold in memory, found "
                            + needed / 1_000_000 + " MB.",
                    dataset.toString(),
                    "read the pictures from disk, or give Java more memory with -Xmx");
        }
        HeldPictures pictures = new HeldPictures(count, pictureBytes, Math.max(1, BLOCK_BYTES / pictureBytes));
        for (int i = 0; i < count; i++) from.copy(i, pictures.blockOf(i), pictures.offsetOf(i));
        return pictures;
    }

    boolean isEmpty() {
        return blocks.length == 0;
    }

    void copy(int index, byte[] target, int offset) {
        System.arraycopy(blockOf(index), offsetOf(index), target, offset, pictureBytes);
    }

    private byte[] blockOf(int index) {
        return blocks[index / perBlock];
    }

    private int offsetOf(int index) {
        return index % perBlock * pictureBytes;
    }
}
