package io.fovea.importer;

import io.fovea.problem.Problem;
import io.fovea.source.ListedPicture;
import io.fovea.source.PictureContent;
import io.fovea.source.PictureReading;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Prepares pictures on several threads and hands them on in the order of reading.
 *
 * <p>One thread reads the source and cuts it into small pieces; workers prepare the pieces; the calling thread takes them in
 * order from a bounded queue. Reading waits when the queue is full, so memory does not grow with the source.
 */
final class ParallelPreparation {

    private static final int PICTURES_PER_PIECE = 64;
    private static final long BYTES_PER_PIECE = 1 << 18;
    private static final int PIECES_PER_THREAD = 4;

    private final PicturePreparation preparation;
    private final int threads;

    ParallelPreparation(PicturePreparation preparation, int threads) {
        this.preparation = preparation;
        this.threads = threads;
    }

    /** Reads pictures; like {@link PictureReading#read} with the wanted ones already chosen. */
    @FunctionalInterface
    interface Reading {
        void read(PictureReading.Receiver receiver) throws InterruptedException;
    }

    /** Takes what became of the picture at {@code position}. */
    @FunctionalInterface
    interface Taking {
        void take(int position, PicturePreparation.Outcome outcome);
    }

    /**
     * Runs to the end.
     *
     * @param names the pictures, for messages
     * @throws Problem if reading fails
     */
    void run(Reading reading, List<ListedPicture> names, Taking taking) {
        BlockingQueue<Future<List<Item>>> queue = new ArrayBlockingQueue<>(threads * PIECES_PER_THREAD);
        ExecutorService workers = pool("import", threads);
        ExecutorService reader = pool("import-reader", 1);
        try {
            reader.submit(() -> readAll(reading, names, queue, workers));
            for (List<Item> piece = queue.take().get();
                    !piece.isEmpty();
                    piece = queue.take().get()) {
                for (Item item : piece) taking.take(item.position(), item.outcome());
            }
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The import was interrupted");
        } finally {
            reader.shutdownNow();
            workers.shutdownNow();
        }
    }

    private record Item(int position, PicturePreparation.Outcome outcome) {}

    private record Read(int position, PictureContent content) {}

    /** An empty piece is the end; a failed one carries the failure. */
    private Void readAll(
            Reading reading,
            List<ListedPicture> names,
            BlockingQueue<Future<List<Item>>> queue,
            ExecutorService workers)
            throws InterruptedException {
        List<Read> piece = new ArrayList<>();
        long[] bytes = {0};
        try {
            reading.read((position, content) -> {
                piece.add(new Read(position, content));
                bytes[0] += sizeInBytes(content);
                if (piece.size() < PICTURES_PER_PIECE && bytes[0] < BYTES_PER_PIECE) return;
                queue.put(submit(List.copyOf(piece), names, workers));
                piece.clear();
                bytes[0] = 0;
            });
            if (!piece.isEmpty()) queue.put(submit(List.copyOf(piece), names, workers));
            queue.put(CompletableFuture.completedFuture(List.of()));
        } catch (RuntimeException | Error e) {
            queue.put(CompletableFuture.failedFuture(e));
        }
        return null;
    }

    private Future<List<Item>> submit(List<Read> piece, List<ListedPicture> names, ExecutorService workers) {
        return workers.submit(() -> {
            List<Item> items = new ArrayList<>(piece.size());
            for (Read read : piece) {
                String name = names.get(read.position()).source();
                items.add(new Item(read.position(), preparation.prepare(read.content(), name)));
            }
            return items;
        });
    }

    private long sizeInBytes(PictureContent content) {
        long prepared = preparation.preparation().sizeInBytes();
        return switch (content) {
            case PictureContent.Encoded(byte[] file) -> Math.max(file.length, prepared);
            case PictureContent.Decoded(var pixels) -> Math.max(pixels.values().length, prepared);
            case PictureContent.OnDisk file -> prepared;
            case PictureContent.Masked(PictureContent picture, PictureContent mask) ->
                sizeInBytes(picture) + sizeInBytes(mask);
            case PictureContent.Unreadable none -> 0;
        };
    }

    private static RuntimeException rethrown(Throwable failure) {
        return switch (failure) {
            case Error e -> throw e;
            case RuntimeException e -> e;
            default -> new IllegalStateException(failure);
        };
    }

    private static ExecutorService pool(String name, int size) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(size, task -> Thread.ofPlatform()
                .daemon()
                .name("fovea-" + name + "-" + number.incrementAndGet())
                .unstarted(task));
    }
}
