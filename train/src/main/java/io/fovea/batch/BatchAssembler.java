package io.fovea.batch;

import io.fovea.dataset.SplitMix;
import java.util.Optional;

/**
 * Loads and augments the pictures of one batch; each loading thread has one.
 *
 * <p>The augmentation of a picture draws from the stream of (seed, epoch, position in the epoch), so it matters neither who loads
 * it nor what was loaded before. Mixing draws from a stream of its own for each batch.
 */
final class BatchAssembler {

    /** The streams from here downward belong to batches: −1 is that of the order, 0 and above are those of positions. */
    private static final long STREAM_OF_THE_FIRST_BATCH = -2;

    private final PictureSource source;
    private final BatchSettings settings;
    private final EpochOrder order;
    private final EpochBatches batches;
    private final Share share;
    private final Augmenter augmenter;
    private final TargetMotion motion;
    private final MaskMotion masks;
    private final boolean movesMasks;
    private final boolean augments;
    private final Optional<BatchMixing> mixing;
    private final SplitMix random = new SplitMix(0);

    BatchAssembler(PictureSource source, BatchSettings settings, EpochOrder order, EpochBatches batches, Share share) {
        this.batches = batches;
        this.share = share;
        this.source = source;
        this.settings = settings;
        this.order = order;
        this.augments = settings.augmentation().changesGeometry()
                || settings.augmentation().changesValues();
        this.motion = new TargetMotion(source.targets(), source.height(), source.width());
        motion.check(settings.augmentation());
        this.masks = new MaskMotion(source.height(), source.width());
        this.movesMasks = source.hasMasks() && settings.augmentation().changesGeometry();
        this.mixing = settings.augmentation().mixesPictures()
                ? Optional.of(new BatchMixing(settings.augmentation(), source))
                : Optional.empty();
        this.augmenter = new Augmenter(settings.augmentation(), source.height(), source.width(), source.channels());
    }

    /** Fills the buffer with the share of a batch, counted from 0 within the epoch; returns why that failed, if it did. */
    Optional<Throwable> load(int epoch, int batch, BatchBuffer buffer) {
        try {
            int batchSize = batches.size(batch);
            int from = share.from(batchSize);
            int size = share.size(batchSize);
            int first = batches.first(batch);
            for (int row = 0; row < size; row++) load(epoch, first + from + row, row, buffer);
            if (mixing.isPresent() && size > 0) {
                if (size == batchSize) buffer.repeatFirst(size);
                else load(epoch, first + (from + size) % batchSize, size, buffer);
                random.restart(settings.seed(), epoch, STREAM_OF_THE_FIRST_BATCH - batch);
                mixing.get().apply(buffer, from, size, random);
            }
            return Optional.empty();
        } catch (Throwable reason) { // errors too: the caller of next() must hear of them, not a thread that nobody
            // watches
            return Optional.of(reason);
        }
    }

    private void load(int epoch, int position, int row, BatchBuffer buffer) {
        int offset = buffer.load(row, order.example(position));
        int targetsAt = row * source.targets().size();
        if (augments) {
            random.restart(settings.seed(), epoch, position);
            augmenter.move(buffer.pixels(), offset, random);
            motion.apply(augmenter.map(), augmenter.mirroring(), buffer.targets(), targetsAt);
            if (movesMasks) masks.apply(augmenter.map(), buffer.masks(), row * source.height() * source.width());
            buffer.keepClean(offset);
            augmenter.alter(buffer.pixels(), offset, random);
        } else {
            buffer.keepClean(offset);
        }
        motion.toOutputs(buffer.targets(), targetsAt);
    }
}
