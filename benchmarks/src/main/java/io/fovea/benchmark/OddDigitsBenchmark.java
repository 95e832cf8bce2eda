package io.fovea.benchmark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.codec.PngWriter;
import io.fovea.collection.Glyphs;
import io.fovea.collection.OddDigits;
import io.fovea.collection.OddDigits.OddDigit;
import io.fovea.machine.Machine;
import io.fovea.predict.Classifier;
import io.fovea.predict.Prediction;
import io.fovea.task.Proportion;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
 * The course from the terminal, as docs/course.md has it: after each step the model is judged by the 200 odd digits. Nothing was chosen by them; recipes
 * are chosen with {@code --choosing}, which judges by digits of other fonts and another seed.
 */
@Command(name = "odd-digits", description = "The course's models, judged by 200 odd digits after each step.")
final class OddDigitsBenchmark implements Callable<Integer> {

    private static final long CHOOSING_SEED = 7;
    private static final int CHOOSING_PER_DIGIT = 60;

    private static final List<Step> STEPS = List.of(
            new Step("small", "lenet", "--epochs 10"),
            new Step("full", "lenet", "--epochs 5"),
            new Step("inverted", "lenet", "--epochs 3"),
            new Step(
                    "changed",
                    "lenet-relu",
                    "--epochs 5 --shift 0.1 --rotation 10 --scale 0.8 1.2 --brightness 0.2 --contrast 0.5"));

    @Option(
            names = "--seeds",
            split = ",",
            defaultValue = "1,2,3",
            description = "The course once each (default: ${DEFAULT-VALUE}).")
    private List<Long> seeds;

    @Option(names = "--only", description = "One step: small, full, inverted or changed.")
    private String only;

    @Option(names = "--choosing", description = "Judge by digits of other fonts, to choose recipes; never recorded.")
    private boolean choosing;

    @Mixin
    private RecordOption recordOption;

    private record Step(String model, String network, String words) {

        String data() {
            return model.equals("changed") ? "inverted" : model;
        }
    }

    private record Judged(String model, long seed, double seconds, Proportion odd, Proportion printed, double test) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Machine machine = Machine.current();
        Repository.data("mnist"); // says clearly if there is no data
        FoveaCommand.build();
        List<OddDigit> list =
                choosing ? OddDigits.draw(CHOOSING_PER_DIGIT, CHOOSING_SEED, choosingGlyphs()) : OddDigits.list();
        List<Step> steps = STEPS.stream()
                .filter(step -> only == null || step.model().equals(only))
                .toList();
        List<Judged> judged = new ArrayList<>();
        Path folder = Files.createTempDirectory("fovea-benchmark-");
        try {
            for (Step step : steps) bringIn(step.data(), folder);
            for (long seed : seeds) for (Step step : steps) judged.add(judged(step, seed, list, folder));
        } finally {
            Folder.delete(folder);
        }
        if (choosing) return 0;
        recordOption.finish(
                "odd-digits",
                machine,
                Map.of("seeds", seeds),
                row(steps, judged),
                content -> describe(content, judged));
        return 0;
    }

    private static void bringIn(String data, Path folder) throws IOException, InterruptedException {
        Workspace workspace = Workspace.at(folder);
        if (Files.isDirectory(workspace.dataset("mnist-" + data))) return;
        List<String> words = new ArrayList<>(List.of("data", "import", "mnist-" + data));
        words.add(data.equals("inverted") ? "collection:mnist-inverted" : "collection:mnist");
        if (data.equals("small")) words.addAll(List.of("--max-per-class", "600"));
        words.addAll(List.of("--workspace", folder.toString()));
        FoveaCommand.run(words);
    }

    private static Judged judged(Step step, long seed, List<OddDigit> list, Path folder)
            throws IOException, InterruptedException {
        String name = "mnist-" + step.model() + "-seed-" + seed;
        List<String> words = new ArrayList<>(List.of("train", "--data", "mnist-" + step.data()));
        words.addAll(List.of("--network", step.network(), "--name", name, "--seed", Long.toString(seed)));
        words.addAll(List.of(step.words().split(" ")));
        words.addAll(List.of("--workspace", folder.toString()));
        long began = System.nanoTime();
        FoveaCommand.run(words);
        double seconds = (System.nanoTime() - began) / 1e9;
        Path file = Workspace.at(folder).newestModel(name).orElseThrow();
        try (Classifier classifier = Classifier.load(file)) {
            int[] right = new int[2];
            int[] count = new int[2];
            for (OddDigit odd : list) {
                Prediction said = classifier.classify(PngWriter.bytes(odd.picture()), odd.name());
                int kind = odd.style().equals("pen") ? 1 : 0;
                count[kind]++;
                if (said.best().name().equals(Integer.toString(odd.digit()))) right[kind]++;
            }
            double test =
                    classifier.manifest().measurements().getFirst().measure().value();
            Judged judged = new Judged(
                    step.model(),
                    seed,
                    seconds,
                    new Proportion(right[0] + right[1], list.size()),
                    new Proportion(right[0], count[0]),
                    test);
            System.err.printf(
                    Locale.ROOT,
                    "%s, seed %d: %.1f %% of the odd digits, %.1f %% of the printed ones, %.2f %% of the test, %.0f"
                            + " s%n",
                    judged.model(),
                    seed,
                    100 * judged.odd().value(),
                    100 * judged.printed().value(),
                    100 * test,
                    seconds);
            return judged;
        }
    }

    private static Glyphs choosingGlyphs() throws IOException {
        try (InputStream in = OddDigitsBenchmark.class.getResourceAsStream("choosing-glyphs.txt")) {
            return new Glyphs(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        }
    }

    private List<String> row(List<Step> steps, List<Judged> judged) {
        List<String> row = new ArrayList<>(List.of(Integer.toString(seeds.size())));
        for (Step step : STEPS) {
            List<Judged> own = judged.stream()
                    .filter(each -> each.model().equals(step.model()))
                    .toList();
            row.add(
                    steps.contains(step)
                            ? String.format(
                                    Locale.ROOT, "**%.1f %%** (%.2f)", 100 * mean(own, true), 100 * mean(own, false))
                            : "–");
        }
        List<Double> seconds = judged.stream()
                .filter(each -> each.model().equals("changed"))
                .map(Judged::seconds)
                .sorted()
                .toList();
        row.add(seconds.isEmpty() ? "–" : String.format(Locale.ROOT, "%.0f s", seconds.get(seconds.size() / 2)));
        return row;
    }

    private static double mean(List<Judged> judged, boolean odd) {
        return judged.stream()
                .mapToDouble(each -> odd ? each.odd().value() : each.test())
                .average()
                .orElse(Double.NaN);
    }

    private static void describe(ObjectNode content, List<Judged> judged) {
        ArrayNode models = content.putArray("models");
        for (Judged each : judged) {
            models.addObject()
                    .put("model", each.model())
                    .put("seed", each.seed())
                    .put("right", each.odd().hits())
                    .put("count", each.odd().count())
                    .put("accuracy", each.odd().value())
                    .put("low", each.odd().low())
                    .put("high", each.odd().high())
                    .put("rightOfPrinted", each.printed().hits())
                    .put("printed", each.printed().count())
                    .put("testAccuracy", each.test())
                    .put("seconds", each.seconds());
        }
    }
}
