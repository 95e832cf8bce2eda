package io.fovea.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.hybrid.EvolutionMode;
import io.fovea.hybrid.EvolutionProgress;
import io.fovea.hybrid.EvolutionSettings;
import io.fovea.hybrid.HybridListener;
import io.fovea.hybrid.HybridOutcome;
import io.fovea.hybrid.HybridSettings;
import io.fovea.hybrid.HybridTraining;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitSettings;
import io.fovea.source.Source;
import io.fovea.training.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The evolution of a hybrid on MNIST as {@code shrink hybrid} runs it, with a clock at the end of each generation: asking, judging, telling, plugging in.
 *
 * <p>Prints one line of JSON, in the words of the peers.
 */
@Command(name = "hybrid-evolution")
final class HybridEvolution implements Callable<Integer>, HybridListener {

    private static final int SIDE = 28;

    @Option(names = "--data", required = true)
    private Path data;

    @Option(names = "--name", required = true)
    private String name;

    @Option(names = "--search", required = true)
    private String search;

    @Option(names = "--mode", required = true)
    private EvolutionMode mode;

    @Option(
            names = "--generations",
            required = true,
            description = "As in the settings: serial-filter, for each filter.")
    private int generations;

    @Option(
            names = "--stop-after",
            description =
                    "Stop after so many generations in all. Default: go to the end and compare with no evolution.")
    private long stopAfter = Long.MAX_VALUE;

    @Option(names = "--warm-up", required = true, description = "Generations that do not count.")
    private long warmUp;

    @Option(
            names = "--pictures",
            description = "As in the settings: searches that compare generations take twice as many.")
    private int pictures = EvolutionSettings.usual().pictures();

    @Option(names = "--refit", description = "Generations between two fits of the head.")
    private int refit = EvolutionSettings.usual().refit();

    @Option(names = "--threads", required = true)
    private int threads;

    @Option(
            names = "--processes",
            description =
                    "Other processes of one thread each that judge the candidates. Default: they are judged here.")
    private int processes;

    @Option(names = "--seed", defaultValue = "1")
    private long seed;

    private GenerationTimes times;
    private long previous;
    private long lived;
    private double firstLoss = Double.NaN;
    private double lastLoss = Double.NaN;

    /** Runs in a process of its own; see {@link HybridGenerationBenchmark} and {@link HybridDeapBenchmark}. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new HybridEvolution())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        times = new GenerationTimes(warmUp, mode == EvolutionMode.SERIAL_FILTER ? generations : refit);
        Path folder = Files.createTempDirectory("fovea-benchmark-");
        Optional<HybridOutcome> outcome;
        try {
            ImportSettings digits = ImportSettings.of(
                            "mnist", new Preparation(SIDE, SIDE, ColorMode.GREY, ResizeMode.SQUASH))
                    .withSplits(new SplitSettings(0, 0));
            DatasetImport.run(List.of(Source.of(data.resolve("mnist"))), digits, folder.resolve("mnist"), (_, _) -> {});
            try (Dataset dataset = Dataset.open(folder.resolve("mnist"))) {
                outcome = run(new HybridTraining(
                        dataset,
                        Trainer.preprocessing(dataset),
                        settings(),
                        folder.resolve("evolution"),
                        this,
                        () -> lived >= stopAfter));
            }
        } finally {
            Folder.delete(folder);
        }
        System.out.println(result(outcome));
        return 0;
    }

    private Optional<HybridOutcome> run(HybridTraining training) throws IOException {
        if (processes == 0) return training.run(HybridTraining.Start.ANEW, threads);
        try (PipedProcesses others = new PipedProcesses(processes, 1)) {
            return training.run(HybridTraining.Start.ANEW, threads, others);
        }
    }

    private HybridSettings settings() {
        HybridSettings usual = HybridSettings.usual(seed);
        EvolutionSettings own = usual.evolution();
        EvolutionSettings evolution =
                new EvolutionSettings(search, mode, generations, pictures, refit, own.stepSize(), Optional.empty());
        return new HybridSettings(
                usual.kernels(), evolution, usual.form(), usual.engineBytes(), usual.shrinkage(), seed);
    }

    @Override
    public void began(String step) {
        previous = System.nanoTime(); // the last time is when the evolution begins
    }

    @Override
    public void evolved(EvolutionProgress progress) {
        long now = System.nanoTime();
        lived = progress.generation();
        times.add(lived, (now - previous) / 1e9, progress.evaluations());
        if (Double.isNaN(firstLoss)) firstLoss = progress.best();
        lastLoss = progress.best();
        previous = now;
    }

    private ObjectNode result(Optional<HybridOutcome> outcome) {
        ObjectNode json = new ObjectMapper()
                .createObjectNode()
                .put("peer", name)
                .put("algorithm", search)
                .put("mode", mode.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("evaluationsPerSecond", times.evaluationsPerSecond())
                .put("evaluationsPerSecondInAll", times.evaluations() / times.secondsInAll())
                .put("evaluations", times.evaluations())
                .put("generations", lived)
                .put("generationsCounted", times.counted())
                .put("generationMilliseconds", times.medianMilliseconds())
                .put("generationMillisecondsNinetyFifth", times.ninetyFifthMilliseconds())
                .put("secondsInAll", times.secondsInAll())
                .put("pictures", pictures)
                .put("threads", threads)
                .put("processes", processes);
        json.putObject("bestFitness").put("first", firstLoss).put("last", lastLoss);
        outcome.map(HybridOutcome::validation).ifPresent(validation -> json.putObject("validation")
                .put("pictures", validation.pictures())
                .put("accuracyWithoutEvolution", validation.start())
                .put("accuracy", validation.evolved()));
        return json;
    }
}
