package io.fovea.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.machine.Machine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whether fine-tuning gains over the head on features that it begins with: the same pictures, judged by both. */
@Command(
        name = "fine-tuning",
        description =
                "ResNet-18 fine-tuned beside a head on its features, picture by picture: five folds, three seeds.")
final class FineTuningBenchmark implements Callable<Integer> {

    @Parameters(paramLabel = "SET", description = "hymenoptera or cats-dogs.")
    private String set;

    @Option(names = "--size", defaultValue = "64", description = "Of the pictures (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(names = "--epochs", defaultValue = "6", description = "Of fine-tuning (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Option(names = "--threads", defaultValue = "1", description = "That compute a seed (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--at-once",
            defaultValue = "2",
            description = "Seeds: no time is measured, so they may share the machine (default: ${DEFAULT-VALUE}).")
    private int atOnce;

    @Option(
            names = "--seeds",
            split = ",",
            defaultValue = "1,2,3",
            description = "Five folds each (default: ${DEFAULT-VALUE}).")
    private List<Long> seeds;

    @Mixin
    private RecordOption recordOption;

    @Override
    public Integer call() throws InterruptedException {
        Machine machine = Machine.current();
        String data = Repository.data(set).toString();
        Launcher launcher = Launcher.read();
        List<Side> sides = seeds.stream()
                .map(seed -> launcher.side(
                        "seed " + seed,
                        FineTuningFolds.class,
                        List.of(data, set, "" + size, "" + epochs, "" + threads, "" + seed)))
                .toList();
        Map<Side, List<Outcome>> outcomes = run(sides);
        List<Outcome.Measured> measured = outcomes.values().stream()
                .flatMap(own -> Rounds.measured(own).stream())
                .toList();
        if (measured.isEmpty()) return 1;
        List<PairedFolds> bySeed =
                measured.stream().map(FineTuningBenchmark::folds).toList();
        recordOption.finish(
                "fine-tuning",
                "fine-tuning-" + set + "-" + size,
                machine,
                Map.of("set", set, "size", size, "epochs", epochs, "seeds", seeds),
                row(measured, bySeed),
                content -> describe(content, outcomes, bySeed));
        return measured.size() == sides.size() ? 0 : 1;
    }

    private Map<Side, List<Outcome>> run(List<Side> sides) throws InterruptedException {
        Map<Side, List<Outcome>> outcomes = new LinkedHashMap<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(atOnce)) {
            List<Callable<Map<Side, List<Outcome>>>> runs = sides.stream()
                    .<Callable<Map<Side, List<Outcome>>>>map(
                            side -> () -> new Rounds(System.err).run(List.of(side), 1, measured -> {
                                PairedFolds folds = folds(measured);
                                return words(
                                        "head %.2f %%, fine-tuned %.2f %%", 100 * folds.before(), 100 * folds.after());
                            }))
                    .toList();
            for (Future<Map<Side, List<Outcome>>> run : executor.invokeAll(runs)) outcomes.putAll(run.resultNow());
        }
        return outcomes;
    }

    private List<String> row(List<Outcome.Measured> measured, List<PairedFolds> bySeed) {
        PairedFolds.Difference difference = PairedFolds.difference(bySeed);
        double allHead = measured.stream()
                .mapToDouble(each -> share(digits(each, "allHead")))
                .average()
                .orElseThrow();
        return List.of(
                set + " " + size + "x" + size,
                Integer.toString(bySeed.size()),
                words("%.2f %%", 100 * allHead),
                words(
                        "%.2f %%",
                        100 * mean(bySeed.stream().map(PairedFolds::before).toList())),
                words(
                        "**%.2f %%**",
                        100 * mean(bySeed.stream().map(PairedFolds::after).toList())),
                words(
                        "%+.2f (%+.2f … %+.2f)",
                        100 * difference.mean(),
                        100 * (difference.mean() - difference.halfWidth()),
                        100 * (difference.mean() + difference.halfWidth())),
                String.join(
                        ", ",
                        bySeed.stream()
                                .map(folds -> words("%d : %d, %.3f", folds.gained(), folds.lost(), folds.probability()))
                                .toList()));
    }

    private static void describe(ObjectNode content, Map<Side, List<Outcome>> outcomes, List<PairedFolds> bySeed) {
        PairedFolds.Difference difference = PairedFolds.difference(bySeed);
        content.put("meanDifference", difference.mean());
        content.put("halfWidth95", difference.halfWidth());
        var seeds = content.putArray("bySeed");
        for (PairedFolds folds : bySeed) {
            seeds.addObject()
                    .put("head", folds.before())
                    .put("fineTuned", folds.after())
                    .put("gained", folds.gained())
                    .put("lost", folds.lost())
                    .put("mcNemar", folds.probability());
        }
        content.set("sides", Result.sides(outcomes));
    }

    private static PairedFolds folds(Outcome.Measured measured) {
        return new PairedFolds(digits(measured, "head"), digits(measured, "fineTuned"));
    }

    private static List<String> digits(Outcome.Measured measured, String side) {
        List<String> digits = new ArrayList<>();
        for (JsonNode fold : measured.figures().at("/folds"))
            digits.add(fold.get(side).asText());
        return digits;
    }

    private static double share(List<String> digits) {
        String all = String.join("", digits);
        return (double) all.chars().filter(digit -> digit == '1').count() / all.length();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static String words(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
