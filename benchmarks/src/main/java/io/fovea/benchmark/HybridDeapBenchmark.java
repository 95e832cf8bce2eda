package io.fovea.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Candidates judged per second: the talk's search in DEAP with PyTorch beside Fovea's. All judge a filter of the second convolution by the same ridge
 * fitness at a head that is fitted before, on 256 pictures in each generation; whole generations count: asking, judging, telling.
 */
@Command(
        name = "hybrid-deap",
        description = "Candidate evaluations per second: the talk's method in DEAP, and Fovea's cma-es and es-adam.")
final class HybridDeapBenchmark implements Callable<Integer> {

    private static final String FIGURE = "/evaluationsPerSecond";
    /** DEAP with a whole forward pass for each candidate. */
    private static final String WHOLE = "deap";
    /** DEAP with the first layer's maps computed once in a generation. */
    private static final String KEPT = "deap-kept-maps";

    private static final int PICTURES = 256;

    /** Fovea's searches that compare generations judge them on twice the pictures of the settings. */
    private static final int SETTING_FOR_STEADY_PICTURES = PICTURES / 2;

    /** Filters that DEAP searches for in a run. */
    private static final int FILTERS = 2;

    /** Fovea is done with a filter sooner, and a JVM wants warming up. */
    private static final int FOVEA_FILTERS = 20;

    private static final int FOVEA_WARM_UP_FILTERS = 6;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "How often each side runs (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--generations",
            defaultValue = "15",
            description = "For each filter; es-adam runs eight times as many (default: ${DEFAULT-VALUE}).")
    private int generations;

    @Option(names = "--threads", defaultValue = "2", description = "Threads of each side (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--python",
            defaultValue = "/usr/bin/python3",
            description = "A Python that has DEAP and PyTorch (default: ${DEFAULT-VALUE}).")
    private String python;

    @Mixin
    private RecordOption recordOption;

    @Override
    public Integer call() throws InterruptedException {
        Machine machine = Machine.current();
        String data = Repository.data("mnist").toString();
        List<Side> sides = List.of(
                cmaEs(data),
                esAdam(data),
                deap("deap", WHOLE, data, Map.of()),
                deap("deap-tuned", WHOLE, data, TrainingBenchmark.tuned(), "--channels-last"),
                deap("deap-kept-maps", KEPT, data, Map.of(), "--keep-maps", "--channels-last"),
                deap("deap-kept-maps-tuned", KEPT, data, TrainingBenchmark.tuned(), "--keep-maps", "--channels-last"));
        Map<Side, List<Outcome>> outcomes = new Rounds(System.err)
                .run(
                        sides,
                        rounds,
                        measured -> String.format(
                                Locale.ROOT,
                                "%,10.0f candidates/s",
                                measured.figures().at(FIGURE).asDouble()));
        Map<String, Object> settings =
                Map.of("rounds", rounds, "generationsPerFilter", generations, "pictures", PICTURES, "threads", threads);
        recordOption.finish("hybrid-deap", machine, settings, row(outcomes), content -> describe(content, outcomes));
        return fastest(WHOLE, outcomes).isPresent() ? 0 : 1;
    }

    private Side cmaEs(String data) {
        long warmUp = (long) FOVEA_WARM_UP_FILTERS * generations;
        return fovea(
                "cma-es",
                "SERIAL_FILTER",
                data,
                SETTING_FOR_STEADY_PICTURES,
                generations,
                warmUp,
                warmUp + (long) FOVEA_FILTERS * generations);
    }

    private Side esAdam(String data) {
        int counted = 8 * generations;
        int warmUp = 4 * generations;
        return fovea("es-adam", "PARALLEL", data, PICTURES, warmUp + counted + 1, warmUp, warmUp + counted);
    }

    private Side fovea(
            String search, String mode, String data, int pictures, int perStage, long warmUp, long stopAfter) {
        List<String> arguments = new ArrayList<>(List.of("--name", "fovea-" + search, "--data", data));
        arguments.addAll(List.of("--search", search, "--mode", mode, "--pictures", Integer.toString(pictures)));
        arguments.addAll(List.of("--generations", Integer.toString(perStage)));
        arguments.addAll(List.of("--warm-up", Long.toString(warmUp), "--stop-after", Long.toString(stopAfter)));
        // the peer fits its head once, so no fit takes part of the time here either
        arguments.addAll(
                List.of("--refit", Integer.toString(Integer.MAX_VALUE), "--threads", Integer.toString(threads)));
        Side side = Launcher.read().side("fovea-" + search, HybridEvolution.class, arguments);
        return new Side(side.name(), side.name(), side.command(), side.environment());
    }

    private Side deap(String name, String family, String data, Map<String, String> environment, String... further) {
        List<String> command = new ArrayList<>(List.of(
                python,
                Repository.root().resolve("benchmarks/peers/deap/hybrid.py").toString(),
                "--name",
                name,
                "--data",
                data));
        command.addAll(List.of("--pictures", Integer.toString(PICTURES), "--filters", Integer.toString(FILTERS)));
        command.addAll(List.of("--generations", Integer.toString(generations), "--threads", Integer.toString(threads)));
        command.addAll(List.of(further));
        return new Side(name, family, command, environment);
    }

    private static OptionalDouble fastest(String family, Map<Side, List<Outcome>> outcomes) {
        return outcomes.entrySet().stream()
                .filter(entry -> entry.getKey().family().equals(family))
                .map(entry -> Rounds.measured(entry.getValue()))
                .filter(measured -> !measured.isEmpty())
                .mapToDouble(measured -> Rounds.median(measured, FIGURE))
                .max();
    }

    static List<String> row(Map<Side, List<Outcome>> outcomes) {
        OptionalDouble whole = fastest(WHOLE, outcomes);
        OptionalDouble kept = fastest(KEPT, outcomes);
        List<String> row = new ArrayList<>(List.of(number("%,.1f", whole), number("%,.1f", kept)));
        for (String family : List.of("fovea-cma-es", "fovea-es-adam")) {
            OptionalDouble fovea = fastest(family, outcomes);
            row.add(number("%,.0f", fovea));
            row.add(number("**%,.0fx**", ratio(fovea, whole)));
            row.add(number("%,.0fx", ratio(fovea, kept)));
        }
        return row;
    }

    private static OptionalDouble ratio(OptionalDouble fovea, OptionalDouble peer) {
        return fovea.isPresent() && peer.isPresent()
                ? OptionalDouble.of(fovea.getAsDouble() / peer.getAsDouble())
                : OptionalDouble.empty();
    }

    private static String number(String format, OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "–";
    }

    private static void describe(ObjectNode content, Map<Side, List<Outcome>> outcomes) {
        ObjectNode medians = content.putObject("medianEvaluationsPerSecond");
        outcomes.forEach((side, own) -> {
            List<Outcome.Measured> measured = Rounds.measured(own);
            if (!measured.isEmpty()) medians.put(side.name(), Rounds.median(measured, FIGURE));
        });
        content.set("sides", Result.sides(outcomes));
    }
}
