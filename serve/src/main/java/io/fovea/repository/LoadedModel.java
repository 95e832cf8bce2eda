package io.fovea.repository;

import io.fovea.batching.BatchQueue;
import io.fovea.batching.BatchRunner;
import io.fovea.batching.Caller;
import io.fovea.batching.QueueLimits;
import io.fovea.batching.Rejection;
import io.fovea.bundle.Bundle;
import io.fovea.bundle.GoldenPicture;
import io.fovea.bundle.Manifest;
import io.fovea.codec.PictureLimits;
import io.fovea.drift.RecentAnswers;
import io.fovea.predict.Classifier;
import io.fovea.predict.Decoder;
import io.fovea.predict.PlacedPicture;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Tensor;
import io.fovea.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/** A version of a model that answers. Threads share it. */
public final class LoadedModel {

    private final FoundVersion found;
    private final Decoder decoder;
    private final Decoding decoding;
    private final double loadSeconds;
    private final ModelStatistics statistics = new ModelStatistics();
    private final ReadWriteLock open = new ReentrantReadWriteLock();
    private boolean closed;
    private final RecentAnswers recent;
    private final BatchQueue<Question, Reply> queue;

    private LoadedModel(FoundVersion found, Decoder decoder, Decoding decoding, QueueLimits limits, long begin) {
        this.found = found;
        this.decoder = decoder;
        this.decoding = decoding;
        this.recent = new RecentAnswers(decoder.manifest());
        this.queue = new BatchQueue<>(found.name(), limits, new Runner());
        this.loadSeconds = (System.nanoTime() - begin) / 1e9;
    }

    /**
     * Loads a version, replays its golden pictures, and computes with it once.
     *
     * @throws Problem if the file is damaged, or a golden picture comes out otherwise than when the model was made
     */
    static LoadedModel load(FoundVersion found, RepositorySettings settings, Decoding decoding) {
        long begin = System.nanoTime();
        Bundle bundle = Bundle.open(found.file());
        Decoder decoder = Decoder.of(bundle, PredictionOptions.DEFAULT.withThreads(settings.threads()));
        try {
            warm(decoder, bundle, settings);
            QueueLimits limits = new QueueLimits(settings.places(), settings.batch(), settings.workers());
            return new LoadedModel(found, decoder, decoding, limits, begin);
        } catch (RuntimeException | Error failure) {
            decoder.close();
            throw failure;
        }
    }

    /** Takes the golden pictures along the way of all others: one alone, and as many at once as a batch holds. */
    private static void warm(Decoder decoder, Bundle bundle, RepositorySettings settings) {
        List<GoldenPicture> golden = bundle.manifest().golden();
        if (golden.isEmpty()) return;
        PlacedPicture first = decoder.place(
                bundle.golden(golden.getFirst()), golden.getFirst().file(), settings.limits());
        decoder.answers(List.of(first));
        decoder.answers(Collections.nCopies(settings.batch(), first));
    }

    /** Returns its name. */
    public String name() {
        return found.name();
    }

    /** Returns its version. */
    public long version() {
        return found.version();
    }

    /** Returns its file. */
    public Path file() {
        return found.file();
    }

    FoundVersion found() {
        return found;
    }

    /** Returns what it is. */
    public Manifest manifest() {
        return decoder.manifest();
    }

    /** Returns what reads its outputs; for what it can answer, not for answers. */
    public Decoder decoder() {
        return decoder;
    }

    /** Returns what it has done. */
    public ModelStatistics statistics() {
        return statistics;
    }

    /** Returns the counts of its latest answers. */
    public RecentAnswers recent() {
        return recent;
    }

    /** Returns how many seconds it took to load, prove and warm it. */
    public double loadSeconds() {
        return loadSeconds;
    }

    /** Returns the bounds of its queue. */
    public QueueLimits limits() {
        return queue.limits();
    }

    /** Returns how many pictures are under way. */
    public int underWay() {
        return queue.taken();
    }

    /**
     * Takes a place for a request.
     *
     * @param pictures how many it is about
     * @param deadline of {@link System#nanoTime}
     * @throws Rejection if there is none, or the version is being put away
     */
    ModelCall call(int pictures, Caller caller, long deadline, List<AnswerListener> listeners) {
        return new ModelCall(this, decoding, queue.reserve(pictures, caller, deadline), listeners);
    }

