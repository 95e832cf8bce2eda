package io.fovea.export;

import io.fovea.bundle.AnswerDistribution;
import io.fovea.bundle.Measurement;
import io.fovea.dataset.Split;
import io.fovea.evaluation.Evaluation;
import io.fovea.evaluation.Verdict;
import java.util.List;
import java.util.Locale;

/** A verdict as the few numbers that travel with the model; without those that could not be measured. */
public final class Measurements {

    private Measurements() {}

    /** Returns those of a verdict on a split. */
    public static List<Measurement> of(Verdict verdict, Split split) {
        return of(verdict, split.name().toLowerCase(Locale.ROOT));
    }

    /**
     * Counts the answers of a verdict on a split, here where every picture was judged: whoever has the bundle alone cannot.
     *
     * @return {@link AnswerDistribution#NONE} of other tasks than classification
     */
    public static AnswerDistribution answers(Verdict verdict, Split split) {
        if (!(verdict instanceof Evaluation evaluation)) return AnswerDistribution.NONE;
        AnswerDistribution.Counter counter =
                new AnswerDistribution.Counter(evaluation.classNames().size());
        evaluation.pictures().forEach(picture -> counter.add(picture.predicted(), picture.probability()));
        return counter.on(split.name().toLowerCase(Locale.ROOT));
    }

    /** @param on the examples that were judged, for people */
    static List<Measurement> of(Verdict verdict, String on) {
        return verdict.measures().stream()
                .filter(measure -> !Double.isNaN(measure.value()))
                .map(measure -> new Measurement(measure, on, verdict.count()))
                .toList();
    }
}
