package io.fovea.timing;

import io.fovea.bundle.Int8Origin;
import io.fovea.bundle.Manifest;
import io.fovea.machine.Machine;
import io.fovea.result.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How long a model's answers take in this process.
 *
 * @param file     the model
 * @param manifest what it is
 * @param machine  looked at before anything was measured
 * @param pictures how many different ones it answered for
 * @param seconds  for which each row was measured
 * @param rows     for threads and batches, runs of the network
 * @param stages   of a picture, by the threads of the first row
 */
public record ModelTimes(
        Path file,
        Manifest manifest,
        Machine machine,
        int pictures,
        double seconds,
        List<Row> rows,
        List<Stage> stages) {

    /**
     * What came before the measurement, and does not count.
     *
     * @param firstMillis the very first run
     * @param runs        how many there were
     * @param seconds     how long they took
     * @param settled     whether the last of them were as fast as those before
     */
    public record WarmUp(double firstMillis, int runs, double seconds, boolean settled) {

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("firstMillis", firstMillis);
            json.put("runs", runs);
            json.put("seconds", seconds);
            json.put("settled", settled);
            return json;
        }
    }

    /**
     * Runs of the network.
     *
     * @param threads           of one run
     * @param batch             pictures of one run
     * @param latency           of a run, with all of its batch
     * @param picturesPerSecond by one caller, one run after the other
     * @param shareOfPeak       operations by those that the threads reach at best in registers; of a model in floats, where that can be measured
     */
    public record Row(
            int threads,
            int batch,
            WarmUp warmUp,
            Latency latency,
            double picturesPerSecond,
            OptionalDouble shareOfPeak) {}

    /**
     * A stage of a picture's way.
     *
     * @param share of the time of all stages
     */
    public record Stage(String name, Latency latency, double share) {}

    /** Copies. */
    public ModelTimes {
        rows = List.copyOf(rows);
        stages = List.copyOf(stages);
    }

    /** Returns them for people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: %s%s, %,d parameters, %,d MACs; %d %s",
                manifest.name(),
                manifest.task().word(),
                Int8Origin.of(manifest).isPresent() ? " in whole numbers" : "",
                manifest.sizes().parameters(),
                manifest.sizes().multiplyAccumulates(),
                pictures,
                pictures == 1 ? "picture" : "pictures"));
        lines.addAll(MachineWords.of(machine));
        lines.add("");
        lines.add("Runs of the network, in ms:");
        TextTable table = new TextTable(
                "threads", "batch", "p50", "p90", "p99", "p99.9", "max", "runs", "pictures/s", "of peak", "warm-up");
        for (Row row : rows) {
            String[] times = row.latency().cells();
            table.row(
                    Integer.toString(row.threads()),
                    Integer.toString(row.batch()),
                    times[0],
                    times[1],
                    times[2],
                    times[3],
                    times[4],
                    String.format(Locale.ROOT, "%,d", row.latency().count()),
                    MachineWords.rate(row.picturesPerSecond()),
                    row.shareOfPeak().isPresent()
                            ? String.format(
                                    Locale.ROOT,
                                    "%.0f %%",
                                    100 * row.shareOfPeak().getAsDouble())
                            : "–",
                    words(row.warmUp()));
        }
        lines.addAll(table.lines());
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "A picture's way, one at a time, %d %s, in ms:",
                rows.getFirst().threads(),
                rows.getFirst().threads() == 1 ? "thread" : "threads"));
        TextTable ways = new TextTable("stage", "p50", "p90", "p99", "p99.9", "max", "share");
        for (Stage stage : stages) {
            String[] times = stage.latency().cells();
            ways.row(
                    stage.name(),
                    times[0],
                    times[1],
                    times[2],
                    times[3],
                    times[4],
                    String.format(Locale.ROOT, "%.0f %%", 100 * stage.share()));
        }
        lines.addAll(ways.lines());
        return lines;
    }

    private static String words(WarmUp warmUp) {
        return String.format(
                Locale.ROOT,
                "%.1f s, first %s ms%s",
                warmUp.seconds(),
                Latency.words(warmUp.firstMillis()),
                warmUp.settled() ? "" : ", not settled");
    }

    /** Returns them for programs. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", file.toString());
        json.put("name", manifest.name());
        json.put("task", manifest.task().word());
        json.put("precision", Int8Origin.of(manifest).isPresent() ? "int8" : "float32");
        json.put("parameters", manifest.sizes().parameters());
        json.put("macs", manifest.sizes().multiplyAccumulates());
        json.put("pictures", pictures);
        json.put("machine", MachineWords.json(machine));
        json.put("runs", rows.stream().map(ModelTimes::json).toList());
        json.put("stages", stages.stream().map(ModelTimes::json).toList());
        return json;
    }

    private static Map<String, Object> json(Row row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("threads", row.threads());
        json.put("batch", row.batch());
        json.put("latency", row.latency().json());
        json.put("picturesPerSecond", row.picturesPerSecond());
        row.shareOfPeak().ifPresent(share -> json.put("shareOfPeak", share));
        json.put("warmUp", row.warmUp().json());
        return json;
    }

    private static Map<String, Object> json(Stage stage) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("stage", stage.name());
        json.put("latency", stage.latency().json());
        json.put("share", stage.share());
        return json;
    }
}
