package io.fovea.repository;

import io.fovea.batching.Caller;
import io.fovea.bundle.Bundle;
import io.fovea.bundle.GoldenPicture;
import io.fovea.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Measures how fast this machine serves a model in several ways. A golden picture is decoded and answered for again and again by as many clients
 * as the workers have room for in their batches; what HTTP or gRPC add is not in it.
 */
final class Tuner {

    private static final Duration WARMING = Duration.ofMillis(300);
    private static final Duration MEASURING = Duration.ofMillis(700);

    /** A slowest of a hundred is told from so many answers. */
    private static final int FEWEST_ANSWERS = 200;

    /** A slow model is given up on after this. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final int LARGEST_BATCH = 32;

    /** A larger batch that gains less than this is the last one that is tried. */
    private static final double GAIN = 1.02;

    private final FoundVersion found;
    private final RepositorySettings usual;
    private final BooleanSupplier isOver;
    private final byte[] picture;

    /**
     * Takes a golden picture to measure with.
     *
     * @param isOver whether nobody waits for it any more
     * @throws Problem if there is none, or the file is damaged
     */
    Tuner(FoundVersion found, RepositorySettings usual, BooleanSupplier isOver) {
        this.found = found;
        this.usual = usual;
        this.isOver = isOver;
        Bundle bundle = Bundle.open(found.file());
        List<GoldenPicture> golden = bundle.manifest().golden();
        if (golden.isEmpty())
            throw new Problem(
                    "The model \"" + found.name() + "\" has no golden picture to measure with.",
                    found.file().toString(),
                    "leave --auto-tune out, or export the model again");
        this.picture = bundle.golden(golden.getFirst());
    }

    /**
     * Measures and chooses.
     *
     * @throws Problem               if the model does not prove itself, or no way keeps within the latency
     * @throws CancellationException if it is over, once the batches are computed that are under way
     */
    Tuning tuned(Duration latency) {
        int processors = Runtime.getRuntime().availableProcessors();
        SortedSet<Integer> workers = new TreeSet<>(List.of(1, Math.max(1, processors / 2), processors));
        trial(
                processors,
                1,
                1); // counts for nothing: Java compiles what is done often, and the first would pay for all
        List<Tuning.Trial> trials = new ArrayList<>();
        for (int each : workers.reversed()) {
            double before = 0;
            for (int batch = 1; batch <= Math.min(LARGEST_BATCH, usual.places()); batch *= 2) {
                Tuning.Trial trial = trial(each, Math.max(1, processors / each), batch);
                trials.add(trial);
                boolean isSlow = trial.p99().compareTo(latency) > 0;
                if (isSlow || trial.picturesPerSecond() < before * GAIN) break;
                before = trial.picturesPerSecond();
            }
        }
        return Tuning.of(found.name(), latency, trials);
    }

    private Tuning.Trial trial(int workers, int threads, int batch) {
        checkIsWanted();
        int clients = workers * batch;
        int places = Math.max(usual.places(), clients);
        RepositorySettings settings = usual.withQueue(places, batch, workers).withThreads(threads);
        LoadedModel model = LoadedModel.load(found, settings, new Decoding(settings));
        try {
            run(model, clients, WARMING, 0);
            long begin = System.nanoTime();
            long[] took = run(model, clients, MEASURING, FEWEST_ANSWERS);
            double seconds = (System.nanoTime() - begin) / 1e9;
            return new Tuning.Trial(
                    workers, threads, batch, clients, took.length, took.length / seconds, Duration.ofNanos(p99(took)));
        } finally {
            model.close();
        }
    }

    private void checkIsWanted() {
        if (isOver.getAsBoolean()) throw new CancellationException("the measuring of \"" + found.name() + "\"");
    }

    /** Returns the ⌈0.99 · n⌉-th smallest of n. */
    static long p99(long[] took) {
        long[] sorted = took.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(0.99 * sorted.length) - 1];
    }

    /** Returns how many nanoseconds each answer took. */
    private long[] run(LoadedModel model, int clients, Duration length, int fewest) {
        ConcurrentLinkedQueue<Long> took = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++)
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    do took.add(ask(model)); // each at least once
                    while (!over.get());
                } catch (RuntimeException | Error failure) {
                    failures.add(failure);
                }
            }));
        try {
            long begin = System.nanoTime();
            long passed = 0;
            while (failures.isEmpty()
                    && !isOver.getAsBoolean()
                    && (passed < length.toNanos() || took.size() < fewest && passed < LONGEST.toNanos())) {
                Thread.sleep(10);
                passed = System.nanoTime() - begin;
            }
            over.set(true);
            for (Thread each : threads) each.join();
        } catch (InterruptedException hurried) {
            over.set(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException(hurried);
        }
        if (failures.peek() instanceof ModelFailure failure) throw failure.problem();
        if (failures.peek() instanceof RuntimeException failure) throw failure;
        if (failures.peek() instanceof Error failure) throw failure;
        checkIsWanted();
        return took.stream().mapToLong(Long::longValue).toArray();
    }

    private long ask(LoadedModel model) {
        long begin = System.nanoTime();
        try (ModelCall call = model.call(1, Caller.STAYS, begin + (1L << 40), List.of())) {
            call.answers(List.of(call.place(picture, "golden")));
        }
        return System.nanoTime() - begin;
    }
}
