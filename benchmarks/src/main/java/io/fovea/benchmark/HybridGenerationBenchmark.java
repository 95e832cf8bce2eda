package io.fovea.benchmark;

import io.fovea.machine.Machine;
import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * One generation of {@code parallel} in milliseconds, and one sweep of {@code serial-filter} over the second convolution in seconds; see
 * {@link HybridEvolution}. What is through is recorded at once.
 */
@Command(
        name = "hybrid-generation",
        description = "One generation of parallel, 1,024 candidates; one sweep of serial-filter by cma-es and by pso.")
final class HybridGenerationBenchmark implements Callable<Integer> {

    private static final String PARALLEL = "parallel";
    private static final List<String> ALL = List.of(PARALLEL, "cma-es", "pso");

    @Option(names = "--only", split = ",", description = "parallel, cma-es, pso (default: all).")
    private List<String> only = ALL;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Runs of parallel, each with its generations (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--generations",
            defaultValue = "180",
            description = "Of parallel, after a third as many of warm-up (default: ${DEFAULT-VALUE}).")
    private int generations;

    @Option(
            names = "--sweep-generations",
            defaultValue = "150",
            description = "Of a sweep, for each filter (default: ${DEFAULT-VALUE}, the command's).")
    private int sweepGenerations;

    @Option(
            names = "--sweep-pictures",
            defaultValue = "512",
            description = "Of a sweep, in each generation (default: ${DEFAULT-VALUE}, the command's).")
    private int sweepPictures;

    @Option(names = "--threads", defaultValue = "2", description = "Threads that compute (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Mixin
    private RecordOption recordOption;

    @Override
    public Integer call() throws InterruptedException {
        Machine machine = Machine.current();
        String data = Repository.data("mnist").toString();
        boolean complete = true;
        for (String each : only) {
            if (!ALL.contains(each)) {
                throw new Problem(
                        "There is nothing called \"" + each + "\" to measure.",
                        "--only",
                        "choose from " + String.join(", ", ALL));
            }
        }
        for (String each : only) {
            complete &= each.equals(PARALLEL) ? parallel(data, machine) : sweep(each, data, machine);
        }
        return complete ? 0 : 1;
    }

    private boolean parallel(String data, Machine machine) throws InterruptedException {
        int warmUp = Math.max(1, generations / 3);
        long stop = warmUp + generations;
        Side side = side(
                PARALLEL,
                data,
                List.of("--search", "es-adam", "--mode", "PARALLEL"),
                List.of("--generations", Long.toString(stop + 1), "--stop-after", Long.toString(stop)),
                warmUp);
        Map<Side, List<Outcome>> outcomes = new Rounds(System.err)
                .run(
                        List.of(side),
                        rounds,
                        measured -> String.format(
                                Locale.ROOT,
                                "%.1f ms",
                                measured.figures().at("/generationMilliseconds").asDouble()));
        List<Outcome.Measured> measured = Rounds.measured(outcomes.get(side));
        if (measured.isEmpty()) return false;
        List<String> row = List.of(
                words("%,.0f", Rounds.median(measured, "/evaluations") / stop),
                words("%,.0f", Rounds.median(measured, "/pictures")),
                words("**%.0f ms**", Rounds.median(measured, "/generationMilliseconds")),
                words("%.0f ms", Rounds.median(measured, "/generationMillisecondsNinetyFifth")),
                words("%,.0f", Rounds.median(measured, "/evaluationsPerSecond")));
        recordOption.finish(
                "hybrid-generation",
                machine,
                Map.of("rounds", rounds, "generations", generations, "warmUp", warmUp, "threads", threads),
                row,
                content -> content.set("sides", Result.sides(outcomes)));
        return true;
    }

    private boolean sweep(String search, String data, Machine machine) throws InterruptedException {
        Side side = side(
                search,
                data,
                List.of("--search", search, "--mode", "SERIAL_FILTER"),
                // searches that compare generations take twice the pictures of the settings
                List.of(
                        "--generations",
                        Integer.toString(sweepGenerations),
                        "--pictures",
                        Integer.toString(sweepPictures / 2)),
                1);
        Map<Side, List<Outcome>> outcomes = new Rounds(System.err)
                .run(
                        List.of(side),
                        1,
                        measured -> String.format(
                                Locale.ROOT,
                                "%.1f s",
                                measured.figures().at("/secondsInAll").asDouble()));
        List<Outcome.Measured> measured = Rounds.measured(outcomes.get(side));
        if (measured.isEmpty()) return false;
        List<String> row = List.of(
                search,
                Integer.toString(sweepGenerations),
                words("%,d", sweepPictures),
                words("%,.0f", Rounds.median(measured, "/evaluations")),
                words("**%.1f s**", Rounds.median(measured, "/secondsInAll")),
                words("%.2f %%", 100 * Rounds.median(measured, "/validation/accuracyWithoutEvolution")),
                words("%.2f %%", 100 * Rounds.median(measured, "/validation/accuracy")));
        recordOption.finish(
                "hybrid-sweep",
                "hybrid-sweep-" + search,
                machine,
                Map.of(
                        "search",
                        search,
                        "generationsPerFilter",
                        sweepGenerations,
                        "pictures",
                        sweepPictures,
                        "threads",
                        threads),
                row,
                content -> content.set("sides", Result.sides(outcomes)));
        return true;
    }

    private Side side(String name, String data, List<String> what, List<String> length, long warmUp) {
        List<String> arguments = new ArrayList<>(List.of("--name", name, "--data", data));
        arguments.addAll(what);
        arguments.addAll(length);
        arguments.addAll(List.of("--warm-up", Long.toString(warmUp), "--threads", Integer.toString(threads)));
        return Launcher.read().side(name, HybridEvolution.class, arguments);
    }

    private static String words(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
