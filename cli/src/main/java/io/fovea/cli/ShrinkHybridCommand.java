package io.fovea.cli;

import io.fovea.choice.VerbSituations;
import io.fovea.job.Job;
import io.fovea.problem.Problem;
import io.fovea.result.AddClassResult;
import io.fovea.result.HybridResult;
import io.fovea.result.JobResult;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import io.fovea.terminal.JobDoor;
import io.fovea.terminal.OutputFormat;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code fovea shrink hybrid}: a small classifier without backpropagation. */
@Command(
        name = "hybrid",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Two convolutions and nearest neighbours, made without backpropagation, as small as you need it.",
        description = {
            "",
            "Kernels come from the pictures' patches and are evolved; a projection in closed form turns their maps into"
                    + " short codes; the nearest reference pictures decide. What is kept is chosen on held-out training"
                    + " pictures; the test pictures are judged once.",
            "Ctrl-C stops after a checkpoint; the same command goes on where a stopped or killed one stood."
        },
        footer = {
            "",
            "Examples:",
            "  fovea shrink hybrid --data mnist-full",
            "  fovea shrink hybrid --data mnist-full --engine-size 74KB",
            "  fovea shrink hybrid --data mnist-full --search cma-es --mode serial-filter",
            "  fovea shrink hybrid --data mnist-full --kernels random --generations 0",
            "  fovea shrink hybrid --add-class eleven photos/eleven --model mnist-hybrid --to grown.fovea"
        })
final class ShrinkHybridCommand extends Verb {

    /** Options that mean something when a class is added. */
    private static final Set<String> WITH_A_CLASS = Set.of(
            "--add-class",
            "--model",
            "--to",
            "--force",
            "--data",
            "--engine-size",
            "--seed",
            "--threads",
            "--workspace",
            "--json");

    @Option(names = "--data", paramLabel = "NAME", description = "A dataset of the workspace (fovea data list).")
    private String data;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The model's name. Default: dataset and method, such as pets-hybrid.")
    private String name;

    @Mixin
    private HybridOptions options;

    @Mixin
    private ClassAdditionOptions addition;

    @Option(
            names = "--resume",
            description =
                    "Go on with the evolution that was stopped or killed, or fail: without it too that is the rule.")
    private boolean resume;

    @Mixin
    private GoingOption going;

    @Mixin
    private MachinesOption machines;

    @Mixin
    private AccuracyOption accuracy;

    ShrinkHybridCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        if (addition.areGiven()) return addClass();
        if (data == null) throw new ParameterException(spec.commandLine(), "The dataset is missing: --data NAME.");
        if (options.evolvesNothing()) IdleOption.refuse(VerbSituations.NO_EVOLUTION, spec);
        threads();
        Workspace place = workspace.workspace();
        Job.Hybrid job = options.job(data, Optional.ofNullable(name));
        if (resume) new Jobs(place).checkUnfinished(job); // to go on is the rule; who says so expects it
        Optional<JobResult> result = new JobDoor(console, place, machines.machines()).run(job, going.going());
        if (result.isEmpty()) return ExitCode.FAILED;
        HybridResult made = (HybridResult) result.get();
        double earlier = made.outcome().seconds().earlier();
        print(() -> made.json(earlier + JvmClock.secondsSinceStart()), () -> new ResultWords(console).print(made));
        return accuracy.exitCode(made.verdict(), console);
    }

    private int addClass() {
        for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
            if (WITH_A_CLASS.contains(given.longestName())) continue;
            throw new ParameterException(
                    spec.commandLine(),
                    "--add-class changes a model that exists and takes no " + given.longestName() + ": leave one out.");
        }
        Job job = addition.job(Optional.ofNullable(data), options.engineSize(), options.seed(), threads());
        Optional<JobResult> result = run(job, Jobs.Going.ON);
        if (result.isEmpty()) return ExitCode.FAILED;
        print(result.get());
        Optional<Problem> refusal = ((AddClassResult) result.get()).refusal();
        refusal.ifPresent(
                problem -> console.problem(problem, OutputFormat.TEXT)); // in JSON it stands among the figures
        return refusal.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private int threads() {
        try {
            return options.threads();
        } catch (IllegalArgumentException outOfRange) {
            throw new ParameterException(spec.commandLine(), outOfRange.getMessage(), outOfRange);
        }
    }
}
