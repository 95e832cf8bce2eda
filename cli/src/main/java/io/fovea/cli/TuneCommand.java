package io.fovea.cli;

import io.fovea.choice.Beginning;
import io.fovea.choice.NetworkProposal;
import io.fovea.choice.TaskWord;
import io.fovea.choice.TuningAxes;
import io.fovea.choice.VerbSituations;
import io.fovea.dataset.Dataset;
import io.fovea.image.ColorMode;
import io.fovea.job.Job;
import io.fovea.result.JobResult;
import io.fovea.result.TuneResult;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import io.fovea.terminal.JobDoor;
import io.fovea.training.ComputationSettings;
import io.fovea.training.SettingsYaml;
import io.fovea.training.TrainingSettings;
import io.fovea.trial.Trial;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea tune}: trains with different settings and compares them on the validation pictures. */
@Command(
        name = "tune",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Train with different settings, compare them on the validation pictures.",
        description = {
            "",
            "Tries all combinations, or random ones with --random. The test pictures have no part in it. Ctrl-C stops"
                    + " after a checkpoint; the same command goes on where a stopped or killed one stood."
        },
        footer = {
            "",
            "Examples:",
            "  fovea tune --data pets --learning-rate 0.1,0.01,0.001 --batch-size 32,64",
            "  fovea tune --data pets --learning-rate 0.0001..0.1 --random 16 --halving",
            "  fovea tune --data pets --learning-rate 0.1,0.01,0.001 --on spark://master:7077"
        })
final class TuneCommand extends Verb {

    @Option(
            names = "--data",
            paramLabel = "NAME",
            required = true,
            description = "A dataset of the workspace (fovea data list).")
    private String data;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            description =
                    "A network of the catalogue, or a file (.yaml). Default: what fits the pictures by their size,"
                            + " as is said.")
    private String network;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "Settings as YAML that all trials share; what is tried comes over it.")
    private Path settings;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs of a whole trial. Default: 30.")
    private Integer epochs;

    @Mixin
    private TuneOptions tried;

    @Option(
            names = "--random",
            paramLabel = "N",
            description = "Try N random combinations instead of all; ranges are drawn evenly by their logarithm.")
    private Integer random;

    @Option(names = "--halving", description = "End the worse half early, again and again (successive halving).")
    private boolean halving;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of every random choice, the same in all trials. Default: that of --settings, else 1.")
    private Long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that compute. Default: one per core.")
    private Integer threads;

    @Mixin
    private StepOptions steps;

    @Mixin
    private AugmentationOptions augmentation;

    @Mixin
    private GoingOption going;

    @Mixin
    private MachinesOption machines;

    TuneCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Workspace place = workspace.workspace();
        Optional<JobResult> result = new JobDoor(console, place, machines.machines()).run(job(place), going.going());
        if (result.isEmpty()) return ExitCode.FAILED;
        print(result.get());
        TuneResult tuned = (TuneResult) result.get();
        return tuned.trials().getFirst().validation().isPresent() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private Job.Tune job(Workspace place) {
        try (Dataset dataset = Dataset.open(place.existing(Shelf.DATASETS, data))) {
            TrainingSettings base = checked(() -> base(dataset));
            if (TaskWord.REGRESSION.names(dataset.task())) IdleOption.refuse(VerbSituations.TUNING_NUMBERS, spec);
            if (dataset.preparation().colorMode() == ColorMode.GREY)
                IdleOption.refuse(VerbSituations.TUNING_ON_GREY, spec);
            if (random != null && random < 1)
                checked(() -> {
                    throw new IllegalArgumentException("--random must be at least 1: " + random);
                });
            Map<String, Object> values = checked(tried::tried);
            // words that are no values are wrong usage
            checked(() -> random == null
                    ? Trial.grid(base, TuningAxes.of(values))
                    : Trial.random(base, TuningAxes.of(values), random, base.seed()));
            if (base.course().epochs() == 1 || isSingle(values))
                IdleOption.refuse(VerbSituations.NOTHING_TO_HALVE, spec);
            if (network == null) {
                NetworkProposal proposal = NetworkProposal.of(dataset, place);
                network = proposal.network();
                proposal.words(false).forEach(words -> console.progress("Note: " + words));
            }
            Job.Train training = Job.Train.of(data, network).with(SettingsYaml.tree(base));
            return new Job.Tune(training, values, Optional.ofNullable(random), halving);
        }
    }

    /** Whether one trial is all that there is. */
    private boolean isSingle(Map<String, Object> values) {
        if (random != null) return random == 1;
        return values.values().stream().noneMatch(value -> value.toString().matches(".*(,|\\.\\.).*"));
    }

    private TrainingSettings base(Dataset dataset) {
        TrainingSettings base = machines.usual(TrainingSettings.defaults(1));
        if (settings != null) base = TrainingOptions.read(settings, base);
        if (seed != null) base = base.withSeed(seed);
        base = Beginning.suiting(base, dataset.task());
        if (epochs != null) base = base.withEpochs(epochs);
        if (threads != null) {
            base = base.withComputation(new ComputationSettings(
                    base.computation().engine(), base.computation().precision(), threads));
        }
        return steps.over(base)
                .withAugmentation(augmentation.over(base.pictures().augmentation()));
    }
}
