package io.fovea.resource;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.network.Inference;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.speed.Speed;
import io.fovea.speed.SpeedRecords;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How long a head on features will take and what memory, before it begins.
 *
 * <p>Time: every picture goes through the network once, and augmented copies of the training pictures; a head is fitted in a small part of that. Images a second
 * are what was measured of this network on this machine, else three times what trainings here made in proportion to multiply-accumulates, as a step goes
 * through a network forward once and backward at twice the cost.
 *
 * <p>Memory: 4 bytes each for parameters twice, as they are read and as they are computed with, for the values of the two largest layers of a batch, and for the
 * features of all pictures; and what a process takes by itself.
 */
final class FeatureEstimate {

    /** Pictures that are computed together; the features of more are not held. */
    private static final int BATCH = 64;

    private static final double FORWARDS_IN_A_STEP = 3;

    private FeatureEstimate() {}

    /**
     * Returns it for programs.
     *
     * @param network with its own head
     * @param copies  augmented copies of each training picture
     */
    static Map<String, Object> of(
            Dataset dataset,
            Network network,
            int copies,
            int threads,
            SpeedRecords speeds,
            List<KnownRuns.Known> runs) {
        NetworkSummary summary = Inference.of(network);
        long passes = (long) dataset.count(Split.TRAINING) * copies;
        for (Split split : Split.values()) passes += dataset.count(split);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("parameters", summary.parameters());
        json.put("macs", summary.macs());
        long all = passes;
        speed(network, threads, speeds, runs).ifPresent(found -> {
            json.put("seconds", found.speed().seconds(all));
            json.put("sure", found.sure());
            json.put("from", found.from());
        });
        TrainingEstimate.memory(json, bytes(summary, passes), runs);
        return json;
    }

    private static Optional<TrainingEstimate.Time> speed(
            Network network, int threads, SpeedRecords speeds, List<KnownRuns.Known> runs) {
        String work =
                String.format(Locale.ROOT, "features of %s %s, %d threads (", network.name(), network.input(), threads);
        Optional<Speed> measured = speeds.all().stream()
                .filter(entry -> entry.work().startsWith(work))
                .map(SpeedRecords.Entry::speed)
                .max(Comparator.comparingDouble(Speed::imagesPerSecond));
        if (measured.isPresent())
            return Optional.of(new TrainingEstimate.Time(
                    measured.get(), "measured", "what was measured of its features on this machine"));
        return TrainingEstimate.nearest(network, runs)
                .map(run -> new TrainingEstimate.Time(
                        new Speed(
                                "run",
                                FORWARDS_IN_A_STEP
                                        * run.macsPerSecond()
                                        / Math.max(1, Inference.of(network).macs()),
                                0),
                        "reckoned",
                        "the run " + run.run() + " of another network, by multiply-accumulates"));
    }

    private static long bytes(NetworkSummary summary, long passes) {
        List<Long> values = summary.layers().stream()
                .map(layer -> layer.output().count())
                .sorted(Comparator.reverseOrder())
                .limit(2)
                .toList();
        List<LayerSummary> layers = summary.layers();
        // what the network's own head reads is what a new one reads
        long features = layers.size() < 2
                ? summary.input().count()
                : layers.get(layers.size() - 2).output().count();
        return Float.BYTES
                * (2 * summary.parameters()
                        + BATCH * values.stream().mapToLong(Long::longValue).sum()
                        + passes * features);
    }
}
