package io.fovea.drift;

import io.fovea.bundle.AnswerDistribution;
import io.fovea.bundle.Manifest;
import io.fovea.predict.Answer;
import io.fovea.predict.Prediction;
import io.fovea.predict.RankedClass;
import io.fovea.predict.Tensor;
import io.fovea.predict.Unfamiliarity;
import io.fovea.task.ModelOutput;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts of the latest answers of a classifier: of at least {@value #HALF} once there were so many, and twice that at most. Older ones are
 * forgotten. Threads share it.
 */
public final class RecentAnswers {

    /** After so many answers those before the last so many are forgotten. */
    static final int HALF = 1_000;

    private final Manifest manifest;
    private final List<Double> bounds;
    private Counts now;
    private Counts before;

    /** Counts of up to {@link #HALF} answers. */
    private final class Counts {

        private final long[] confidences = new long[bounds.size() + 1];
        private final long[] classes = new long[manifest.task().names().size()];
        private int pictures;
        private int judged; // whether they are familiar
        private int unfamiliar;
    }

    /** Begins without answers. */
    public RecentAnswers(Manifest manifest) {
        this.manifest = manifest;
        boolean isKnown = manifest.answers().pictures() > 0;
        this.bounds = isKnown ? manifest.answers().bounds() : AnswerDistribution.BOUNDS;
        this.now = new Counts();
        this.before = new Counts();
    }

    private boolean isClassifier() {
        boolean isOfThePicture = manifest.result().shape().size() == 1; // and not of each pixel
        return isOfThePicture && manifest.task().probabilities().isPresent();
    }

    /** Counts what was answered about a picture; of other tasks than classification nothing. */
    public void add(Answer answer) {
        if (!(answer instanceof Prediction prediction)) return;
        RankedClass best = prediction.best();
        add(best.label(), best.probability(), prediction.unfamiliarity().map(Unfamiliarity::familiar));
    }

    /** Counts outputs of the network [N, K], if probabilities are among them. */
    public void add(Map<String, Tensor> outputs) {
        Tensor probabilities = outputs.get(ModelOutput.PROBABILITIES);
        if (probabilities == null || !isClassifier()) return;
        float[] values = probabilities.floats();
        int classes = probabilities.size(1);
        for (int row = 0; row < probabilities.size(0); row++) {
            int best = 0;
            for (int k = 1; k < classes; k++) if (values[row * classes + k] > values[row * classes + best]) best = k;
            add(best, values[row * classes + best], Optional.empty());
        }
    }

    private synchronized void add(int label, double confidence, Optional<Boolean> familiar) {
        if (now.pictures == HALF) {
            before = now;
            now = new Counts();
        }
        now.pictures++;
        now.confidences[AnswerDistribution.bin(bounds, confidence)]++;
        now.classes[label]++;
        if (familiar.isEmpty()) return;
        now.judged++;
        if (!familiar.get()) now.unfamiliar++;
    }

    /** Returns what they tell; empty of other tasks than classification. */
    public synchronized Optional<Drift> drift() {
        if (!isClassifier()) return Optional.empty();
        return Optional.of(Drift.of(
                manifest,
                now.pictures + before.pictures,
                sum(now.confidences, before.confidences),
                sum(now.classes, before.classes),
                now.judged + before.judged,
                now.unfamiliar + before.unfamiliar));
    }

    private static long[] sum(long[] one, long[] other) {
        long[] sum = one.clone();
        for (int i = 0; i < sum.length; i++) sum[i] += other[i];
        return sum;
    }
}
