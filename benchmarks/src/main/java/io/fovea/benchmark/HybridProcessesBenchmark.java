package io.fovea.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Candidates judged per second by processes of one thread each, asked over pipes, beside one process with as many threads: an evolution as {@code shrink hybrid}
 * runs it by default, in turns. Heads are fitted by the process that searches, with all threads on either side.
 */
@Command(
        name = "hybrid-processes",
        description = "Candidates per second: processes of one thread each beside one process with as many threads.")
final class HybridProcessesBenchmark implements Callable<Integer> {

    private static final String FIGURE = "/evaluationsPerSecond";

    @Option(names = "--rounds", defaultValue = "5", description = "Pairs, each side once (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--search", defaultValue = "es-adam", description = "Default: ${DEFAULT-VALUE}.")
    private String search;

    @Option(
            names = "--mode",
            defaultValue = "PARALLEL",
            description = "PARALLEL, SERIAL_LAYER, SERIAL_FILTER, JOINT (default: ${DEFAULT-VALUE}).")
    private String mode;

    @Option(
            names = "--generations",
            defaultValue = "180",
            description = "That count, after a third as many of warm-up (default: ${DEFAULT-VALUE}).")
    private int generations;

    @Option(
            names = "--processes",
            defaultValue = "2",
            description = "As many as threads on the other side (default: ${DEFAULT-VALUE}).")
    private int processes;

    @Mixin
    private RecordOption recordOption;

    @Override
    public Integer call() throws InterruptedException {
        Machine machine = Machine.current();
        Side threads = side("threads", List.of());
        Side apart = side("processes", List.of("--processes", Integer.toString(processes)));
        Map<Side, List<Outcome>> outcomes = new Rounds(System.err)
                .run(
                        List.of(threads, apart),
                        rounds,
                        measured -> String.format(
                                Locale.ROOT,
                                "%,10.0f candidates/s",
                                measured.figures().at(FIGURE).asDouble()));
        List<Outcome.Measured> together = Rounds.measured(outcomes.get(threads));
        List<Outcome.Measured> parted = Rounds.measured(outcomes.get(apart));
        if (together.isEmpty() || parted.isEmpty()) return 1;
        boolean alike = alike(together, parted);
        List<Double> shares = shares(together, parted, FIGURE);
        double share = Median.of(shares);
        double inAll = Median.of(shares(together, parted, "/evaluationsPerSecondInAll"));
        List<String> row = List.of(
                search + " " + mode.toLowerCase(Locale.ROOT).replace('_', '-'),
                Integer.toString(processes),
                words("%,.0f", Rounds.median(together, FIGURE)),
                words("%,.0f", Rounds.median(parted, FIGURE)),
                words("**%.0f %%**", 100 * share),
                words("%.0f %%", 100 * inAll),
                alike ? "yes" : "no");
        recordOption.finish(
                "hybrid-processes",
                machine,
                Map.of(
                        "rounds",
                        rounds,
                        "search",
                        search,
                        "mode",
                        mode,
                        "generations",
                        generations,
                        "processes",
                        processes),
                row,
                content -> {
                    ObjectNode ratios = content.putObject("candidatesPerSecondOfProcessesOverThreads");
                    shares.forEach(ratios.putArray("pairs")::add);
                    ratios.put("median", share).put("medianWithHeads", inAll);
                    content.put("lossesAlike", alike);
                    content.set("sides", Result.sides(outcomes));
                });
        return alike ? 0 : 1;
    }

    private static List<Double> shares(List<Outcome.Measured> together, List<Outcome.Measured> parted, String figure) {
        List<Double> shares = new ArrayList<>();
        for (int pair = 0; pair < Math.min(together.size(), parted.size()); pair++) {
            shares.add(parted.get(pair).figures().at(figure).asDouble()
                    / together.get(pair).figures().at(figure).asDouble());
        }
        return shares;
    }

    /** Whether both sides ended with the same loss, to the bit. */
    private static boolean alike(List<Outcome.Measured> together, List<Outcome.Measured> parted) {
        double first = lastLoss(together.getFirst());
        return together.stream().allMatch(each -> lastLoss(each) == first)
                && parted.stream().allMatch(each -> lastLoss(each) == first);
    }

    private static double lastLoss(Outcome.Measured measured) {
        return measured.figures().at("/bestFitness/last").asDouble();
    }

    private Side side(String name, List<String> further) {
        int warmUp = Math.max(1, generations / 3);
        long stop = (long) warmUp + generations;
        List<String> arguments = new ArrayList<>(
                List.of("--name", name, "--data", Repository.data("mnist").toString()));
        arguments.addAll(List.of("--search", search, "--mode", mode, "--warm-up", Integer.toString(warmUp)));
        arguments.addAll(List.of("--generations", Long.toString(stop + 1), "--stop-after", Long.toString(stop)));
        arguments.addAll(List.of("--threads", Integer.toString(processes)));
        arguments.addAll(further);
        return Launcher.read().side(name, HybridEvolution.class, arguments);
    }

    private static String words(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
