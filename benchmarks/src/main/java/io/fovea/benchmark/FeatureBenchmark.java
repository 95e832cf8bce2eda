package io.fovea.benchmark;

import io.fovea.machine.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** ResNet-18 features of photographs, from JPEG files: Fovea beside PyTorch, which is judged by its fastest way. */
@Command(name = "features", description = "ResNet-18 features from JPEG files, pictures per second: Fovea and PyTorch.")
final class FeatureBenchmark implements Callable<Integer> {

    @Option(names = "--rounds", defaultValue = "3", description = "Runs of each side (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--threads", defaultValue = "2", description = "Threads that compute (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Mixin
    private RecordOption recordOption;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Machine machine = Machine.current();
        Path data = Repository.data("cats-dogs");
        List<Side> sides = new ArrayList<>();
        sides.add(Launcher.read()
                .side("fovea", FeatureExtraction.class, List.of(data.toString(), Integer.toString(threads))));
        sides.add(pytorch("pytorch", data, 0));
        sides.add(pytorch("pytorch-channels-last", data, 0, "--channels-last"));
        sides.add(pytorch("pytorch-channels-last-worker", data, 1, "--channels-last"));
        Map<Side, List<Outcome>> outcomes = new Rounds(System.err)
                .run(
                        sides,
                        rounds,
                        measured -> String.format(
                                Locale.ROOT,
                                "%.1f images/s",
                                measured.figures().at("/imagesPerSecond").asDouble()));
        double fovea = best(outcomes, "fovea");
        double pytorch = best(outcomes, "pytorch");
        List<String> row = List.of(
                String.format(Locale.ROOT, "%.1f", fovea),
                String.format(Locale.ROOT, "%.1f", pytorch),
                String.format(Locale.ROOT, "**%.2fx**", fovea / pytorch));
        recordOption.finish(
                "features",
                machine,
                Map.of("rounds", rounds, "threads", threads),
                row,
                content -> content.set("sides", Result.sides(outcomes)));
        return 0;
    }

    private Side pytorch(String name, Path data, int workers, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "/usr/bin/python3",
                Repository.root()
                        .resolve("benchmarks/peers/pytorch/features.py")
                        .toString(),
                "--data",
                data.toString(),
                "--threads",
                Integer.toString(threads),
                "--workers",
                Integer.toString(workers),
                "--name",
                name));
        command.addAll(List.of(more));
        return new Side(name, "pytorch", command, Map.of());
    }

    /** Returns the median of a family's fastest side. */
    private static double best(Map<Side, List<Outcome>> outcomes, String family) {
        return outcomes.entrySet().stream()
                .filter(entry -> entry.getKey().family().equals(family))
                .map(entry -> Rounds.measured(entry.getValue()))
                .filter(measured -> !measured.isEmpty())
                .mapToDouble(measured -> Rounds.median(measured, "/imagesPerSecond"))
                .max()
                .orElse(Double.NaN);
    }
}
