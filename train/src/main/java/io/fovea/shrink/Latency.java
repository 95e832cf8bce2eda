package io.fovea.shrink;

import io.fovea.bundle.Bundle;
import io.fovea.predict.Model;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Tensor;
import io.fovea.predict.Verification;
import io.fovea.result.Int8Result;
import io.fovea.timing.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long a picture takes that is ready, by several models in turns, so that what else the machine does meets all of them. */
final class Latency {

    private static final int RUNS_OF_A_TURN = 5;
    private static final int LEAST_TURNS = 8;
    private static final int MOST_TURNS = 200;
    private static final long LONG_ENOUGH = 750_000_000L;

    private Latency() {}

    /** Returns the medians of both with so many threads. */
    static Int8Result.Speed of(Bundle first, Bundle second, Tensor picture, int threads) {
        double[] medians = of(List.of(first, second), List.of(picture, picture), threads);
        return new Int8Result.Speed(threads, medians[0], medians[1]);
    }

    /**
     * Returns the median of each model in milliseconds.
     *
     * @param pictures as each model takes them
     */
    static double[] of(List<Bundle> bundles, List<Tensor> pictures, int threads) {
        PredictionOptions options =
                PredictionOptions.DEFAULT.withThreads(threads).withVerification(Verification.SKIP);
        List<Durations> times = bundles.stream().map(_ -> new Durations()).toList();
        List<Model> models = new ArrayList<>();
        try {
            for (Bundle bundle : bundles) models.add(Model.of(bundle, options));
            for (int i = 0; i < RUNS_OF_A_TURN; i++)
                for (int m = 0; m < models.size(); m++) nanos(models.get(m), pictures.get(m));
            long start = System.nanoTime();
            for (int turn = 0; turn < MOST_TURNS; turn++) {
                if (turn >= LEAST_TURNS && System.nanoTime() - start > LONG_ENOUGH * bundles.size()) break;
                for (int m = 0; m < models.size(); m++)
                    for (int i = 0; i < RUNS_OF_A_TURN; i++) times.get(m).add(nanos(models.get(m), pictures.get(m)));
            }
        } finally {
            models.forEach(Model::close);
        }
        return times.stream().mapToDouble(Durations::medianMillis).toArray();
    }

    private static long nanos(Model model, Tensor picture) {
        String result = model.manifest().task().result();
        long start = System.nanoTime();
        model.run(Map.of("input", picture), List.of(result));
        return System.nanoTime() - start;
    }
}
