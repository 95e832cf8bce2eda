package io.fovea.cli;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.export.TrainedModel;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.pretrained.Pretrained;
import io.fovea.pretrained.PretrainedFolder;
import io.fovea.problem.Problem;
import io.fovea.task.Task;
import io.fovea.training.TrainingSettings;
import io.fovea.training.TrainingStart;
import io.fovea.transfer.Head;
import io.fovea.transfer.MapTransfer;
import io.fovea.transfer.TransferMode;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
final class TrainCommand implements Callable<Integer> {

    private static final String UNJUDGED = "There are no validation pictures to tell whether an epoch beats the head it"
            + " begins with: the last epoch becomes the model, better or not.";

    private final Console console;
    private final List<String> remarks = new ArrayList<>();

    @Spec
    private CommandSpec spec;

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
    private QualityOptions quality;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private OutputOption output;

    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        chosen(() -> {
            experiment.check();
            return options.settings();
        }); // a value out of range must not wait for the dataset
        Workspace place = workspace.workspace();
        try (Dataset stored = Dataset.open(place.existing(Shelf.DATASETS, data))) {
            Dataset dataset = task == TaskWord.RECONSTRUCTION ? stored.forReconstruction() : stored;
            if (onMaps(dataset)) refuseIdleOnMaps(dataset);
            else refuseIdle();
            checkTask(dataset);
            List<String> chosen = network == null && pretrained == null ? choose(dataset, place) : List.of();
            TrainingSettings settings = chosen(() -> options.settings(dataset, beginning(dataset), learned(dataset)));
            refuseIdle(dataset);
            if (!experiment.hasFolds() && !experiment.findsLearningRate()) TrainedModel.judgingSplit(dataset);
            chosen.forEach(this::remark);
            if (pretrained == null) return train(place, plan(place, dataset, settings));
            Pretrained weights = PretrainedFolder.read(place.existing(Shelf.WEIGHTS, pretrained));
            checkNetwork(weights);
            if (!onMaps(dataset)) NetworkRemarks.pretrained(weights, dataset).forEach(this::remark);
            String model = name == null ? data + "-" + weights.network() : name;
            if (onMaps(dataset)) return train(place, onBackbone(place, weights, dataset, model, settings));
            TransferJob job = new TransferJob(console, place, weights, dataset);
            return switch (transfer.mode()) {
                case TransferMode.CachedFeatures _ -> onFeatures(job, dataset, model, seeded(settings));
                case TransferMode.HeadOnly _, TransferMode.LastLayers _, TransferMode.AllLayers _ -> {
                    String run = run(model);
                    TrainingSettings going = goingOn(place, run, settings);
                    if (dataset.count(Split.VALIDATION) == 0) remark(UNJUDGED);
                    yield train(place, job.fineTuning(run, transfer, going));
                }
            };
        }
    }

    /** Settles what learns where nobody did, and returns why. Features are taken only if no option asks for what they do not have. */
    private List<String> choose(Dataset dataset, Workspace place) {
        boolean takesFeatures = !experiment.hasFolds()
                && !experiment.findsLearningRate()
                && !TrainSituations.FEATURES.isContradicted(spec);
        NetworkProposal proposal = NetworkProposal.of(dataset, place);
        if (takesFeatures && proposal.pretrained().isPresent()) {
            pretrained = proposal.pretrained().get();
        } else {
            network = proposal.network();
        }
        return proposal.words(pretrained == null ? NetworkProposal.Origin.DRAWN : NetworkProposal.Origin.PRETRAINED);
    }

    /** Returns from how many pictures an epoch learns. */
    private int learned(Dataset dataset) {
        if (!experiment.hasFolds()) return dataset.count(Split.TRAINING);
        int all = dataset.count(Split.TRAINING) + dataset.count(Split.VALIDATION);
        return all - Math.ceilDiv(all, experiment.folds());
    }

    private void remark(String words) {
        remarks.add(words);
        console.progress("Note: " + words);
    }

    /** A head on features is found in closed steps of its own; what learns by gradients from pretrained weights begins with care. */
    private TrainingOptions.Beginning beginning(Dataset dataset) {
        if (onMaps(dataset))
            return pretrained == null
                    ? TrainingOptions.Beginning.DRAWN_MAPS
                    : TrainingOptions.Beginning.PRETRAINED_MAPS;
        if (pretrained == null) return TrainingOptions.Beginning.DRAWN;
        return switch (transfer.mode()) {
            case TransferMode.CachedFeatures _ -> TrainingOptions.Beginning.DRAWN;
            case TransferMode.HeadOnly _, TransferMode.LastLayers _, TransferMode.AllLayers _ ->
                TrainingOptions.Beginning.PRETRAINED;
        };
    }

    /** Whether pictures are answered with maps in their size. */
    private static boolean onMaps(Dataset dataset) {
        return TaskWord.SEGMENTATION.names(dataset.task()) || TaskWord.RECONSTRUCTION.names(dataset.task());
    }

    /** New layers on pretrained ones, all of which learn. */
    private TrainingPlan onBackbone(
            Workspace place, Pretrained weights, Dataset dataset, String model, TrainingSettings settings) {
        String run = run(model);
        TrainingSettings going = goingOn(place, run, settings);
        Preprocessing preprocessing = TransferJob.preprocessing(weights, dataset);
        MapTransfer maps = MapTransfer.of(weights, dataset, preprocessing, going.seed());
        TrainingStart start = TrainingStart.of(maps.weights(), preprocessing);
        TrainingSettings rated =
                going.withLayerRates(maps.rates().times(going.step().layerRates()));
        return new TrainingPlan(run, dataset, maps.network(), rated, start, _ -> start);
    }

    /** What the words of the command alone tell. */
    private void refuseIdle() {
        if (pretrained == null) TrainSituations.FROM_SCRATCH.refuse(spec);
        else if (transfer.mode() instanceof TransferMode.CachedFeatures) refuseIdleOnFeatures();
        else TrainSituations.FINE_TUNING.refuse(spec);
        if (experiment.findsLearningRate()) TrainSituations.SEARCHING_RATE.refuse(spec);
        if (experiment.hasFolds()) TrainSituations.FOLDS.refuse(spec);
    }

    private void refuseIdleOnMaps(Dataset dataset) {
        if (pretrained == null) TrainSituations.FROM_SCRATCH.refuse(spec);
        else TrainSituations.MAPS_ON_BACKBONE.refuse(spec);
        if (TaskWord.RECONSTRUCTION.names(dataset.task())) TrainSituations.RECONSTRUCTION.refuse(spec);
        if (experiment.findsLearningRate()) TrainSituations.SEARCHING_RATE.refuse(spec);
        if (experiment.hasFolds()) TrainSituations.FOLDS.refuse(spec);
    }

    private void refuseIdleOnFeatures() {
        TrainSituations.FEATURES.refuse(spec);
        if (transfer.head() instanceof Head.NearestNeighbours) TrainSituations.NEIGHBOURS.refuse(spec);
        if (transfer.copies().equals(OptionalInt.of(0))) TrainSituations.NO_COPIES.refuse(spec);
    }

    /** What only the dataset tells. */
    private void refuseIdle(Dataset dataset) {
        boolean onFeatures = pretrained != null && transfer.mode() instanceof TransferMode.CachedFeatures;
        if (TaskWord.REGRESSION.names(dataset.task())) {
            if (onFeatures) TrainSituations.FEATURES_OF_NUMBERS.refuse(spec);
            TrainSituations.REGRESSION.refuse(spec);
        }
        if (dataset.preparation().colorMode() == ColorMode.GREY) TrainSituations.GREY.refuse(spec);
    }

    /** A seed that nobody chose is that of an unfinished run if there is one. */
    private TrainingSettings goingOn(Workspace place, String model, TrainingSettings settings) {
        return switch (options.seedOrigin()) {
            case GIVEN -> settings;
            case DRAWN ->
                settings.withSeed(
                        RunChoice.unfinishedSeed(place, model, settings).orElse(settings.seed()));
        };
    }

    /** Features of augmented copies are kept by their seed: one that nobody chose must not change. */
    private TrainingSettings seeded(TrainingSettings settings) {
        return switch (options.seedOrigin()) {
            case GIVEN -> settings;
            case DRAWN -> settings.withSeed(1);
        };
    }

    private TrainingPlan plan(Workspace place, Dataset dataset, TrainingSettings settings) {
        Preparation form = dataset.preparation();
        Shape input = new Shape(form.colorMode().channels(), form.height(), form.width());
        Network layers = NetworkSource.find(network, input, dataset);
        int batchSize = settings.pictures().batchSize();
        NetworkRemarks.fromScratch(layers, dataset, batchSize).forEach(this::remark);
        String model = name == null ? data + "-" + layers.name() : name;
        String run = run(model);
        return new TrainingPlan(run, dataset, layers, goingOn(place, run, settings));
    }

    /** Folds are runs of their own. */
    private String run(String model) {
        return experiment.hasFolds() ? model + "-" + experiment.folds() + "-folds" : model;
    }

    private int train(Workspace place, TrainingPlan plan) {
        if (experiment.findsLearningRate()) return new LearningRateSearch(console, place).run(plan, output.format());
        if (experiment.hasFolds()) {
            return new FoldsJob(console, place).run(plan, experiment.folds(), output.format());
        }
        Optional<TrainingJob.Done> done =
                new TrainingJob(console, place, outputs.outputs()).run(plan.with(bundle.weights()));
        if (done.isEmpty()) return ExitCode.FAILED;
        switch (output.format()) {
            case JSON -> console.json(asJson(plan.network(), plan.settings(), done.get()));
            case TEXT -> print(done.get());
        }
        return quality.exitCode(done.get().verdict(), console);
    }

    private int onFeatures(TransferJob job, Dataset dataset, String model, TrainingSettings settings) {
        FeatureSettings features = new FeatureSettings(spec, transfer, options, dataset, settings);
        features.remarks().forEach(this::remark);
        TransferJob.Done done = job.run(
                model, chosen(features::settings), settings.computation().threads(), bundle.weights());
        switch (output.format()) {
            case JSON -> {
                Map<String, Object> json = new LinkedHashMap<>();
                json.put("data", data);
                done.put("", json);
                json.put("remarks", remarks);
                console.json(json);
            }
            case TEXT -> {
                console.result(VerdictWords.line(done.verdict(), done.split()));
                console.result(FamiliarityWords.line(done.export().familiarity()));
                console.result("Model     " + done.export().path());
                console.result("Run       " + done.runFolder());
            }
        }
        return quality.exitCode(done.verdict(), console);
    }

    private void checkTask(Dataset dataset) {
        Task found = dataset.task();
        quality.checkSuits(found);
        if (task == null || task.names(found)) return;
        throw new Problem(
                "The dataset is for " + found.word() + ", not for " + task.word() + ".",
                "dataset \"" + data + "\"",
                "import it with --task " + task.word() + ", or leave the option out");
    }

    private void checkNetwork(Pretrained weights) {
        if (network == null || network.equals(weights.network())) return;
        throw new Problem(
                "The weights are those of " + weights.network() + ", not of " + network + ".",
                "weights \"" + pretrained + "\"",
                "leave --network out, or import weights of " + network);
    }

    private <T> T chosen(Supplier<T> settings) {
        try {
            return settings.get();
        } catch (IllegalArgumentException outOfRange) {
            throw new ParameterException(spec.commandLine(), outOfRange.getMessage(), outOfRange);
        }
    }

    private void print(TrainingJob.Done done) {
        done.result().start().ifPresent(start -> StartWords.lines(start).forEach(console::result));
        console.result(VerdictWords.ofChosenEpoch(done.verdict(), done.split()));
        console.result(FamiliarityWords.line(done.export().familiarity()));
        console.result("Model     " + done.export().path());
        console.result("Run       " + done.runFolder());
        console.result(String.format(
                Locale.ROOT,
                "Time      %.1f s training, %.1f s judging and writing the model",
                done.trainingSeconds(),
                done.evaluationSeconds()));
    }

    private Map<String, Object> asJson(Network layers, TrainingSettings settings, TrainingJob.Done done) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data", data);
        json.put("network", layers.name());
        json.put("parameters", done.parameters());
        json.put("trainedParameters", done.trainedParameters());
        json.put("epochs", done.result().epochs());
        json.put("outcome", DataJson.word(done.result().outcome()));
        json.put("split", DataJson.word(done.split()));
        VerdictWords.put(done.verdict(), "", json);
        json.put("weightsEpoch", done.result().weightsEpoch());
        done.result().start().ifPresent(start -> json.put("start", StartWords.asJson(start)));
        json.put("trainingSeconds", done.trainingSeconds());
        json.put("evaluationSeconds", done.evaluationSeconds());
        json.put("imagesPerSecond", Math.round(done.result().imagesPerSecond()));
        json.put("bundle", done.export().path().toString());
        json.put("parityMaxAbsDifference", done.export().parityMaxAbsDifference());
        FamiliarityWords.describe(done.export().familiarity(), json);
        json.put("run", done.runFolder().toString());
        json.put("seed", settings.seed());
        List<String> all = new ArrayList<>(remarks);
        all.addAll(done.remarks());
        json.put("remarks", all);
        return json;
    }
}
