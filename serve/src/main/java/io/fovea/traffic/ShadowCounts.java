package io.fovea.traffic;

import io.fovea.metric.Histogram;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** What a shadow's answers came to beside those that were returned. Threads share it. */
final class ShadowCounts {

    private final LongAdder compared = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder pictures = new LongAdder();
    private final LongAdder ranked = new LongAdder();
    private final LongAdder agreed = new LongAdder();
    private final DoubleAccumulator largest = new DoubleAccumulator(Math::max, 0);
    private final Histogram differences = Histogram.ofShares();
    private final Histogram answered = Histogram.ofSeconds();
    private final Histogram shadowed = Histogram.ofSeconds();

    void compared(Comparison comparison, long answeredIn, long shadowedIn) {
        compared.increment();
        pictures.add(comparison.pictures());
        comparison.agreed().ifPresent(alike -> {
            ranked.add(comparison.pictures());
            agreed.add(alike);
        });
        largest.accumulate(comparison.difference());
        differences.add(comparison.difference());
        answered.add(answeredIn / 1e9);
        shadowed.add(shadowedIn / 1e9);
    }

    void dropped() {
        dropped.increment();
    }

    void failed() {
        failed.increment();
    }

    /** Returns requests by what became of their shadow. */
    Map<String, Long> outcomes() {
        Map<String, Long> outcomes = new LinkedHashMap<>();
        outcomes.put("compared", compared.sum());
        outcomes.put("dropped", dropped.sum());
        outcomes.put("failed", failed.sum());
        return outcomes;
    }

    /** Returns how many pictures both have ranked classes for. */
    long ranked() {
        return ranked.sum();
    }

    /** Returns for how many of them both name the same most probable class. */
    long agreed() {
        return agreed.sum();
    }

    /** Returns the largest difference of each request. */
    Histogram differences() {
        return differences;
    }

    /** Returns how long the requests that were compared took, waiting included. */
    Histogram answered() {
        return answered;
    }

    /** Returns how long their shadows took, waiting excluded. */
    Histogram shadowed() {
        return shadowed;
    }

    Map<String, Object> words() {
        Map<String, Object> words = new LinkedHashMap<>(outcomes());
        words.put("pictures", pictures.sum());
        if (ranked() > 0) {
            words.put("agreed", agreed());
            words.put("agreement", (double) agreed() / ranked());
        }
        if (compared.sum() > 0) {
            words.put("largestDifference", largest.get());
            words.put("meanDifference", differences.mean());
            words.put("answerSeconds", answered.mean());
            words.put("shadowSeconds", shadowed.mean());
        }
        return words;
    }
}