    /** Returns how many requests no worker has taken yet. */
    public int waiting() {
        return queue.waiting();
    }

    /**
     * Computes something with the model that takes no place and counts in no statistic, such as a second opinion that nobody waits for.
     *
     * @return empty if the model is being put away
     */
    public <T> Optional<T> aside(Function<Decoder, T> work) {
        if (!open.readLock().tryLock()) return Optional.empty();
        try {
            return closed ? Optional.empty() : Optional.of(work.apply(decoder));
        } finally {
            open.readLock().unlock();
        }
    }

    /** Returns what a picture may cost. */
    public PictureLimits pictureLimits() {
        return decoding.limits();
    }

    /** Waits until all calls have ended, and frees the model's memory. */
    void close() {
        queue.close();
        open.writeLock().lock();
        try {
            closed = true;
            decoder.close();
        } finally {
            open.writeLock().unlock();
        }
    }

    /** Computes batches. */
    private final class Runner implements BatchRunner<Question, Reply> {

        @Override
        public boolean together(Question first, Question other) {
            return switch (first) {
                case Question.OfPictures _ -> other instanceof Question.OfPictures;
                case Question.OfNeighbours _ -> other instanceof Question.OfNeighbours;
                case Question.OfTensor tensor ->
                    other instanceof Question.OfTensor same && same.outputs().equals(tensor.outputs());
            };
        }

        @Override
        public List<Reply> answers(List<Question> questions) {
            return switch (questions.getFirst()) {
                case Question.OfPictures _ ->
                    parted(questions, all -> decoder.answers(all), (part) -> new Reply.Answers(part));
                case Question.OfNeighbours _ ->
                    parted(
                            questions,
                            all -> classifier()
                                    .neighboursOfPrepared(all.stream()
                                            .map(PlacedPicture::prepared)
                                            .toList()),
                            Reply.Neighbourhoods::new);
                case Question.OfTensor tensor -> outputs(questions, tensor.outputs());
            };
        }

        private Classifier classifier() {
            if (decoder instanceof Classifier classifier) return classifier;
            throw new Problem(
                    "The model \"" + name() + "\" names no classes, so it has no neighbours to show.",
                    "the request",
                    "leave out what asks for neighbours");
        }

        private <T> List<Reply> parted(
                List<Question> questions,
                Function<List<PlacedPicture>, List<? extends T>> run,
                Function<List<T>, Reply> reply) {
            List<PlacedPicture> all =
                    questions.stream().flatMap(each -> pictures(each).stream()).toList();
            List<? extends T> answers = run.apply(all);
            List<Reply> replies = new ArrayList<>();
            int at = 0;
            for (Question each : questions) {
                int count = pictures(each).size();
                replies.add(reply.apply(List.copyOf(answers.subList(at, at + count))));
                at += count;
            }
            return replies;
        }

        private static List<PlacedPicture> pictures(Question question) {
            return switch (question) {
                case Question.OfPictures of -> of.pictures();
                case Question.OfNeighbours of -> of.pictures();
                case Question.OfTensor _ -> List.of();
            };
        }

        private List<Reply> outputs(List<Question> questions, List<String> names) {
            List<Tensor> inputs = questions.stream()
                    .map(question -> ((Question.OfTensor) question).input())
                    .toList();
            Tensor input = inputs.size() == 1 ? inputs.getFirst() : Tensor.batch(inputs);
            Map<String, Tensor> outputs = decoder.model().run(Map.of("input", input), names);
            if (inputs.size() == 1) return List.of(new Reply.Outputs(outputs));
            List<Reply> replies = new ArrayList<>();
            int at = 0;
            for (Tensor each : inputs) {
                int from = at;
                Map<String, Tensor> part = new LinkedHashMap<>();
                outputs.forEach((name, output) -> part.put(name, output.pictures(from, each.size(0))));
                replies.add(new Reply.Outputs(part));
                at += each.size(0);
            }
            return replies;
        }

        @Override
        public void waited(long nanoseconds) {
            statistics.waited(nanoseconds);
        }

        @Override
        public void ran(int pictures, long nanoseconds) {
            statistics.batch(pictures, nanoseconds);
        }
    }
}
