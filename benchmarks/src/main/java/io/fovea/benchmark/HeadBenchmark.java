package io.fovea.benchmark;

import io.fovea.machine.Machine;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** How long a person waits for a new head after changing one label, with the features in memory. */
@Command(name = "head", description = "A head trained again on cached features after one label has changed.")
final class HeadBenchmark implements Callable<Integer> {

    @Mixin
    private RecordOption recordOption;

    @Override
    public Integer call() throws InterruptedException {
        Machine machine = Machine.current();
        Side side = Launcher.read().side("fovea", HeadRetraining.class, List.of());
        Map<Side, List<Outcome>> outcomes = new Rounds(System.err)
                .run(
                        List.of(side),
                        3,
                        measured -> String.format(
                                Locale.ROOT,
                                "%.0f ms",
                                measured.figures().at("/medianMilliseconds").asDouble()));
        List<Outcome.Measured> measured = Rounds.measured(outcomes.get(side));
        if (measured.isEmpty()) return 1;
        List<String> row = List.of(
                words("%.0f ms", Rounds.median(measured, "/firstMilliseconds")),
                words("**%.0f ms**", Rounds.median(measured, "/medianMilliseconds")),
                words("%.0f ms", Rounds.median(measured, "/longestMilliseconds")));
        recordOption.finish("head", machine, Map.of(), row, content -> content.set("sides", Result.sides(outcomes)));
        return 0;
    }

    private static String words(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
