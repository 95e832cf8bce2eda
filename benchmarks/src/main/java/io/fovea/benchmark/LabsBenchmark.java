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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A lab as a newcomer types it, each seed in a new workspace: figure on the untouched test part, seconds, memory. */
@Command(
        name = "labs",
        description = "./fovea lab transfer, cats-dogs, regression or cifar10: figure over seeds, seconds, memory.")
final class LabsBenchmark implements Callable<Integer> {

    private static final double GIB = 1L << 30;

    @Parameters(paramLabel = "LAB", description = "transfer, cats-dogs, regression or cifar10.")
    private String lab;

    @Option(
            names = "--seeds",
            split = ",",
            defaultValue = "1,2,3",
            description = "One run each (default: ${DEFAULT-VALUE}).")
    private List<Long> seeds;

    @Option(names = "--option", description = "Handed on to the lab; may be given several times.")
    private List<String> handedOn = List.of();

    @Mixin
    private RecordOption recordOption;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Machine machine = Machine.current();
        Repository.data("mnist"); // says clearly if there is no data
        FoveaCommand.build();
        Path workspaces = Files.createTempDirectory("fovea-benchmark-");
        Map<Side, List<Outcome>> outcomes;
        try {
            List<Side> sides =
                    seeds.stream().map(seed -> side(seed, workspaces)).toList();
            outcomes = new Rounds(System.err)
                    .run(
                            sides,
                            1,
                            measured -> String.format(
                                    Locale.ROOT,
                                    "%.4f in %.1f s",
                                    figure(measured),
                                    measured.figures().at("/seconds/total").asDouble()));
        } finally {
            Folder.delete(workspaces);
        }
        List<Outcome.Measured> measured = outcomes.values().stream()
                .flatMap(own -> Rounds.measured(own).stream())
                .toList();
        recordOption.finish(
                "labs", machine, Map.of("lab", lab, "seeds", seeds, "options", handedOn), row(measured), content -> {
                    content.set("sides", Result.sides(outcomes));
                    for (String folder : List.of("bundle", "run")) { // of the machine, gone by now
                        content.findParents(folder).forEach(figures -> ((ObjectNode) figures).remove(folder));
                    }
                });
        return measured.isEmpty() ? 1 : 0;
    }

    private Side side(long seed, Path workspaces) {
        List<String> command = new ArrayList<>(List.of(
                Repository.root().resolve("fovea").toString(),
                "lab",
                lab,
                "--seed",
                Long.toString(seed),
                "--json",
                "--workspace",
                workspaces.resolve("seed-" + seed).toString()));
        command.addAll(handedOn);
        return new Side("seed " + seed, "fovea", command, Map.of());
    }

    /** Returns the accuracy of a classifier in percent, the mean absolute error of a regression in its unit. */
    private static double figure(Outcome.Measured measured) {
        ObjectNode figures = measured.figures();
        return figures.has("testAccuracy")
                ? 100 * figures.get("testAccuracy").asDouble()
                : figures.at("/testMeanAbsoluteError").asDouble();
    }

    private List<String> row(List<Outcome.Measured> measured) {
        if (measured.isEmpty()) return List.of(lab, "0", "–", "–", "–", "–");
        double[] figures =
                measured.stream().mapToDouble(LabsBenchmark::figure).sorted().toArray();
        double mean =
                measured.stream().mapToDouble(LabsBenchmark::figure).average().orElseThrow();
        String unit = measured.getFirst().figures().has("testAccuracy") ? "%" : "pixels";
        long peak = measured.stream()
                .mapToLong(each -> each.memory().peakInBytes())
                .max()
                .orElse(0);
        return List.of(
                lab + (handedOn.isEmpty() ? "" : " " + String.join(" ", handedOn)),
                Integer.toString(measured.size()),
                String.format(Locale.ROOT, "**%.2f %s**", mean, unit),
                String.format(Locale.ROOT, "%.2f … %.2f", figures[0], figures[figures.length - 1]),
                String.format(Locale.ROOT, "**%.1f s**", Rounds.median(measured, "/seconds/total")),
                String.format(Locale.ROOT, "%.2f GiB", peak / GIB));
    }
}
