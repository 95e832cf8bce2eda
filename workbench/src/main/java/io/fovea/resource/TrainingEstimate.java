package io.fovea.resource;

import com.sun.management.OperatingSystemMXBean;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.network.Inference;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.optimize.Averaging;
import io.fovea.speed.Speed;
import io.fovea.speed.SpeedRecords;
import io.fovea.training.TrainingSettings;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How long a training will take and what memory, before it begins, and how sure that is.
 *
 * <p>Time: pictures seen in all epochs / images a second. Of these, in this order: what was measured on this machine of the same network, size of batch
 * and threads; what a run of the same network here made; what another network made here, in proportion to the multiply-accumulates of a picture.
 *
 * <p>Memory: 4 bytes each for parameters, gradients, the optimizer's memory and mean weights, and for the values of all layers for a batch and their
 * gradients; the states that checkpoints keep; and what a process takes by itself. Of a network that ran here with batches of the same size it is what that
 * run's process held.
 */
final class TrainingEstimate {

    /**
     * What a process may take beside what is reckoned, before a run here has told: LeNet by the vector kernels took 340 MB on two cores, and libtorch takes
     * more.
     */
    static final long PROCESS_BYTES = 600L << 20;

    private static final int BYTES = Float.BYTES;

    /** The states of weights and optimizer that are held beside: of the best and the last epoch, and as bytes on their way to a file; measured by LeNet's 70 M parameters at 224 x 224. */
    private static final int SNAPSHOTS = 4;

    private TrainingEstimate() {}

    /** Returns it for programs. */
    static Map<String, Object> of(
            Dataset dataset,
            Network network,
            TrainingSettings settings,
            SpeedRecords speeds,
            List<KnownRuns.Known> runs) {
        Map<String, Object> json = new LinkedHashMap<>();
        int pictures = dataset.count(Split.TRAINING);
        long seen = (long) pictures * settings.course().epochs();
        NetworkSummary summary = Inference.of(network);
        json.put("parameters", summary.parameters());
        json.put("macs", summary.macs());
        json.put(
                "steps",
                (long) settings.course().epochs()
                        * Math.ceilDiv(pictures, settings.pictures().batchSize()));
        time(network, settings, speeds, runs).ifPresent(time -> {
            json.put("seconds", time.speed().seconds(seen));
            json.put("sure", time.sure());
            json.put("from", time.from());
        });
        memory(json, bytes(network, settings), runs);
        same(network, settings, runs).ifPresent(run -> {
            json.put("bytes", run.bytes());
            json.put("bytesSure", "measured");
        });
        return json;
    }

    /** Returns the last run of this network with batches of this size, if its process told what it held. */
    private static Optional<KnownRuns.Known> same(
            Network network, TrainingSettings settings, List<KnownRuns.Known> runs) {
        return runs.stream()
                .filter(run -> run.bytes() > 0
                        && run.network().equals(network)
                        && run.settings().pictures().batchSize()
                                == settings.pictures().batchSize())
                .reduce((before, later) -> later);
    }

    /** Tells memory: what is reckoned of the work, with what a process takes beside it. */
    static void memory(Map<String, Object> json, long own, List<KnownRuns.Known> runs) {
        Optional<Long> known = ofProcess(runs);
        json.put("bytes", own + known.orElse(PROCESS_BYTES));
        json.put("bytesOfLayers", own);
        json.put("bytesSure", known.isPresent() ? "reckoned" : "rough");
        json.put("bytesOfMachine", machine());
    }

    /**
     * How fast it will be.
     *
     * @param sure {@code measured} or {@code reckoned}
     * @param from what told it
     */
    record Time(Speed speed, String sure, String from) {}

    private static Optional<Time> time(
            Network network, TrainingSettings settings, SpeedRecords speeds, List<KnownRuns.Known> runs) {
        String work = String.format(
                Locale.ROOT,
                "training of %s %s, batches of %d, %d threads (",
                network.name(),
                network.input(),
                settings.pictures().batchSize(),
                settings.computation().threads());
        Optional<Speed> measured = speeds.all().stream()
                .filter(entry -> entry.work().startsWith(work))
                .map(SpeedRecords.Entry::speed)
                .max(Comparator.comparingDouble(Speed::imagesPerSecond));
        if (measured.isPresent())
            return Optional.of(new Time(measured.get(), "measured", "what was measured of it on this machine"));
        Optional<KnownRuns.Known> same = runs.stream()
                .filter(run -> run.network().equals(network)
                        && run.settings().pictures().batchSize()
                                == settings.pictures().batchSize())
                .reduce((before, later) -> later);
        if (same.isPresent())
            return Optional.of(new Time(
                    new Speed("run", same.get().imagesPerSecond(), 0),
                    "measured",
                    "the run " + same.get().run()));
        long macs = Math.max(1, Inference.of(network).macs());
        return nearest(network, runs)
                .map(run -> new Time(
                        new Speed("run", run.macsPerSecond() / macs, 0),
                        "reckoned",
                        run.network().equals(network)
                                ? "the run " + run.run() + ", whose batches were of another size"
                                : "the run " + run.run() + " of another network, by multiply-accumulates"));
    }

    /** Returns the run whose network is nearest in multiply-accumulates. */
    static Optional<KnownRuns.Known> nearest(Network network, List<KnownRuns.Known> runs) {
        long macs = Math.max(1, Inference.of(network).macs());
        return runs.stream()
                .filter(run -> run.macsPerSecond() > 0)
                .min(Comparator.comparingDouble(run ->
                        Math.abs(Math.log((double) Inference.of(run.network()).macs() / macs))));
    }

    /** Returns what weights and the values of a batch take. */
    static long bytes(Network network, TrainingSettings settings) {
        NetworkSummary summary = Inference.of(network);
        int means = settings.step().averaging() instanceof Averaging.None ? 0 : 1;
        long copies = 2L + settings.step().optimizer().slots() + means;
        long values = summary.input().count();
        for (LayerSummary layer : summary.layers()) values += layer.output().count();
        long checkpoints = SNAPSHOTS * (1L + settings.step().optimizer().slots());
        return BYTES
                * (summary.parameters() * (copies + checkpoints)
                        + 2 * values * settings.pictures().batchSize());
    }

    /** Returns what processes of runs here took beside what is reckoned, the least of them: what is large in one says nothing of another. */
    private static Optional<Long> ofProcess(List<KnownRuns.Known> runs) {
        return runs.stream()
                .filter(run -> run.bytes() > 0)
                .map(run -> run.bytes() - bytes(run.network(), run.settings()))
                .filter(rest -> rest > 0)
                .min(Comparator.naturalOrder());
    }

    /** Returns the memory of the machine, or of the container that this is in. */
    static long machine() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }
}
