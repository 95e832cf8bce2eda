package io.fovea.repository;

import io.fovea.metric.Histogram;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What a version has done since it was loaded. Threads share it. */
public final class ModelStatistics {

    /** How often something was done, and how long it took in all. */
    public static final class Times {

        private final LongAdder count = new LongAdder();
        private final LongAdder nanoseconds = new LongAdder();
        private final Histogram seconds = Histogram.ofSeconds();

        void add(long took) {
            count.increment();
            nanoseconds.add(took);
            seconds.add(took / 1e9);
        }

        /** Returns how often. */
        public long count() {
            return count.sum();
        }

        /** Returns how long in all. */
        public long nanoseconds() {
            return nanoseconds.sum();
        }

        /** Returns how long each time. */
        public Histogram seconds() {
            return seconds;
        }
    }

    /** Batches of one size. */
    public record BatchTimes(long count, long nanoseconds) {}

    private final Times answered = new Times();
    private final Times failed = new Times();
    private final Times waited = new Times();
    private final Times prepared = new Times();
    private final Times ran = new Times();
    private final LongAdder pictures = new LongAdder();
    private final AtomicLong last = new AtomicLong();
    private final Histogram batchSizes = Histogram.ofCounts();
    private final Map<Integer, Times> batches = new ConcurrentSkipListMap<>();

    void batch(int size, long nanoseconds) {
        pictures.add(size);
        ran.add(nanoseconds);
        batchSizes.add(size);
        batches.computeIfAbsent(size, _ -> new Times()).add(nanoseconds);
        last.set(System.currentTimeMillis());
    }

    void waited(long nanoseconds) {
        waited.add(nanoseconds);
    }

    void prepared(long nanoseconds) {
        prepared.add(nanoseconds);
    }

    void answered(long nanoseconds) {
        answered.add(nanoseconds);
    }

    void failed(long nanoseconds) {
        failed.add(nanoseconds);
    }

    /** Returns the requests that were answered, from the place to the answer. */
    public Times answered() {
        return answered;
    }

    /** Returns the requests that had a place and were not answered. */
    public Times failed() {
        return failed;
    }

    /** Returns how long questions waited for a worker. */
    public Times waited() {
        return waited;
    }

    /** Returns pictures that were decoded and prepared. */
    public Times prepared() {
        return prepared;
    }

    /** Returns the runs of the network, each of a batch. */
    public Times ran() {
        return ran;
    }

    /** Returns how many pictures the network has computed. */
    public long pictures() {
        return pictures.sum();
    }

    /** Returns when the last batch ended, in milliseconds since 1970; 0 before the first. */
    public long last() {
        return last.get();
    }

    /** Returns the sizes of batches. */
    public Histogram batchSizes() {
        return batchSizes;
    }

    /** Returns the batches by their size. */
    public NavigableMap<Integer, BatchTimes> batches() {
        NavigableMap<Integer, BatchTimes> found = new TreeMap<>();
        batches.forEach((size, times) -> found.put(size, new BatchTimes(times.count(), times.nanoseconds())));
        return found;
    }
}
