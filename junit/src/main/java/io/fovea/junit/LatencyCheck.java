package io.fovea.junit;

import io.fovea.predict.Decoder;
import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Holds a model to the time that its answers take.
 *
 * @param p50     longest median, in milliseconds
 * @param p99     longest 99th percentile, in milliseconds
 * @param warmUp  answers before
 * @param runs    answers that are measured
 * @param threads that ask at once
 * @param picture that is asked about; golden ones if empty
 */
record LatencyCheck(double p50, double p99, int warmUp, int runs, int threads, String picture) {

    private static final int FEWEST_FOR_P99 = 100;

    LatencyCheck {
        String where = "@LatencyCeiling";
        if (p50 == Double.POSITIVE_INFINITY && p99 == Double.POSITIVE_INFINITY)
            throw new Problem(
                    "Expected a ceiling, found none",
                    where,
                    "give p50Millis, p99Millis or both, such as p99Millis = 20");
        if (!(p50 > 0 && p99 > 0))
            throw new Problem(
                    "Expected ceilings above 0 ms, found " + p50 + " and " + p99, where, "give the milliseconds");
        int fewest = p99 < Double.POSITIVE_INFINITY ? FEWEST_FOR_P99 : 1;
        if (runs < fewest)
            throw new Problem(
                    "Expected at least " + fewest + " runs, found " + runs,
                    where,
                    "let runs be " + fewest + " or more: fewer do not show the percentile");
        if (warmUp < 0 || threads < 1)
            throw new Problem(
                    "Expected no warm-up or more and one thread or more, found " + warmUp + " and " + threads,
                    where,
                    "let warmUp be 0 or more and threads 1 or more");
    }

    static LatencyCheck of(LatencyCeiling annotation) {
        return new LatencyCheck(
                annotation.p50Millis(),
                annotation.p99Millis(),
                annotation.warmUp(),
                annotation.runs(),
                annotation.threads(),
                annotation.picture());
    }

    /**
     * Measures.
     *
     * @throws Problem if answers take longer
     */
    void check(TestedModel tested, ExtensionContext context, Findings findings) throws InterruptedException {
        Decoder decoder = tested.decoder(context);
        List<byte[]> pictures = tested.pictures(picture);
        times(decoder, pictures, warmUp);
        long[] times = times(decoder, pictures, runs);
        Arrays.sort(times);
        double middle = percentile(times, 50);
        double late = percentile(times, 99);
        String found = String.format(
                Locale.ROOT,
                "p50 %.3f ms, p90 %.3f ms, p99 %.3f ms, longest %.3f ms",
                middle,
                percentile(times, 90),
                late,
                percentile(times, 100));
        String measured = runs + " runs after " + warmUp + " of warm-up, " + threads
                + (threads == 1 ? " thread, " : " threads, ")
                + Runtime.getRuntime().availableProcessors() + " processors";
        if (middle <= p50 && late <= p99) {
            findings.tell("latency", found + "; " + measured);
            return;
        }
        throw new Problem(
                "Expected " + expected() + ", found " + found + ".",
                "model " + tested.file() + ", " + (picture.isEmpty() ? "its golden pictures" : picture) + ", "
                        + measured,
                "measure again while the machine does nothing else; take a smaller model or one in whole numbers"
                        + " (fovea shrink int8), or raise the ceiling to what your users can wait");
    }

    private String expected() {
        List<String> parts = new ArrayList<>();
        if (p50 < Double.POSITIVE_INFINITY) parts.add("p50 of at most " + millis(p50));
        if (p99 < Double.POSITIVE_INFINITY) parts.add("p99 of at most " + millis(p99));
        return String.join(" and ", parts);
    }

    private static String millis(double millis) {
        return (millis < 0.001 ? Double.toString(millis) : String.format(Locale.ROOT, "%.3f", millis)) + " ms";
    }

    /** Returns the nanoseconds of {@code count} answers, asked for by all threads at once. */
    private long[] times(Decoder decoder, List<byte[]> pictures, int count) throws InterruptedException {
        long[] times = new long[count];
        CountDownLatch ready = new CountDownLatch(threads);
        ExecutorService asking = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int first = t;
                Callable<Void> some = () -> {
                    ready.countDown();
                    ready.await();
                    for (int i = first; i < count && !Thread.currentThread().isInterrupted(); i += threads) {
                        byte[] asked = pictures.get(i % pictures.size());
                        long begin = System.nanoTime();
                        decoder.answer(asked, "picture");
                        times[i] = System.nanoTime() - begin;
                    }
                    return null;
                };
                ends.add(asking.submit(some));
            }
            for (Future<?> end : ends) end.get();
            return times;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Problem problem) throw problem;
            throw new IllegalStateException(failure.getCause());
        } finally {
            asking.shutdownNow();
        }
    }

    /** By nearest rank, in milliseconds. */
    private static double percentile(long[] sorted, int percent) {
        int place = (int) Math.ceil(percent / 100.0 * sorted.length);
        return sorted[Math.max(1, place) - 1] / 1e6;
    }
}
