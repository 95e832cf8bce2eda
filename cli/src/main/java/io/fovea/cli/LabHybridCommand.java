package io.fovea.cli;

import io.fovea.dataset.Split;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fovea lab hybrid}: the tables of the talk on the hybrid topology, its figures beside ours. */
@Command(
        name = "hybrid",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Make the tables of Radu's talk on CNN and k-NN hybrids again, with its figures beside.",
        description = {
            "",
            "Sizes, accuracies and seconds of five networks and of their sliced relatives, whose kernels come from"
                    + " evolution or from none at all, and the speed that the talk leaves open.",
            "Some half an hour on two cores, a few minutes with --quick. The same command goes on where a stopped one"
                    + " stood; finished rows are not made again.",
            "Nothing is chosen on the test digits.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  fovea lab hybrid --quick             4,000 digits, 5 epochs, few generations",
            "  fovea lab hybrid                     everything",
            "  fovea lab hybrid --generations 150   a longer search for CMA-ES and PSO"
        })
final class LabHybridCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "Only 4,000 digits, 5 epochs and few generations.")
    private boolean quick;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of MNIST's files, or \"generated\" for digits that Fovea draws.")
    private String data;

    @Option(
            names = "--generations",
            paramLabel = "N",
            description = "Generations of CMA-ES and PSO for each filter. Default: 40, with --quick 2.")
    private Integer generations;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of every random choice. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that compute. Default: one per core.")
    private Integer threads;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private OutputOption output;

    LabHybridCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        LabHybridMethod.Effort effort = effort();
        int computing = threads();
        Workspace place = workspace.workspace();
        List<LabHybridMethod> methods = LabHybridMethod.all(effort);
        List<LabHybridColumn> columns = quick ? List.of(LabHybridColumn.FEW_5) : List.of(LabHybridColumn.values());
        try (LabHybridSets sets = LabHybridSets.open(console, place, Optional.ofNullable(data), seed)) {
            Path rowsFolder = place.cache().resolve("lab-hybrid").resolve(identity(sets, effort, computing));
            Optional<List<LabHybridRow>> rows =
                    new LabHybrid(console, place, rowsFolder, seed, computing).run(sets, methods, columns);
            if (rows.isEmpty()) return ExitCode.FAILED;
            LabHybridReport report = report(
                    new LabHybridResults(methods, columns, rows.get()), sets, place.newRun("lab-hybrid"), computing);
            report.write();
            new LabHybridRows(rowsFolder).forget();
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("lab", "hybrid");
            json.put("size", quick ? "quick" : "whole");
            json.put("data", sets.all().name());
            json.putAll(report.asJson());
            json.put("seconds", JvmClock.rounded(JvmClock.secondsSinceStart()));
            json.put("seed", seed);
            switch (output.format()) {
                case JSON -> console.json(json);
                case TEXT -> report.print(console);
            }
            return ExitCode.DONE;
        }
    }

    private LabHybridReport report(LabHybridResults results, LabHybridSets sets, Path folder, int computing) {
        console.progress("Measuring the speed ...");
        PredictionSpeed speed = new PredictionSpeed(Duration.ofMillis(quick ? 300 : 1_000));
        List<LabHybridSpeeds.Setting> settings = LabHybridSpeeds.settings(computing);
        List<LabTable> tables = List.of(
                LabHybridSizes.of(results, sets.of(results.largest()).count(Split.TRAINING)),
                LabHybridAccuracies.of(results),
                LabHybridSeconds.of(results, computing),
                LabHybridSpeeds.of(LabHybridSpeeds.measure(results, sets.all(), settings, speed), settings));
        return new LabHybridReport(results.rows(), tables, folder);
    }

    private LabHybridMethod.Effort effort() {
        LabHybridMethod.Effort usual = quick ? LabHybridMethod.Effort.QUICK : LabHybridMethod.Effort.WHOLE;
        if (generations == null) return usual;
        if (generations < 1) throw wrong("--generations must be at least 1: " + generations);
        return new LabHybridMethod.Effort(generations, usual.together());
    }

    private int threads() {
        if (threads == null) return Runtime.getRuntime().availableProcessors();
        if (threads < 1) throw wrong("--threads must be at least 1: " + threads);
        return threads;
    }

    private ParameterException wrong(String words) {
        return new ParameterException(spec.commandLine(), words);
    }

    /** Returns a folder's name that tells this lab from one that asks for something else. */
    private String identity(LabHybridSets sets, LabHybridMethod.Effort effort, int computing) {
        return String.format(
                Locale.ROOT,
                "%s-%s-%s-%d-%d-seed%d-threads%d",
                sets.all().name(),
                sets.all().contentHash().substring(0, 12),
                quick ? "quick" : "whole",
                effort.perFilter(),
                effort.together(),
                seed,
                computing);
    }
}
