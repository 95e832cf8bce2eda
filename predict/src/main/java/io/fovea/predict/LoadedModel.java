package io.fovea.predict;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.Manifest;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.problem.Problem;
import io.fovea.task.ModelOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * What every loaded model has, whatever it answers: the network in ONNX Runtime, buffers for any number of threads, an end that waits.
 *
 * <p>A picture comes in prepared, and an {@link Answer} takes what it wants of the outputs. Threads may share it.
 */
final class LoadedModel implements AutoCloseable {

    /** Pictures of one run in {@link #answers}: enough to keep processors busy, few enough for small machines. */
    private static final int BATCH = 16;

    /** Reads the outputs of one picture of a run. */
    interface Answer<T> {

        /**
         * Returns the answer.
         *
         * @param lane  what the network gave
         * @param row   the picture's place in the lane
         * @param index the picture's place among all
         */
        T read(Lane lane, int row, int index);
    }

    /** Reads what a search gave for one picture of a run. */
    interface SearchAnswer<T> {

        /** Returns the answer for the picture at {@code row}. */
        T read(NeighbourOutputs search, int row);
    }

    private final Manifest manifest;
    private final OnnxModel model;
    private final Normaliser normaliser;
    private final Optional<ReplayReport> replay;
    private final String where;
    private final Queue<Lane> idle = new ConcurrentLinkedQueue<>();
    private final Queue<Lane> idleBatches = new ConcurrentLinkedQueue<>();
    private final ReadWriteLock lifetime = new ReentrantReadWriteLock();
    private boolean closed;

    private LoadedModel(
            Manifest manifest, OnnxModel model, Normaliser normaliser, Optional<ReplayReport> replay, String where) {
        this.manifest = manifest;
        this.model = model;
        this.normaliser = normaliser;
        this.replay = replay;
        this.where = where;
    }

