package io.fovea.benchmark;

import io.fovea.machine.Machine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Seconds to import 70,000 digits and 520 photographs; see {@link ImportSpeed}. */
@Command(name = "import", description = "Import of MNIST, and of photographs of cats and dogs at 224.")
final class ImportBenchmark implements Callable<Integer> {

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "How often each is imported (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Mixin
    private RecordOption recordOption;

    @Override
    public Integer call() throws InterruptedException {
        Machine machine = Machine.current();
        Launcher launcher = Launcher.read();
        String into = Repository.root().resolve("benchmarks/target/imports").toString();
        Path digits = Repository.data("mnist").resolve("mnist");
        Path photographs = Repository.data("cats-dogs").resolve("cats-dogs");
        List<Side> sides = List.of(
                launcher.side(
                        "mnist",
                        ImportSpeed.class,
                        List.of(digits.toString(), "--side", "28", "--color", "GREY", "--into", into)),
                launcher.side(
                        "cats-dogs",
                        ImportSpeed.class,
                        List.of(photographs.toString(), "--side", "224", "--color", "COLOR", "--into", into)));
        Map<Side, List<Outcome>> outcomes = new Rounds(System.err)
                .run(sides, rounds, measured -> measured.figures().toString());
        List<String> row = new ArrayList<>();
        for (Side side : sides) {
            List<Outcome.Measured> measured = Rounds.measured(outcomes.get(side));
            row.add(
                    measured.isEmpty()
                            ? "–"
                            : String.format(Locale.ROOT, "%.0f", Rounds.median(measured, "/pictures")));
            row.add(seconds(measured, "/seconds"));
            row.add(seconds(measured, "/secondsSinceStart"));
        }
        recordOption.finish(
                "import",
                machine,
                Map.of("rounds", rounds),
                row,
                content -> content.set("sides", Result.sides(outcomes)));
        return 0;
    }

    private static String seconds(List<Outcome.Measured> measured, String path) {
        return measured.isEmpty() ? "–" : String.format(Locale.ROOT, "**%.2f s**", Rounds.median(measured, path));
    }
}
