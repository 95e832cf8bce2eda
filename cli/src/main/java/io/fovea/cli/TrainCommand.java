package io.fovea.cli;

import io.fovea.batch.Order;
import io.fovea.choice.Beginning;
import io.fovea.choice.HeadChoice;
import io.fovea.choice.NetworkProposal;
import io.fovea.choice.TaskWord;
import io.fovea.choice.TrainSituations;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.export.TrainedModel;
import io.fovea.export.WeightsEntry;
import io.fovea.image.ColorMode;
import io.fovea.job.Job;
import io.fovea.optimize.Regularisation;
import io.fovea.result.FeatureResult;
import io.fovea.result.JobResult;
import io.fovea.result.LearningRateResult;
import io.fovea.result.TrainResult;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import io.fovea.terminal.JobDoor;
import io.fovea.training.SettingsYaml;
import io.fovea.training.TrainingSettings;
import io.fovea.transfer.Head;
import io.fovea.work.Machines;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea train}: a network learns a dataset; out comes a model file. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Train a network on a dataset, judge it, write the model.",
        description = {
            "",
            "The model is judged on the test pictures, else on the validation pictures. Ctrl-C stops after a"
                    + " checkpoint; the same command goes on where a stopped or killed one stood."
        },
        footer = {
            "",
            "Examples:",
            "  fovea train --data pets --network lenet --epochs 10",
            "  fovea train --data pets --network mine.yaml --optimizer adam --flip 0.5",
            "  fovea train --data pets --settings ~/fovea/runs/pets-lenet-1/settings.yaml"
        })
final class TrainCommand extends Verb {

    private final List<String> notes = new ArrayList<>();

