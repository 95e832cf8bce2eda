package io.fovea.batch;

import java.util.Optional;

/**
 * The memory of one batch, filled again and again, with the values that are handed out prepared once: loading allocates nothing.
 *
 * <p>Not for use by several threads at once; the {@link BatchLoader} hands it from one to the next under its lock.
 */
final class BatchBuffer {

    private static final int NONE = -1;

    private final PictureSource source;
    private final byte[] pixels;
    private final int[] labels;
    private final int[] examples;
    private final float[] targets;
    private final int[] secondLabels;
    private final float[] shares;
    private final byte[] masks;
    private final byte[] clean;
    private final Optional<Batch> complete;
    private final Optional<Batch> last;

    private int holds = NONE;
    private Optional<Throwable> failure = Optional.empty();

    /**
     * Room for {@code batchSize} pictures, and where they are mixed for the one that follows the last; the last batch of an epoch has
     * {@code lastSize}.
     */
    BatchBuffer(PictureSource source, BatchSettings settings, int batchSize, int lastSize) {
        this.source = source;
        int most = Math.max(batchSize, lastSize);
        int room = most + (settings.augmentation().mixesPictures() ? 1 : 0);
        pixels = new byte[room * pictureSize()];
        labels = new int[room];
        examples = new int[room];
        targets = new float[room * source.targets().size()];
        boolean mixesLabels = settings.augmentation().mixesPictures() && targets.length == 0 && !source.hasMasks();
        int mixed = mixesLabels ? most : 0;
        secondLabels = new int[mixed];
        shares = new float[mixed];
        masks = new byte[source.hasMasks() ? room * maskSize() : 0];
        clean = new byte[settings.clean() == CleanPictures.KEPT ? pixels.length : 0];
        complete = Optional.of(batch(batchSize));
        last = Optional.of(batch(lastSize));
    }

    private Batch batch(int size) {
        return new Batch(
                size,
                source.height(),
                source.width(),
                source.channels(),
                pixels,
                labels,
                examples,
                targets,
                secondLabels,
                shares,
                masks,
                clean);
    }

    private int pictureSize() {
        return source.height() * source.width() * source.channels();
    }

    private int maskSize() {
        return source.height() * source.width();
    }

    /** Loads the picture {@code example} to place {@code row} of the batch and returns the offset of its first byte. */
    int load(int row, int example) {
        int offset = row * pictureSize();
        source.copyPicture(example, pixels, offset);
        labels[row] = source.label(example);
        examples[row] = example;
        source.copyTargets(example, targets, row * source.targets().size());
        if (masks.length > 0) source.copyMask(example, masks, row * maskSize());
        return offset;
    }

    /** Copies the first picture, with all that is known of it, to place {@code row}. */
    void repeatFirst(int row) {
        System.arraycopy(pixels, 0, pixels, row * pictureSize(), pictureSize());
        labels[row] = labels[0];
        System.arraycopy(
                targets,
                0,
                targets,
                row * source.targets().size(),
                source.targets().size());
        if (masks.length > 0) System.arraycopy(masks, 0, masks, row * maskSize(), maskSize());
    }

    /** Keeps the picture that starts at {@code offset} as it is now, if clean pictures are asked for. */
    void keepClean(int offset) {
        if (clean.length > 0) System.arraycopy(pixels, offset, clean, offset, pictureSize());
    }

    /** Returns the masks [N, H, W]; none where pictures have none. */
    byte[] masks() {
        return masks;
    }

    int[] labels() {
        return labels;
    }

    /** Returns room for the labels of the pictures mixed in; none where pictures have no labels. */
    int[] secondLabels() {
        return secondLabels;
    }

    /** Returns room for the shares of the first pictures; none where pictures have no labels. */
    float[] shares() {
        return shares;
    }

    byte[] pixels() {
        return pixels;
    }

    float[] targets() {
        return targets;
    }

    /** Holds nothing from now on. */
    void clear() {
        holds = NONE;
        failure = Optional.empty();
    }

    /** Holds this batch, or the reason why it is missing, from now on. */
    void hold(int batch, Optional<Throwable> reasonWhyMissing) {
        holds = batch;
        failure = reasonWhyMissing;
    }

    /** Returns whether this batch, or the reason why it is missing, lies here. */
    boolean holds(int batch) {
        return holds == batch;
    }

    /** Returns why the batch is missing. */
    Optional<Throwable> failure() {
        return failure;
    }

    /** Returns the batch that lies here as one of full size. */
    Optional<Batch> complete() {
        return complete;
    }

    /** Returns the batch that lies here as the last of the epoch. */
    Optional<Batch> last() {
        return last;
    }
}
