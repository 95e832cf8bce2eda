package io.fovea.module;

import io.fovea.tensor.Ranks;
import io.fovea.thread.Workers;
import java.util.Arrays;

/**
 * What the ranks of a run tell each other with every step, in one message: gradients, what layers keep beside their parameters, how the parts of the
 * batch were judged, and a note.
 *
 * <p>Formula: g = Σ<sub>r</sub> w(r)·g(r) / Σ<sub>r</sub> w(r), with g(r) the gradient of the mean loss of rank r's part and w(r) what that mean was
 * divided by: the gradient of the mean over the whole batch, whatever the parts. The loss likewise. Buffers b, as the running averages of batch
 * norms, become b + Σ<sub>r</sub> n(r)·(b(r) − b) / N, with n(r) the pictures of a part of N: the mean of what each rank's pictures made of them.
 *
 * <p>Gradients are summed in 32 bits. Everything else keeps its 64: each rank writes its numbers where all others write zeros, as sums of three
 * numbers of 32 bits, so that a sum of the message hands them on unrounded; then every rank adds them up in the same order.
 */
public final class StepExchange {

    private static final int GRAIN = 4096;

    /** What a number of 64 bits is cut into: 24 bits of the 53 each. */
    private static final int PIECES = 3;

    private static final int PICTURES = 0;
    private static final int LOSS = 1;
    private static final int WEIGHT = 2;
    private static final int NOTE = 3;
    private static final int COUNTS = 4;

    private final Ranks ranks;
    private final double[] notes;
    private double note;
    private float[] more = new float[0]; // buffers, then [ranks, numbers, PIECES]

    /** Among several ranks, or one. */
    public StepExchange(Ranks ranks) {
        this.ranks = ranks;
        this.notes = new double[ranks.count()];
    }

    /** Sets what this rank says beside its steps from now on. */
    public void note(double said) {
        note = said;
    }

    /** Returns what a rank said with the last step. */
    public double noteOf(int rank) {
        return notes[rank];
    }

    /**
     * Makes of a part's gradients and buffers those of the whole batch.
     *
     * @param own       how this rank's part was judged
     * @param gradients [at least {@code length}], overwritten
     * @param length    of them, P'
     * @param changes   of the buffers by this rank's part, overwritten with those by the whole batch
     * @return how the whole batch was judged
     */
    BatchTally sum(BatchTally own, float[] gradients, int length, float[] changes, Workers workers) {
        int numbers = COUNTS + own.counts().length;
        int needed = changes.length + ranks.count() * numbers * PIECES;
        if (more.length != needed) more = new float[needed];
        Arrays.fill(more, 0);
        for (int i = 0; i < changes.length; i++) more[i] = own.pictures() * changes[i];
        int at = changes.length + ranks.rank() * numbers * PIECES;
        write(at, PICTURES, own.pictures());
        write(at, LOSS, own.loss());
        write(at, WEIGHT, own.weight());
        write(at, NOTE, note);
        for (int i = 0; i < own.counts().length; i++) write(at, COUNTS + i, own.counts()[i]);
        scale(gradients, length, (float) own.weight(), workers);
        ranks.sum(gradients, length, more);
        BatchTally all = tally(changes.length, numbers);
        scale(gradients, length, all.weight() > 0 ? (float) (1 / all.weight()) : 0, workers);
        for (int i = 0; i < changes.length; i++) changes[i] = more[i] / all.pictures();
        return all;
    }

    private BatchTally tally(int first, int numbers) {
        int pictures = 0;
        double loss = 0;
        double weight = 0;
        double[] counts = new double[numbers - COUNTS];
        for (int rank = 0; rank < ranks.count(); rank++) {
            int at = first + rank * numbers * PIECES;
            pictures += (int) read(at, PICTURES);
            weight += read(at, WEIGHT);
            // a part whose classes weigh nothing has a loss of 0, or none that is a number
            loss += read(at, WEIGHT) * read(at, LOSS);
            notes[rank] = read(at, NOTE);
            for (int i = 0; i < counts.length; i++) counts[i] += read(at, COUNTS + i);
        }
        return new BatchTally(pictures, weight > 0 ? loss / weight : loss, weight, counts);
    }

    private void write(int at, int number, double value) {
        double rest = value;
        for (int piece = 0; piece < PIECES; piece++) {
            float part = (float) rest;
            more[at + number * PIECES + piece] = part;
            rest = Double.isFinite(part) ? rest - part : 0;
        }
    }

    private double read(int at, int number) {
        double value = 0;
        // the small ones first, so that nothing is rounded on the way
        for (int piece = PIECES - 1; piece >= 0; piece--) value += more[at + number * PIECES + piece];
        return value;
    }

    private static void scale(float[] values, int length, float factor, Workers workers) {
        if (factor == 1) return;
        workers.ranges(length, GRAIN, (from, to) -> {
            for (int i = from; i < to; i++) values[i] *= factor;
        });
    }
}