    @Option(
            names = "--data",
            paramLabel = "NAME",
            required = true,
            description = "A dataset of the workspace (fovea data list).")
    private String data;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            description = "A network of the catalogue (fovea network list), or a file (.yaml). Default: that of the"
                    + " pretrained weights; without such, what fits the pictures by their size and number, as is"
                    + " said.")
    private String network;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The model's name. Default: dataset and network, such as pets-lenet.")
    private String name;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description =
                    "What the dataset was imported for, only checked: classification, regression or segmentation. Or"
                            + " reconstruction: the pictures themselves, as they were before --noise, whatever they are"
                            + " imported for.")
    private TaskWord task;

    @Option(
            names = "--pretrained",
            paramLabel = "NAME",
            description = "Weights of the workspace to learn from (fovea network import).")
    private String pretrained;

    @Mixin
    private TransferOptions transfer;

    @Mixin
    private TrainingOptions options;

    @Mixin
    private ExperimentOptions experiment;

    @Mixin
    private RunOutputOptions outputs;

    @Mixin
    private BundleOptions bundle;

    @Mixin
    private GoingOption going;

    @Mixin
    private MachinesOption machines;

    @Mixin
    private RanksOption ranks;

    @Mixin
    private QualityOptions quality;

    TrainCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        checked(() -> {
            experiment.check();
            return options.settings();
        }); // a value out of range must not wait for the dataset
        Optional<Machines> shared = ranks.on(machines);
        Workspace place = workspace.workspace();
        Job job = job(place);
        Optional<JobResult> result = new JobDoor(console, place, shared).run(job, going.going());
        if (result.isEmpty()) return ExitCode.FAILED;
        print(() -> withNotes(result.get().json()), () -> new ResultWords(console).print(result.get()));
        return switch (result.get()) {
            case TrainResult trained -> quality.exitCode(trained.verdict(), console);
            case FeatureResult trained -> quality.exitCode(trained.verdict(), console);
            case LearningRateResult rates -> rates.curve().suggestion().isPresent() ? ExitCode.DONE : ExitCode.FAILED;
            default -> ExitCode.DONE;
        };
    }

    /** What was settled before the job belongs to its remarks. */
    private Map<String, Object> withNotes(Map<String, Object> json) {
        List<Object> all = new ArrayList<>(notes);
        if (json.get("remarks") instanceof List<?> remarks) all.addAll(remarks);
        json.put("remarks", all);
        return json;
    }

    /** Settles what the words leave open, refuses those that change nothing, and returns what is to be done. */
    private Job job(Workspace place) {
        try (Dataset stored = Dataset.open(place.existing(Shelf.DATASETS, data))) {
            Dataset dataset = task == TaskWord.RECONSTRUCTION ? stored.forReconstruction() : stored;
            refuseIdleWords(dataset);
            quality.checkSuits(dataset.task());
            if (network == null && pretrained == null) choose(dataset, place);
            Beginning beginning = Beginning.of(dataset.task(), pretrained != null, transfer.mode());
            TrainingSettings settings = checked(() -> options.settings(dataset, beginning, machines, learned(dataset)));
            refuseIdle(dataset);
            if (!experiment.hasFolds() && !experiment.findsLearningRate()) TrainedModel.judgingSplit(dataset);
            notes.forEach(note -> console.progress("Note: " + note));
            if (isOnFeatures(dataset)) refuseIdleOnHead(dataset, settings);
            Job.Train training = training(tree(settings));
            if (experiment.findsLearningRate()) return new Job.LearningRate(training);
            return experiment.hasFolds() ? new Job.Folds(experiment.folds(), training) : training;
        }
    }

    private Job.Train training(Map<String, Object> settings) {
        boolean onBackbone = pretrained != null;
        return new Job.Train(
                data,
                Optional.ofNullable(network),
                Optional.ofNullable(name),
                Optional.ofNullable(task).map(TaskWord::word),
                Optional.ofNullable(pretrained),
                onBackbone ? Optional.of(transfer.mode().word()) : Optional.empty(),
                onBackbone ? Optional.of(transfer.head().word()) : Optional.empty(),
                transfer.copies().isPresent() ? Optional.of(transfer.copies().getAsInt()) : Optional.empty(),
                onBackbone && !transfer.beginsWithTrainedHead(),
                settings,
                List.copyOf(outputs.outputs()),
                bundle.weights() == WeightsEntry.WRITTEN,
                Optional.empty());
    }

    /** What nobody chose and only the job can settle is left out. */
    private Map<String, Object> tree(TrainingSettings settings) {
        Map<String, Object> tree = SettingsYaml.tree(settings);
        if (options.leavesSeedOpen()) tree.remove("seed");
        Regularisation pull = settings.step().regularisation();
        boolean pulls = options.givesL2() || pull.l1() > 0 || pull.l2() > 0;
        if (!pulls && tree.get("step") instanceof Map<?, ?> step) step.remove("regularisation");
        return tree;
    }

    /** What only head and settings together tell. */
    private void refuseIdleOnHead(Dataset dataset, TrainingSettings settings) {
        HeadChoice head = new HeadChoice(
                transfer.head(),
                transfer.copies().isPresent() ? Optional.of(transfer.copies().getAsInt()) : Optional.empty(),
                dataset,
                settings,
                OptionalDouble.empty(),
                options.file().map(Path::toString).orElse("options of \"fovea train\""));
        if (head.areAlike()) IdleOption.refuse(TrainSituations.ALIKE, spec);
        if (settings.pictures().sampling() != Order.BALANCED) IdleOption.refuse(TrainSituations.UNBALANCED, spec);
        checked(head::settings);
    }

    /** Settles what learns where nobody did, and notes why. Features are taken only if no option asks for what they do not have. */
    private void choose(Dataset dataset, Workspace place) {
        boolean takesFeatures = !experiment.hasFolds()
                && !experiment.findsLearningRate()
                && !IdleOption.isGiven(TrainSituations.FEATURES, spec);
        NetworkProposal proposal = NetworkProposal.of(dataset, place);
        boolean onFeatures = takesFeatures && proposal.pretrained().isPresent();
        if (onFeatures) pretrained = proposal.pretrained().get();
        else network = proposal.network();
        notes.addAll(proposal.words(onFeatures));
    }

    /** Returns from how many pictures an epoch learns; a head is fitted to all at once. */
    private int learned(Dataset dataset) {
        int pictures = dataset.count(Split.TRAINING);
        if (isOnFeatures(dataset)) return 0;
        return experiment.hasFolds()
                ? Beginning.outsideFold(pictures + dataset.count(Split.VALIDATION), experiment.folds())
                : pictures;
    }

    private boolean isOnFeatures(Dataset dataset) {
        return Beginning.isOnFeatures(dataset.task(), pretrained != null, transfer.mode());
    }

    /** What the words of the command and the task alone tell. */
    private void refuseIdleWords(Dataset dataset) {
        if (pretrained == null) IdleOption.refuse(TrainSituations.FROM_SCRATCH, spec);
        else if (Beginning.answersWithMaps(dataset.task())) IdleOption.refuse(TrainSituations.MAPS_ON_BACKBONE, spec);
        else if (isOnFeatures(dataset)) refuseIdleOnFeatures();
        else IdleOption.refuse(TrainSituations.FINE_TUNING, spec);
        if (TaskWord.RECONSTRUCTION.names(dataset.task())) IdleOption.refuse(TrainSituations.RECONSTRUCTION, spec);
        if (experiment.findsLearningRate()) IdleOption.refuse(TrainSituations.SEARCHING_RATE, spec);
        if (experiment.hasFolds()) IdleOption.refuse(TrainSituations.FOLDS, spec);
    }

    private void refuseIdleOnFeatures() {
        IdleOption.refuse(TrainSituations.FEATURES, spec);
        if (transfer.head() instanceof Head.NearestNeighbours) IdleOption.refuse(TrainSituations.NEIGHBOURS, spec);
        if (transfer.copies().equals(OptionalInt.of(0))) IdleOption.refuse(TrainSituations.NO_COPIES, spec);
    }

    /** What only the dataset tells. */
    private void refuseIdle(Dataset dataset) {
        if (TaskWord.REGRESSION.names(dataset.task())) {
            if (isOnFeatures(dataset)) IdleOption.refuse(TrainSituations.FEATURES_OF_NUMBERS, spec);
            IdleOption.refuse(TrainSituations.REGRESSION, spec);
        }
        if (dataset.preparation().colorMode() == ColorMode.GREY) IdleOption.refuse(TrainSituations.GREY, spec);
    }
}
