package io.fovea.benchmark;

import io.fovea.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long a person waits for one picture through all layers, in a process that has loaded the model. */
@Command(
        name = "explain",
        description =
                "One picture through all layers of LeNet and of ResNet-18, in a process that has loaded the model.")
final class ExplanationBenchmark implements Callable<Integer> {

    @Option(names = "--rounds", defaultValue = "3", description = "Processes of each (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Mixin
    private RecordOption recordOption;

    @Override
    public Integer call() throws InterruptedException {
        Machine machine = Machine.current();
        List<Side> sides = Stream.of("lenet", "resnet18")
                .map(network -> Launcher.read().side(network, ExplanationClock.class, List.of(network)))
                .toList();
        Map<Side, List<Outcome>> outcomes = new Rounds(System.err)
                .run(
                        sides,
                        rounds,
                        measured -> String.format(
                                Locale.ROOT,
                                "%.0f ms",
                                1000 * measured.figures().at("/all").asDouble()));
        List<String> row = new ArrayList<>();
        for (Side side : sides) {
            List<Outcome.Measured> measured = Rounds.measured(outcomes.get(side));
            if (measured.isEmpty()) return 1;
            row.add(String.format(Locale.ROOT, "%.2f s", Rounds.median(measured, "/load")));
            row.add(milliseconds(measured, "/first"));
            row.add("**" + milliseconds(measured, "/all") + "**");
            row.add(milliseconds(measured, "/pictures"));
            row.add(String.format(Locale.ROOT, "%.2f s", Rounds.median(measured, "/occlusion")));
        }
        recordOption.finish(
                "explain",
                machine,
                Map.of("rounds", rounds),
                row,
                content -> content.set("sides", Result.sides(outcomes)));
        return 0;
    }

    private static String milliseconds(List<Outcome.Measured> measured, String path) {
        return String.format(Locale.ROOT, "%.0f ms", 1000 * Rounds.median(measured, path));
    }
}
