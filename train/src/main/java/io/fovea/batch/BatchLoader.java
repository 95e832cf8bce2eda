package io.fovea.batch;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.problem.Problem;
import java.util.Optional;

/**
 * The batches of an epoch, loaded ahead by threads of its own.
 *
 * <pre>{@code
 * try (BatchLoader loader = new BatchLoader(dataset, Split.TRAINING, settings)) {
 *     loader.start(epoch, 0);
 *     for (Optional<Batch> batch = loader.next(); batch.isPresent(); batch = loader.next()) step(batch.get());
 * }
 * }</pre>
 *
 * <p>Which pictures a batch holds and how they are augmented depends only on (seed, epoch, position in the epoch): any number of
 * threads and any starting point give the same bytes.
 *
 * <p>Batches lie in a ring of threads + 2 buffers: one with the caller, one ready, one being loaded by each thread. Loading
 * allocates nothing; a thread without work sleeps. With 0 threads, {@link #next} loads within the caller's thread.
 *
 * <p>{@link #start} and {@link #next} belong to one thread; {@link #close} may be called from any.
 */
public final class BatchLoader implements AutoCloseable {

    private static final int NOTHING = -1;

    private final PictureSource source;
    private final BatchSettings settings;
    private final EpochOrder order;
    private final EpochBatches batches;
    private final Share share;
    private final int batchesPerEpoch;
    private final BatchBuffer[] ring;
    private final BatchAssembler assembler;

    // Guarded by "lock", as is what the ring's buffers hold. Batches are counted from 0 within the epoch.
    private final Object lock = new Object();
    private int epoch = -1;
    private int delivered; // batches before this one were handed out
    private int released; // buffers of batches before this one may be written again
    private int claimed; // batches before this one are loaded or being loaded
    private int end;
    private int loading;
    private int running; // threads
    private boolean isClosed;
    private boolean wasInterrupted;

    /**
     * Batches of one split; threads start with the first {@link #start}.
     *
     * @throws Problem if batches should be complete but the split has fewer pictures than one batch, or if a batch needs more
     *                 than 2 GB, or if pictures with targets should be mixed by cutmix or balanced, or those with masks by mixup, or if
     *                 clean pictures should be mixed
     */
    public BatchLoader(Dataset dataset, Split split, BatchSettings settings) {
        this(dataset, split, settings, Share.WHOLE);
    }

    /**
     * A rank's share of every batch of one split: its pictures are those that the whole batch has in their place, to the byte, and no others are
     * loaded. {@link Batch#size} is then that of the share, which may be 0.
     *
     * @throws Problem as the other constructor
     */
    public BatchLoader(Dataset dataset, Split split, BatchSettings settings, Share share) {
        this(new SplitPictures(dataset, split), settings, share);
    }

    BatchLoader(PictureSource source, BatchSettings settings) {
        this(source, settings, Share.WHOLE);
    }

    BatchLoader(PictureSource source, BatchSettings settings, Share share) {
        this.share = share;
        this.source = source;
        this.settings = settings;
        this.batches = new EpochBatches(source.count(), settings.batchSize(), settings.remainder());
        check(source, settings);
        this.batchesPerEpoch = batches.number();
        this.order = new EpochOrder(source, settings.order(), settings.seed());
        this.ring = new BatchBuffer[settings.threads() == 0 ? 1 : settings.threads() + 2];
        for (int i = 0; i < ring.length; i++)
            ring[i] =
                    new BatchBuffer(source, settings, share.size(batches.usualSize()), share.size(batches.lastSize()));
        this.assembler = assembler();
    }

    /**
     * Checks what the constructor checks, and loads nothing.
     *
     * @throws Problem as the constructor
     */
    public static void check(Dataset dataset, Split split, BatchSettings settings) {
        check(new SplitPictures(dataset, split), settings);
    }

    private static void check(PictureSource source, BatchSettings settings) {
        EpochBatches batches = new EpochBatches(source.count(), settings.batchSize(), settings.remainder());
        checkSize(source, settings, Math.max(batches.usualSize(), batches.lastSize()));
        if (!source.targets().isEmpty()) checkRegression(settings);
        if (source.hasMasks()) checkMasks(settings);
        if (settings.clean() == CleanPictures.KEPT && settings.augmentation().mixesPictures())
            throw new Problem(
                    "Pictures that are to be reconstructed cannot be mixed: a mixed one has no clean picture.",
                    "augmentation, mixup and cutmix",
                    "leave both at 0");
        new TargetMotion(source.targets(), source.height(), source.width()).check(settings.augmentation());
    }