    /**
     * Loads a model, and replays its golden pictures if {@code options} ask for it.
     *
     * @param where what problems name
     * @throws Problem if its network does not run here, or a golden picture comes out otherwise
     */
    static LoadedModel load(Bundle bundle, PredictionOptions options, String where) {
        Manifest manifest = bundle.manifest();
        Preprocessing preprocessing = manifest.preprocessing();
        long[] shape = {preprocessing.channels(), preprocessing.height(), preprocessing.width()};
        List<ModelOutput> answers =
                new ArrayList<>(manifest.task().outputs(manifest.result().shape()));
        manifest.familiarity()
                .ifPresent(familiarity -> answers.add(ModelOutput.floats(familiarity.output(), 1, "squared distance")));
        List<String> outputs = answers.stream().map(ModelOutput::name).toList();
        int[] widths = answers.stream().mapToInt(ModelOutput::count).toArray();
        OnnxModel model = OnnxModel.load(
                bundle.onnx(),
                shape,
                outputs,
                widths,
                options.threadsFor(manifest.sizes().multiplyAccumulates()),
                where);
        try {
            Normaliser normaliser = new Normaliser(preprocessing);
            Optional<ReplayReport> report = options.verification() == Verification.REPLAY
                    ? Optional.of(new Replay(bundle, model, normaliser, where).run())
                    : Optional.empty();
            return new LoadedModel(manifest, model, normaliser, report, where);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** Returns the problem of a model whose task is not the one that a decoder reads. */
    static Problem otherTask(Manifest manifest, String expected, String where) {
        List<String> names = manifest.task().names();
        return new Problem(
                "Expected a model for " + expected + ", found one for "
                        + manifest.task().word() + (names.isEmpty() ? "" : " of " + few(names)),
                where,
                "load it with the class that reads its task (Classifier, Regressor), or use \"fovea predict\", which"
                        + " takes every model");
    }

    /** Returns the first names of a list that may hold a thousand. */
    private static String few(List<String> names) {
        String shown = names.stream().limit(3).map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
        return names.size() <= 3 ? shown : shown + " and " + (names.size() - 3) + " more";
    }

    Manifest manifest() {
        return manifest;
    }

    /** Returns how far a picture of a run is from those that the model learned from, if it tells. */
    Optional<Unfamiliarity> unfamiliarity(Lane lane, int row) {
        return manifest.familiarity().map(familiarity -> Unfamiliarity.of(lane.last(row), familiarity.threshold()));
    }

    /** Returns how far a picture of a search is from those that the model learned from, if it tells. */
    Optional<Unfamiliarity> unfamiliarity(NeighbourOutputs search, int row) {
        return manifest.familiarity().flatMap(familiarity -> search.unfamiliarity(row)
                .map(squared -> Unfamiliarity.of(squared, familiarity.threshold())));
    }

    Optional<ReplayReport> replay() {
        return replay;
    }

    /** Returns what problems name. */
    String where() {
        return where;
    }

    /** Answers for one prepared picture. */
    <T> T answer(Pixels prepared, Answer<T> answer) {
        Lock use = use();
        try {
            Lane lane = idle.poll();
            if (lane == null) lane = model.lane(1);
            try {
                normaliser.write(prepared, lane.input(), 0);
                model.run(lane);
                return answer.read(lane, 0, 0);
            } finally {
                idle.add(lane);
            }
        } finally {
            use.unlock();
        }
    }

    /** Answers for prepared pictures in batches, each asked for once and in order; with less work per picture than one at a time. */
    <T> List<T> answers(int count, IntFunction<Pixels> prepared, Answer<T> answer) {
        List<T> answers = new ArrayList<>(count);
        for (int first = 0; first < count; first += BATCH) {
            List<Pixels> pictures = new ArrayList<>(BATCH);
            for (int i = first; i < Math.min(count, first + BATCH); i++) pictures.add(prepared.apply(i));
            answers.addAll(batch(pictures, first, answer));
        }
        return answers;
    }

    private <T> List<T> batch(List<Pixels> pictures, int first, Answer<T> answer) {
        return batch(pictures, lane -> {
            model.run(lane);
            List<T> answers = new ArrayList<>(pictures.size());
            for (int i = 0; i < pictures.size(); i++) answers.add(answer.read(lane, i, first + i));
            return answers;
        });
    }

    /** Returns whether the network decides by neighbours and shows them. */
    boolean showsNeighbours() {
        return model.showsNeighbours();
    }

    /** Searches the neighbours of prepared pictures in batches, each asked for once and in order. */
    <T> List<T> searched(int count, IntFunction<Pixels> prepared, SearchAnswer<T> answer) {
        List<T> answers = new ArrayList<>(count);
        for (int first = 0; first < count; first += BATCH) {
            List<Pixels> pictures = new ArrayList<>(BATCH);
            for (int i = first; i < Math.min(count, first + BATCH); i++) pictures.add(prepared.apply(i));
            NeighbourOutputs search = batch(pictures, model::search);
            for (int row = 0; row < pictures.size(); row++) answers.add(answer.read(search, row));
        }
        return answers;
    }

    /** Lends a lane that holds the pictures. */
    private <T> T batch(List<Pixels> pictures, Function<Lane, T> run) {
        Lock use = use();
        try {
            Lane whole = idleBatches.poll();
            if (whole == null) whole = model.lane(BATCH);
            try (Lane lane = model.part(whole, pictures.size())) {
                for (int i = 0; i < pictures.size(); i++) normaliser.write(pictures.get(i), lane.input(), i);
                return run.apply(lane);
            } finally {
                idleBatches.add(whole);
            }
        } finally {
            use.unlock();
        }
    }

    /** Returns a picture that needs no resizing any more, after a look at its shape. */
    Pixels checkedShape(Pixels prepared) {
        Preprocessing expected = manifest.preprocessing();
        if (prepared.height() == expected.height()
                && prepared.width() == expected.width()
                && prepared.channels() == expected.channels()) return prepared;
        throw new IllegalArgumentException("Expected a prepared picture [" + expected.height() + ", " + expected.width()
                + ", " + expected.channels() + "], found [" + prepared.height() + ", " + prepared.width() + ", "
                + prepared.channels() + "]");
    }

    /** Keeps the model open until the returned lock is unlocked. */
    private Lock use() {
        Lock use = lifetime.readLock();
        use.lock();
        if (closed) {
            use.unlock();
            throw new IllegalStateException("The model \"" + manifest.name() + "\" is closed");
        }
        return use;
    }

    /** Frees native memory, after predictions that are under way; closing again does nothing. */
    @Override
    public void close() {
        lifetime.writeLock().lock();
        try {
            if (closed) return;
            closed = true;
            idle.forEach(Lane::close);
            idleBatches.forEach(Lane::close);
            model.close();
        } finally {
            lifetime.writeLock().unlock();
        }
    }
}
