package io.fovea.benchmark;

import io.fovea.problem.Problem;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of {@code benchmarks/run}. */
@Command(
        name = "benchmarks/run",
        description = "Measures Fovea and its peers on this machine, and records what came out.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        synopsisSubcommandLabel = "BENCHMARK")
public final class Main {

    private Main() {}

    /** Runs a benchmark and ends the process: 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] arguments) {
        CommandLine commandLine = new CommandLine(new Main())
                .addSubcommand(new TrainingBenchmark())
                .addSubcommand(new EnginesBenchmark())
                .addSubcommand(new StartBenchmark())
                .addSubcommand(new LabBenchmark())
                .addSubcommand(new LabsBenchmark())
                .addSubcommand(new FeatureBenchmark())
                .addSubcommand(new HeadBenchmark())
                .addSubcommand(new FineTuningBenchmark())
                .addSubcommand(new HybridModelsBenchmark())
                .addSubcommand(new HybridClassesBenchmark())
                .addSubcommand(new HybridGenerationBenchmark())
                .addSubcommand(new HybridProcessesBenchmark())
                .addSubcommand(new HybridDeapBenchmark())
                .addSubcommand(new UnknownBenchmark())
                .addSubcommand(new MapsBenchmark())
                .addSubcommand(new NetworksBenchmark())
                .addSubcommand(new ImportBenchmark())
                .addSubcommand(new ClassifierBenchmark())
                .addSubcommand(new ExplanationBenchmark())
                .addSubcommand(new OddDigitsBenchmark())
                .addSubcommand(new WorkbenchBenchmark())
                .addSubcommand(new FramesBenchmark())
                .addSubcommand(new ScreensCommand())
                .addSubcommand(new ServeBenchmark())
                .addSubcommand(new ScoringBenchmark())
                .addSubcommand(new SharingBenchmark())
                .addSubcommand(new KillsBenchmark())
                .addSubcommand(new EnduranceBenchmark())
                .addSubcommand(new Int8Benchmark())
                .addSubcommand(new ProfileBenchmark())
                .addSubcommand(new RanksBenchmark())
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, _) -> {
                    if (!(failure instanceof Problem problem)) throw failure;
                    command.getErr().println(problem.threeLines());
                    return CommandLine.ExitCode.SOFTWARE;
                });
        System.exit(commandLine.execute(arguments));
    }
}
