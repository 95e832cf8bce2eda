package io.fovea.quantize;

import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.weights.FoldedNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What values occur in a network: how often, their means by channel, and all of them for a few pictures. */
final class Calibration {

    /** Pictures whose values are kept whole, to try ranges on. */
    private static final int KEPT = 8;

    /** What they may take: 256 MiB. */
    private static final long MOST_KEPT = 1L << 26;

    private final Map<String, Histogram> histograms = new HashMap<>();
    private final Map<String, double[]> means = new HashMap<>();
    private final Map<String, List<float[]>> kept = new HashMap<>();

    private Calibration() {}

    /** Runs pictures through a network. */
    static Calibration of(
            FoldedNetwork folded,
            Steps steps,
            CalibrationPictures pictures,
            int[] positions,
            PicturesDone heard,
            int threads) {
        Set<String> results = new LinkedHashSet<>(steps.scaled());
        Set<String> read = new LinkedHashSet<>();
        for (Step step : steps.weighted()) read.add(step.node().inputs().getFirst());
        results.addAll(read);
        results.remove(Network.INPUT);
        long numbers = results.stream()
                .mapToLong(result -> steps.shape(result).count())
                .sum();
        int keep = Math.clamp(MOST_KEPT / Math.max(1, numbers), 1, KEPT);
        Calibration calibration = new Calibration();
        Shape shape = folded.network().input();
        long[] axes = {1, shape.size(0), shape.size(1), shape.size(2)};
        List<String> names = results.stream().map(FloatGraph::name).toList();
        try (GraphRun run =
                new GraphRun(FloatGraph.whole(folded, steps, results), threads, GraphRun.Optimization.ALL)) {
            for (int i = 0; i < positions.length; i++) {
                float[] picture = pictures.picture(positions[i]);
                Map<String, float[]> values = run.run(picture, axes, names);
                values.put(FloatGraph.name(Network.INPUT), picture);
                for (String result : steps.scaled()) {
                    float[] found = values.get(FloatGraph.name(result));
                    calibration
                            .histograms
                            .computeIfAbsent(result, _ -> new Histogram())
                            .add(found);
                    if (i < keep)
                        calibration
                                .kept
                                .computeIfAbsent(result, _ -> new ArrayList<>())
                                .add(found);
                }
                for (String result : read)
                    calibration.addMeans(
                            result, values.get(FloatGraph.name(result)), steps.shape(result), positions.length);
                heard.at(i + 1, positions.length);
            }
        }
        return calibration;
    }

    private void addMeans(String result, float[] values, Shape shape, int pictures) {
        double[] sums = means.computeIfAbsent(result, _ -> new double[shape.size(0)]);
        int area = values.length / sums.length;
        for (int i = 0; i < values.length; i++) sums[i / area] += (double) values[i] / area / pictures;
    }

    Histogram histogram(String result) {
        return histograms.get(result);
    }

    /** Returns the means [C] of what a layer with weights reads. */
    double[] means(String result) {
        return means.get(result);
    }

    /** Returns the values of a few pictures. */
    List<float[]> kept(String result) {
        return kept.get(result);
    }
}
