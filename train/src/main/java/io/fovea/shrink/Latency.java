package io.fovea.shrink;

import io.fovea.bundle.Bundle;
import io.fovea.predict.Model;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Tensor;
import io.fovea.predict.Verification;
import io.fovea.result.Int8Result;
import io.fovea.timing.Durations;
import java.util.List;
import java.util.Map;

/** How long a picture takes that is ready, by two models in turns, so that what else the machine does meets both. */
final class Latency {

    private static final int RUNS_OF_A_TURN = 5;
    private static final int LEAST_TURNS = 8;
    private static final int MOST_TURNS = 200;
    private static final long LONG_ENOUGH = 1_500_000_000L;

    private Latency() {}

    /** Returns the medians of both with so many threads. */
    static Int8Result.Speed of(Bundle first, Bundle second, Tensor picture, int threads) {
        PredictionOptions options =
                PredictionOptions.DEFAULT.withThreads(threads).withVerification(Verification.SKIP);
        Durations firstTimes = new Durations(), secondTimes = new Durations();
        try (Model before = Model.of(first, options);
                Model after = Model.of(second, options)) {
            for (int i = 0; i < RUNS_OF_A_TURN; i++) {
                nanos(before, picture);
                nanos(after, picture);
            }
            long start = System.nanoTime();
            for (int turn = 0; turn < MOST_TURNS; turn++) {
                if (turn >= LEAST_TURNS && System.nanoTime() - start > LONG_ENOUGH) break;
                for (int i = 0; i < RUNS_OF_A_TURN; i++) firstTimes.add(nanos(before, picture));
                for (int i = 0; i < RUNS_OF_A_TURN; i++) secondTimes.add(nanos(after, picture));
            }
        }
        return new Int8Result.Speed(threads, firstTimes.medianMillis(), secondTimes.medianMillis());
    }

    private static long nanos(Model model, Tensor picture) {
        String result = model.manifest().task().result();
        long start = System.nanoTime();
        model.run(Map.of("input", picture), List.of(result));
        return System.nanoTime() - start;
    }
}
