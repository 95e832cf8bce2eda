package io.fovea.predict;

import io.fovea.image.Pixels;
import io.fovea.predict.PredictionListener.Stage;
import io.fovea.task.ModelOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Runs of a model that want the same outputs, with buffers for any number of threads that are used again.
 *
 * <p>A picture comes in prepared, and an {@link Answer} takes what it wants of the outputs. Threads may share it.
 */
final class Runs {

    /** Pictures of one run in {@link #answers}: enough to keep processors busy, few enough for small machines. */
    private static final int BATCH = 16;

    /** Numbers that go into and come out of one run, unless a single picture has more: 64 MiB. */
    private static final long MOST_NUMBERS = 1 << 24;

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

    private final Model model;
    private final OnnxModel network;
    private final Normaliser normaliser;
    private final List<ModelOutput> outputs;
    private final int batch;
    private final Queue<Lane> idle = new ConcurrentLinkedQueue<>();
    private final Queue<Lane> idleBatches = new ConcurrentLinkedQueue<>();

    /**
     * Runs of a model.
     *
     * @param outputs what they want, all of floats; positions in a {@link Lane} are positions here
     * @param numbers that go into and come out of the network for one picture
     */
    Runs(Model model, OnnxModel network, Normaliser normaliser, List<ModelOutput> outputs, long numbers) {
        this.model = model;
        this.network = network;
        this.normaliser = normaliser;
        this.outputs = outputs;
        this.batch = (int) Math.max(1, Math.min(BATCH, MOST_NUMBERS / numbers));
    }

    /** Returns how many pictures one run takes at most. */
    int batch() {
        return batch;
    }

    /** Answers for one prepared picture. */
    <T> T answer(Pixels prepared, Answer<T> answer) {
        Lock use = model.use();
        try {
            Lane lane = idle.poll();
            if (lane == null) lane = network.lane(1, outputs);
            try {
                Lane lent = lane;
                model.timed(Stage.NETWORK, 1, () -> {
                    normaliser.write(prepared, lent.input(), 0);
                    network.run(lent);
                    return lent;
                });
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
        for (int first = 0; first < count; first += batch) {
            List<Pixels> pictures = pictures(count, prepared, first);
            int start = first;
            lend(pictures.size(), lane -> {
                model.timed(Stage.NETWORK, pictures.size(), () -> {
                    write(pictures, lane);
                    network.run(lane);
                    return lane;
                });
                for (int i = 0; i < pictures.size(); i++) answers.add(answer.read(lane, i, start + i));
                return answers;
            });
        }
        return answers;
    }

    /** Searches the neighbours of prepared pictures in batches, each asked for once and in order. */
    <T> List<T> searched(int count, IntFunction<Pixels> prepared, SearchAnswer<T> answer) {
        List<T> answers = new ArrayList<>(count);
        for (int first = 0; first < count; first += batch) {
            List<Pixels> pictures = pictures(count, prepared, first);
            NeighbourOutputs search = lend(
                    pictures.size(),
                    lane -> model.timed(Stage.NETWORK, pictures.size(), () -> {
                        write(pictures, lane);
                        return network.search(lane);
                    }));
            for (int row = 0; row < pictures.size(); row++) answers.add(answer.read(search, row));
        }
        return answers;
    }

    private List<Pixels> pictures(int count, IntFunction<Pixels> prepared, int first) {
        List<Pixels> pictures = new ArrayList<>(batch);
        for (int i = first; i < Math.min(count, first + batch); i++) pictures.add(prepared.apply(i));
        return pictures;
    }

    private void write(List<Pixels> pictures, Lane lane) {
        for (int i = 0; i < pictures.size(); i++) normaliser.write(pictures.get(i), lane.input(), i);
    }

    /**
     * Lends a lane for so many pictures, which keeps the model open meanwhile.
     *
     * @param pictures at least 1, at most {@link #batch}
     */
    <T> T lend(int pictures, Function<Lane, T> run) {
        Lock use = model.use();
        try {
            Lane whole = idleBatches.poll();
            if (whole == null) whole = network.lane(batch, outputs);
            try (Lane lane = network.part(whole, pictures)) {
                return run.apply(lane);
            } finally {
                idleBatches.add(whole);
            }
        } finally {
            use.unlock();
        }
    }

    /** Frees the buffers; the model sees to it that no thread uses them any more. */
    void free() {
        idle.forEach(Lane::close);
        idleBatches.forEach(Lane::close);
    }
}