    private static void checkSize(PictureSource source, BatchSettings settings, int batchSize) {
        int count = source.count();
        if (settings.remainder() == Remainder.DROP && count < settings.batchSize()) {
            throw new Problem(
                    "A batch needs " + settings.batchSize() + " pictures, but there are only " + count + ".",
                    "batch settings, batchSize",
                    "choose a batch size of at most " + Math.max(1, count) + ", or keep the incomplete batch");
        }
        long bytes = (long) batchSize * source.height() * source.width() * source.channels();
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new Problem(
                    "A batch of " + batchSize + " pictures needs " + bytes + " bytes, more than the 2 GB possible.",
                    "batch settings, batchSize",
                    "choose a smaller batch size or smaller pictures");
        }
    }

    private static void checkRegression(BatchSettings settings) {
        if (settings.augmentation().cutmix() > 0) {
            throw new Problem(
                    "Cutmix needs classes, but the pictures have targets: a place in a window of another picture is"
                            + " none.",
                    "augmentation, cutmix",
                    "leave cutmix at 0; mixup mixes targets as well");
        }
        if (settings.order() == Order.BALANCED) {
            throw new Problem(
                    "There are no classes to draw equally often, for the pictures have targets.",
                    "batch settings, order",
                    "use a shuffled order");
        }
    }

    private static void checkMasks(BatchSettings settings) {
        if (settings.augmentation().mixup() > 0) {
            throw new Problem(
                    "Mixup needs one class for a picture, but these have one for every pixel: a pixel of two classes is"
                            + " none.",
                    "augmentation, mixup",
                    "leave mixup at 0; cutmix sets a window of another picture in, and of its mask");
        }
        if (settings.order() == Order.BALANCED) {
            throw new Problem(
                    "There are no classes of pictures to draw equally often, for their pixels have them.",
                    "batch settings, order",
                    "use a shuffled order");
        }
    }

    private BatchAssembler assembler() {
        return new BatchAssembler(source, settings, order, batches, share);
    }

    /** Returns how many batches a whole epoch has; 0 if the split is empty. */
    public int batchesPerEpoch() {
        return batchesPerEpoch;
    }

    /**
     * Turns to an epoch; the following {@link #next} gives its batch {@code firstBatch}, counted from 0. Batches before it are
     * passed over without being loaded.
     *
     * @throws IllegalArgumentException if {@code firstBatch} is not within 0 … {@link #batchesPerEpoch}, or the epoch negative
     */
    public void start(int epoch, int firstBatch) {
        if (epoch < 0) throw new IllegalArgumentException("The epoch must not be negative: " + epoch);
        if (firstBatch < 0 || firstBatch > batchesPerEpoch) {
            throw new IllegalArgumentException("firstBatch must be 0 to " + batchesPerEpoch + ", not " + firstBatch);
        }
        synchronized (lock) {
            checkOpen();
            end = 0;
            while (loading > 0) awaitChange(); // they still read the order and write to the ring
            this.epoch = epoch;
            order.start(epoch);
            for (BatchBuffer buffer : ring) buffer.clear();
            released = firstBatch;
            delivered = firstBatch;
            claimed = firstBatch;
            end = batchesPerEpoch;
            if (running == 0) startThreads();
            lock.notifyAll();
            restoreInterrupt();
        }
    }

    private void startThreads() {
        for (int i = 0; i < settings.threads(); i++) {
            BatchAssembler own = assembler();
            Thread.ofPlatform().daemon().name("fovea-batches-" + i).start(() -> loadAhead(own));
            running++;
        }
    }

    /**
     * Returns the next batch, or nothing at the end of the epoch. Its arrays are used again: it is valid until the
     * following call of this method or of {@link #start}.
     *
     * <p>Waits without regard to interruption, but keeps the thread's interrupt status.
     *
     * @throws Problem               if a picture of this batch has a problem
     * @throws IllegalStateException if loading failed otherwise, before {@link #start}, or after {@link #close}
     */
    public Optional<Batch> next() {
        synchronized (lock) {
            checkOpen();
            if (epoch < 0) throw new IllegalStateException("start(epoch, firstBatch) must come before next()");
            if (delivered == end) return Optional.empty();
            released = delivered;
            BatchBuffer buffer = ring[delivered % ring.length];
            if (settings.threads() == 0) buffer.hold(delivered, assembler.load(epoch, delivered, buffer));
            lock.notifyAll();
            awaitBatch(buffer);
            if (buffer.failure().isPresent()) throw failure(buffer.failure().get());
            delivered++;
            return delivered == batchesPerEpoch ? buffer.last() : buffer.complete();
        }
    }

    private void awaitBatch(BatchBuffer buffer) {
        while (!buffer.holds(delivered)) {
            awaitChange();
            checkOpen();
        }
        restoreInterrupt();
    }

    private RuntimeException failure(Throwable reason) {
        if (reason instanceof Problem problem) return problem;
        return new IllegalStateException(
                "Batch " + delivered + " of epoch " + epoch + " could not be loaded: " + reason, reason);
    }

    /** What each thread does until the loader is closed. */
    private void loadAhead(BatchAssembler own) {
        for (int batch = claim(); batch != NOTHING; batch = claim()) {
            BatchBuffer buffer = ring[batch % ring.length];
            // Outside the lock; "epoch" cannot change while a batch is being loaded.
            Optional<Throwable> failure = own.load(epoch, batch, buffer);
            synchronized (lock) {
                buffer.hold(batch, failure);
                loading--;
                lock.notifyAll();
            }
        }
    }

    /** Waits for a batch that may be loaded and takes it; returns {@link #NOTHING} once the loader is closed. */
    private int claim() {
        synchronized (lock) {
            while (!isClosed && (claimed >= end || claimed >= released + ring.length)) awaitChange();
            if (isClosed) {
                running--;
                lock.notifyAll();
                return NOTHING;
            }
            loading++;
            return claimed++;
        }
    }

    /** Ends the threads and waits until they have ended; further calls do nothing. */
    @Override
    public void close() {
        synchronized (lock) {
            isClosed = true;
            lock.notifyAll();
            while (running > 0) awaitChange();
            restoreInterrupt();
        }
    }

    private void checkOpen() {
        if (isClosed) throw new IllegalStateException("The batch loader is closed");
    }

    /** Sleeps until something that "lock" guards may have changed. An interrupt is remembered, for buffers must not be left in use. */
    private void awaitChange() {
        try {
            lock.wait();
        } catch (InterruptedException interrupt) {
            wasInterrupted = true;
        }
    }

    private void restoreInterrupt() {
        if (wasInterrupted) Thread.currentThread().interrupt();
        wasInterrupted = false;
    }
}
