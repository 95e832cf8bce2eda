package io.fovea.hybrid;

import io.fovea.dataset.Split;
import io.fovea.evaluation.PairedComparison;
import io.fovea.export.ModelParts;

/**
 * A hybrid and how it came about.
 *
 * @param parts          network, weights, preprocessing, references
 * @param judged         the split of {@code outputs}
 * @param outputs        [N, K] logits for the judged pictures
 * @param form           of the engine
 * @param weightsBytes   of kernels, biases and projection
 * @param referenceCount R
 * @param generations    lived
 * @param evaluations    candidates judged
 * @param validation     what chose
 * @param seconds        where the time went
 */
public record HybridOutcome(
        ModelParts parts,
        Split judged,
        float[] outputs,
        EngineForm form,
        long weightsBytes,
        int referenceCount,
        long generations,
        long evaluations,
        Validation validation,
        Seconds seconds) {

    /**
     * Accuracies on held-out training pictures of engines that were fitted without them.
     *
     * @param pictures held out
     * @param start    share that the engine without evolution gets right
     * @param evolved  share with the evolved kernels; the same as {@code start} if nothing was evolved
     * @param kept     whose kernels the engine has
     * @param paired   the two picture by picture, the one without evolution first
     */
    public record Validation(int pictures, double start, double evolved, Kept kept, PairedComparison paired) {}

    /** Which kernels were kept. */
    public enum Kept {
        /** Those before evolution: it made nothing better. */
        START,
        /** Those after it. */
        EVOLVED
    }

    /**
     * Where the time went, in seconds.
     *
     * @param total      in all; of a run that was stopped and went on, with its evolution before
     * @param earlier    of it, the evolution before the stop
     * @param head       on fitting heads
     * @param search     on searching: asking, judging and telling candidates
     * @param evaluation on judging on held-out and test pictures
     */
    public record Seconds(double total, double earlier, double head, double search, double evaluation) {}
}
