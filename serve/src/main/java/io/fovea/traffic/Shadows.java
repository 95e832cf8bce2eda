package io.fovea.traffic;

import io.fovea.predict.Answer;
import io.fovea.predict.Classifier;
import io.fovea.predict.Decoder;
import io.fovea.predict.PlacedPicture;
import io.fovea.predict.Tensor;
import io.fovea.repository.AnsweredCall;
import io.fovea.repository.LoadedModel;
import io.fovea.repository.ModelRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks shadows what others have answered, one request after the other in a thread of its own, and only while no request waits for a worker.
 * Threads share it.
 */
final class Shadows implements AutoCloseable {

    private static final int MOST_WAITING = 64;

    /** Of pictures that wait, beyond what requests hold. */
    private static final long MOST_BYTES = 64 << 20;

    /** Pictures that are computed together at most. */
    private static final int BATCH = 16;

    private static final long LOOK_MILLISECONDS = 1;

    private final ModelRepository models;
    private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong bytes = new AtomicLong();
    private final Thread thread;
    private volatile boolean over;

    /** A request that a shadow is asked too. */
    private record Waiting(AnsweredCall call, Target shadow, ShadowCounts counts, long bytes) {}

    Shadows(ModelRepository models) {
        this.models = models;
        this.thread = Thread.ofPlatform().daemon().name("shadows").start(this::work);
    }

    /** Lets a shadow be asked what a call has answered, or counts that there is no room for it. Returns at once. */
    void ask(Target shadow, AnsweredCall call, ShadowCounts counts) {
        boolean isComparable = !call.answers().isEmpty() || call.files().isEmpty();
        boolean isItself =
                shadow.loaded(models).filter(model -> model == call.model()).isPresent();
        if (!isComparable || isItself) return;
        long size = call.files().stream().mapToLong(file -> file.length).sum()
                + call.input().map(input -> (long) Float.BYTES * input.size()).orElse(0L);
        Waiting asked = new Waiting(call, shadow, counts, size);
        if (bytes.addAndGet(size) <= MOST_BYTES && waiting.offer(asked)) return;
        bytes.addAndGet(-size);
        counts.dropped();
    }

    private void work() {
        try {
            while (!over) {
                Waiting next = waiting.take();
                awaitQuiet();
                compare(next);
                bytes.addAndGet(-next.bytes());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitQuiet() throws InterruptedException {
        while (models.serving().stream().anyMatch(model -> model.waiting() > 0))
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLISECONDS);
    }

    private void compare(Waiting asked) {
        AnsweredCall call = asked.call();
        try {
            LoadedModel model = asked.shadow().loaded(models).orElseThrow(IllegalStateException::new);
            long begin = System.nanoTime();
            Optional<Comparison> comparison =
                    model.aside(decoder -> call.files().isEmpty()
                            ? outputs(decoder, call)
                            : Comparison.of(call.answers(), answers(decoder, call, model)));
            if (comparison.isEmpty()) asked.counts().failed();
            else asked.counts().compared(comparison.get(), call.nanoseconds(), System.nanoTime() - begin);
        } catch (RuntimeException | Error wrong) {
            asked.counts().failed(); // whatever it is, it is the shadow's, and the next may be well
        }
    }

    private static List<Answer> answers(Decoder decoder, AnsweredCall call, LoadedModel model) {
        List<Answer> answers = new ArrayList<>();
        List<PlacedPicture> batch = new ArrayList<>();
        for (byte[] file : call.files()) {
            batch.add(decoder.place(file, "the picture", model.pictureLimits()));
            if (batch.size() < BATCH) continue;
            answers.addAll(decoder.answers(batch));
            batch.clear();
        }
        if (!batch.isEmpty()) answers.addAll(decoder.answers(batch));
        return answers;
    }

    private static Comparison outputs(Decoder decoder, AnsweredCall call) {
        Map<String, Tensor> outputs = decoder.model()
                .run(
                        Map.of("input", call.input().orElseThrow()),
                        List.copyOf(call.outputs().keySet()));
        return Comparison.of(call.outputs(), outputs, decoder instanceof Classifier);
    }

    /** Gives up what still waits. */
    @Override
    public void close() {
        over = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
