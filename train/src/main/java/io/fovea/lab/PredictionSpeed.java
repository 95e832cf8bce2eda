package io.fovea.lab;

import io.fovea.image.Pixels;
import io.fovea.predict.Classifier;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Verification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** How long a model takes to classify pictures that are prepared already, in ONNX Runtime. */
final class PredictionSpeed {

    private static final int FEWEST_CALLS = 15;

    private final Duration time;

    /** Measures each model for that long, after warming up for half as long. */
    PredictionSpeed(Duration time) {
        this.time = time;
    }

    /**
     * Returns microseconds per picture: the median over calls, each with all of these pictures.
     *
     * @param bundle   the model's file
     * @param prepared at least one
     */
    double microseconds(Path bundle, List<Pixels> prepared, int threads) {
        PredictionOptions options =
                PredictionOptions.DEFAULT.withThreads(threads).withVerification(Verification.SKIP);
        try (Classifier classifier = Classifier.load(bundle, options)) {
            nanoseconds(classifier, prepared, time.dividedBy(2));
            return median(nanoseconds(classifier, prepared, time)) / 1000.0 / prepared.size();
        }
    }

    private static long[] nanoseconds(Classifier classifier, List<Pixels> prepared, Duration time) {
        long[] calls = new long[FEWEST_CALLS];
        int count = 0;
        long end = System.nanoTime() + time.toNanos();
        while (count < FEWEST_CALLS || System.nanoTime() < end) {
            if (count == calls.length) calls = Arrays.copyOf(calls, 2 * count);
            long began = System.nanoTime();
            classifier.classifyPrepared(prepared);
            calls[count++] = System.nanoTime() - began;
        }
        return Arrays.copyOf(calls, count);
    }

    /** Returns the middle value; of an even number the mean of the middle two. */
    static double median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
    }
}
