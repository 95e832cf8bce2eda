package io.fovea.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code ./fovea lab mnist}, the whole command as a newcomer types it: seconds from the start of the JVM, accuracy over several seeds on
 * the untouched test set, and memory watched from outside.
 */
@Command(name = "lab", description = "./fovea lab mnist: seconds, accuracy over seeds, memory.")
final class LabBenchmark implements Callable<Integer> {

    private static final double GIB = 1L << 30;

    private static final String FASTEST = "fastest";

    @Option(
            names = "--size",
            defaultValue = "small",
            description = "small, full or fastest (default: ${DEFAULT-VALUE}).")
    private String size;

    @Option(
            names = "--seeds",
            split = ",",
            defaultValue = "1,2,3",
            description = "One run each (default: ${DEFAULT-VALUE}).")
    private List<Long> seeds;

    @Mixin
    private RecordOption recordOption;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Machine machine = Machine.current();
        Path data = Repository.data("mnist");
        FoveaCommand.build();
        Path workspaces = Files.createTempDirectory("fovea-benchmark-");
        Map<Side, List<Outcome>> outcomes;
        try {
            List<Side> sides =
                    seeds.stream().map(seed -> side(seed, data, workspaces)).toList();
            outcomes = new Rounds(System.err)
                    .run(
                            sides,
                            1,
                            measured -> String.format(
                                    Locale.ROOT,
                                    "%.4f in %.1f s",
                                    measured.figures().at("/testAccuracy").asDouble(),
                                    measured.figures().at("/seconds/total").asDouble()));
        } finally {
            Folder.delete(workspaces);
        }
        List<Outcome.Measured> measured = outcomes.values().stream()
                .flatMap(own -> Rounds.measured(own).stream())
                .toList();
        Map<String, Object> settings = Map.of("size", size, "seeds", seeds);
        recordOption.finish("lab", machine, settings, row(measured), content -> describe(content, outcomes, measured));
        return 0;
    }

    /** Each seed works in a workspace of its own, so that each imports, trains and exports. */
    private Side side(long seed, Path data, Path workspaces) {
        List<String> arguments = new ArrayList<>(List.of("lab", "mnist"));
        arguments.addAll(size.equals(FASTEST) ? List.of("--fastest") : List.of("--size", size));
        arguments.addAll(List.of("--seed", Long.toString(seed), "--json", "--data", data.toString()));
        arguments.addAll(
                List.of("--workspace", workspaces.resolve("seed-" + seed).toString()));
        return new Side("seed " + seed, "fovea", FoveaCommand.of(arguments), Map.of());
    }

    private List<String> row(List<Outcome.Measured> measured) {
        if (measured.isEmpty()) return List.of(size, "0", "–", "–", "–", "–", "–", "–");
        List<Double> accuracies = measured.stream()
                .map(each -> each.figures().at("/testAccuracy").asDouble())
                .toList();
        double[] sorted =
                accuracies.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        List<String> row = new ArrayList<>(List.of(size, Integer.toString(measured.size())));
        row.add(words("**%.2f %%**", 100 * mean(accuracies)));
        row.add(words("%.2f … %.2f %%", 100 * sorted[0], 100 * sorted[sorted.length - 1]));
        row.add(words("**%.1f s**", Rounds.median(measured, "/seconds/total")));
        row.add(words("%,.0f", Rounds.median(measured, "/imagesPerSecond")));
        row.add(words("**%.2f GiB**", peak(measured) / GIB));
        row.add(words("%.2f", growth(measured)));
        return row;
    }

    private static String words(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static long peak(List<Outcome.Measured> measured) {
        return measured.stream()
                .mapToLong(each -> each.memory().peakInBytes())
                .max()
                .orElse(0);
    }

    /** Returns the strongest growth of memory among the runs; NaN where none could be watched. */
    private static double growth(List<Outcome.Measured> measured) {
        return measured.stream()
                .mapToDouble(each -> each.memory().growth().orElse(Double.NaN))
                .max()
                .orElse(Double.NaN);
    }

    private static void describe(
            ObjectNode content, Map<Side, List<Outcome>> outcomes, List<Outcome.Measured> measured) {
        content.set("sides", Result.sides(outcomes));
        // where the model lay is a folder of the machine, gone by now
        content.findParents("bundle").forEach(figures -> ((ObjectNode) figures).remove("bundle"));
        if (measured.isEmpty()) return;
        content.put("peakResidentBytes", peak(measured));
        content.put("memoryGrowth", growth(measured));
        var memory = content.putArray("residentBytesOverTime");
        for (Outcome.Measured each : measured) {
            List<Long> samples = each.memory().samplesInBytes();
            var curve = memory.addArray();
            int points = Math.min(40, samples.size()); // enough to draw it
            IntStream.range(0, points).forEach(point -> curve.add(samples.get(point * samples.size() / points)));
        }
    }
}
