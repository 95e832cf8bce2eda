package io.fovea.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.machine.Machine;
import io.fovea.problem.Problem;
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

/**
 * {@code ./fovea shrink hybrid} as a user types it: test accuracy over seeds, seconds from the start of the JVM, bytes of the engine with its references,
 * and what evolution added on held-out training pictures. Each model is recorded as soon as its seeds are through.
 */
@Command(
        name = "hybrid-models",
        description =
                "./fovea shrink hybrid: accuracy over seeds, seconds, bytes of the engine, with and without evolution.")
final class HybridModelsBenchmark implements Callable<Integer> {

    private static final String TABLE = "hybrid-models";

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Only these, in this order: mnist-4000, mnist, mnist-74KB, mnist-36KB, fashion-mnist, cifar10.")
    private List<String> only = List.of();

    @Option(
            names = "--seeds",
            split = ",",
            defaultValue = "1,2,3",
            description = "One run each (default: ${DEFAULT-VALUE}).")
    private List<Long> seeds;

    @Option(names = "--option", description = "Handed on to the command; may be given several times.")
    private List<String> handedOn = List.of();

    @Mixin
    private RecordOption recordOption;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Machine machine = Machine.current();
        List<HybridRecipe> recipes = recipes();
        FoveaCommand.build();
        Path workspace = Files.createTempDirectory("fovea-benchmark-");
        boolean complete = true;
        try {
            HybridDatasets datasets = new HybridDatasets(workspace);
            for (HybridRecipe recipe : recipes) {
                datasets.provide(recipe.dataset());
                complete &= measure(recipe, workspace, machine);
            }
        } finally {
            Folder.delete(workspace);
        }
        return complete ? 0 : 1;
    }

    private List<HybridRecipe> recipes() {
        if (only.isEmpty()) return HybridRecipe.ALL;
        List<HybridRecipe> chosen = new ArrayList<>();
        for (String name : only) {
            chosen.add(HybridRecipe.ALL.stream()
                    .filter(recipe -> recipe.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new Problem(
                            "There is no model \"" + name + "\" to measure.",
                            "--only",
                            "choose from "
                                    + String.join(
                                            ", ",
                                            HybridRecipe.ALL.stream()
                                                    .map(HybridRecipe::name)
                                                    .toList()))));
        }
        return chosen;
    }

    /** Runs all seeds, keeps what came out, and returns whether every seed did. */
    private boolean measure(HybridRecipe recipe, Path workspace, Machine machine) throws InterruptedException {
        System.err.println(recipe.name());
        List<Side> sides =
                seeds.stream().map(seed -> side(recipe, seed, workspace)).toList();
        Map<Side, List<Outcome>> outcomes = new Rounds(System.err)
                .run(
                        sides,
                        1,
                        measured -> String.format(
                                Locale.ROOT,
                                "%.2f %% in %.1f s, %,d bytes",
                                percent(measured, "/testAccuracy"),
                                measured.figures().at("/seconds/total").asDouble(),
                                measured.figures().at("/engineBytes").asLong()));
        List<Outcome.Measured> measured = outcomes.values().stream()
                .flatMap(own -> Rounds.measured(own).stream())
                .toList();
        if (measured.isEmpty()) return false;
        List<String> options = new ArrayList<>(recipe.options());
        options.addAll(handedOn);
        recordOption.finish(
                TABLE,
                TABLE + "-" + recipe.name(),
                machine,
                Map.of("model", recipe.name(), "dataset", recipe.dataset(), "options", options, "seeds", seeds),
                row(recipe.name() + (handedOn.isEmpty() ? "" : " " + String.join(" ", handedOn)), measured),
                content -> describe(content, outcomes, measured));
        return measured.size() == sides.size();
    }

    private Side side(HybridRecipe recipe, long seed, Path workspace) {
        List<String> arguments = new ArrayList<>(List.of(
                "shrink",
                "hybrid",
                "--data",
                recipe.dataset(),
                "--name",
                recipe.name() + "-seed-" + seed,
                "--seed",
                Long.toString(seed),
                "--json",
                "--workspace",
                workspace.toString()));
        arguments.addAll(recipe.options());
        arguments.addAll(handedOn);
        return new Side("seed " + seed, "fovea", FoveaCommand.of(arguments), Map.of());
    }

    private static double percent(Outcome.Measured measured, String path) {
        return 100 * measured.figures().at(path).asDouble();
    }

    private static double meanPercent(List<Outcome.Measured> measured, String path) {
        return measured.stream()
                .mapToDouble(each -> percent(each, path))
                .average()
                .orElseThrow();
    }

    static List<String> row(String name, List<Outcome.Measured> measured) {
        double[] sorted = measured.stream()
                .mapToDouble(each -> percent(each, "/testAccuracy"))
                .sorted()
                .toArray();
        long bytes = measured.stream()
                .mapToLong(each -> each.figures().at("/engineBytes").asLong())
                .max()
                .orElseThrow();
        return List.of(
                name,
                Integer.toString(measured.size()),
                words("**%.2f %%**", meanPercent(measured, "/testAccuracy")),
                words("%.2f … %.2f %%", sorted[0], sorted[sorted.length - 1]),
                words("**%.1f s**", Rounds.median(measured, "/seconds/total")),
                words("%,d", bytes),
                words("%,.0f", Rounds.median(measured, "/referenceCount")),
                words("%.2f %%", meanPercent(measured, "/validation/accuracyWithoutEvolution")),
                words("%.2f %%", meanPercent(measured, "/validation/accuracy")));
    }

    private static String words(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static void describe(
            ObjectNode content, Map<Side, List<Outcome>> outcomes, List<Outcome.Measured> measured) {
        content.put("meanTestAccuracy", meanPercent(measured, "/testAccuracy") / 100);
        content.put("medianSeconds", Rounds.median(measured, "/seconds/total"));
        content.set("sides", Result.sides(outcomes));
        for (String folder : List.of("bundle", "run")) { // of the machine, gone by now
            content.findParents(folder).forEach(figures -> ((ObjectNode) figures).remove(folder));
        }
    }
}
