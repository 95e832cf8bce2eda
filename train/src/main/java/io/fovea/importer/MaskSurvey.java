package io.fovea.importer;

import io.fovea.codec.MaskPicture;
import io.fovea.problem.Problem;
import io.fovea.source.PictureContent;
import io.fovea.source.PictureReading;
import io.fovea.source.SourceListing;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** Looks at all masks before any is prepared: which values there are, and where each was seen. Threads may add to it. */
final class MaskSurvey {

    private static final int VALUES = 1 << 16;

    private final String place;
    private final int[] firstSeen = new int[VALUES];
    private final BitSet lossyValues = new BitSet();
    private final SourceListing listing;
    private int firstLossy = Integer.MAX_VALUE;
    private int firstUnreadable = Integer.MAX_VALUE;
    private Optional<Problem> unreadable = Optional.empty();

    private MaskSurvey(SourceListing listing, String place) {
        this.listing = listing;
        this.place = place;
        Arrays.fill(firstSeen, Integer.MAX_VALUE);
    }

    /**
     * Reads all masks.
     *
     * @param place how problems name the sources
     * @throws Problem if none can be read, as where all are in colour
     */
    static MaskSurvey of(SourceListing listing, PictureReading masks, int threads, String place) {
        MaskSurvey survey = new MaskSurvey(listing, place);
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        try (ThreadPoolExecutor workers = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(4 * threads),
                Thread.ofPlatform().daemon().name("fovea-masks-", 0).factory(),
                new ThreadPoolExecutor.CallerRunsPolicy())) {
            masks.read(
                    position -> failure.get() == null,
                    (position, content) -> workers.execute(() -> {
                        try {
                            survey.add(position, content);
                        } catch (RuntimeException e) {
                            failure.compareAndSet(null, e);
                        }
                    }));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The import was interrupted");
        }
        if (failure.get() != null) throw failure.get();
        if (survey.values().findAny().isEmpty() && survey.unreadable.isPresent()) throw survey.unreadable.get();
        return survey;
    }

    private void add(int position, PictureContent content) {
        BitSet seen = new BitSet();
        MaskPicture mask;
        try {
            mask = MaskReading.decoded(content, nameOf(position));
            for (char value : mask.values()) seen.set(value);
        } catch (Problem unreadable) { // one of many is named by the pass, which leaves its picture out
            keepFirst(position, unreadable);
            return;
        }
        synchronized (this) {
            seen.stream().forEach(value -> firstSeen[value] = Math.min(firstSeen[value], position));
            if (mask.loss() == MaskPicture.Loss.NONE) return;
            lossyValues.or(seen);
            firstLossy = Math.min(firstLossy, position);
        }
    }

    private synchronized void keepFirst(int position, Problem problem) {
        if (position >= firstUnreadable) return;
        firstUnreadable = position;
        unreadable = Optional.of(problem);
    }

    /** Returns the values that masks have, in their order. */
    IntStream values() {
        return IntStream.range(0, VALUES).filter(value -> firstSeen[value] != Integer.MAX_VALUE);
    }

    /** Returns the values of those masks whose format changes numbers. */
    IntStream lossyValues() {
        return lossyValues.stream();
    }

    /** Returns the first mask whose format changes numbers. */
    Optional<String> lossy() {
        return firstLossy == Integer.MAX_VALUE ? Optional.empty() : Optional.of(nameOf(firstLossy));
    }

    /** Returns the first mask that has a value. */
    String where(int value) {
        return nameOf(firstSeen[value]);
    }

    String place() {
        return place;
    }

    private String nameOf(int position) {
        return "the mask of " + listing.pictures().get(position).source();
    }
}
