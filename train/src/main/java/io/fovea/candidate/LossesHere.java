package io.fovea.candidate;

import io.fovea.thread.Workers;
import java.util.Arrays;
import java.util.Optional;

/** {@link CandidateLosses} computed in this process. */
public final class LossesHere implements CandidateLosses {

    private final HeadLoss loss;
    private Optional<Basis> last = Optional.empty();
    private Optional<HeadLoss.Prepared> prepared = Optional.empty();

    /** Prepares. */
    public LossesHere(Layout layout, Workers workers) {
        loss = new HeadLoss(layout, workers);
    }

    @Override
    public double[] losses(Basis basis, Candidates candidates) {
        if (last.isEmpty() || last.get() != basis) {
            last = Optional.of(basis);
            prepared = Optional.of(new HeadLoss.Prepared(basis));
        }
        double[] total = loss.sums(prepared.orElseThrow(), candidates).total();
        return Arrays.stream(total).map(sum -> sum / basis.pictures().count()).toArray();
    }
}
