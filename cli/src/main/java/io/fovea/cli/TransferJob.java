package io.fovea.cli;

import io.fovea.batch.Augmentation;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.evaluation.EvaluationFiles;
import io.fovea.evaluation.Verdict;
import io.fovea.export.ExportReport;
import io.fovea.export.ModelParts;
import io.fovea.export.Origin;
import io.fovea.export.TrainedModel;
import io.fovea.export.WeightsEntry;
import io.fovea.image.Axis;
import io.fovea.image.Preprocessing;
import io.fovea.learning.Learning;
import io.fovea.module.Initialization;
import io.fovea.network.Catalogue;
import io.fovea.network.Inference;
import io.fovea.network.LayerRates;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.pretrained.Pretrained;
import io.fovea.problem.Problem;
import io.fovea.training.FineTuning;
import io.fovea.training.SettingsYaml;
import io.fovea.training.Trainer;
import io.fovea.training.TrainingSettings;
import io.fovea.training.TrainingStart;
import io.fovea.transfer.Backbone;
import io.fovea.transfer.FeatureCache;
import io.fovea.transfer.FeatureTransfer;
import io.fovea.transfer.Head;
import io.fovea.transfer.HeadGoal;
import io.fovea.weights.Weights;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Learning from pretrained weights, as "train" and the labs do it: backbone, features, head. */
final class TransferJob {

    private final Console console;
    private final Workspace workspace;
    private final Pretrained pretrained;
    private final Dataset dataset;
    private final Preprocessing preprocessing;
    private final Backbone backbone;

    /**
     * Prepares.
     *
     * @throws Problem if the dataset's pictures are no input for the backbone
     */
    TransferJob(Console console, Workspace workspace, Pretrained pretrained, Dataset dataset) {
        this.console = console;
        this.workspace = workspace;
        this.pretrained = pretrained;
        this.dataset = dataset;
        this.preprocessing = preprocessing(pretrained, dataset);
        Shape input = new Shape(preprocessing.channels(), preprocessing.height(), preprocessing.width());
        Network whole = Catalogue.network(pretrained.network(), input, pretrained.outputs());
        this.backbone = Backbone.of(whole, pretrained.weights(), output(dataset));
    }

    /** Where something is can only be told from maps; what it is, from their means. */
    private static Backbone.Output output(Dataset dataset) {
        boolean places = dataset.targets().stream().anyMatch(target -> target.axis() != Axis.NONE);
        return places ? Backbone.Output.MAPS : Backbone.Output.FEATURES;
    }

    /**
     * What came out of a transfer by features.
     *
     * @param outcome           backbone and head
     * @param trainedParameters those of the head; 0 for one that keeps pictures instead
     * @param settings          what was chosen
     * @param split             that the model was judged on
     * @param verdict           on that split
     * @param export            the bundle
     * @param runFolder         the run's files
     * @param evaluationSeconds judging and writing
     */
    record Done(
            FeatureTransfer.Outcome outcome,
            long trainedParameters,
            FeatureTransfer.Settings settings,
            Split split,
            Verdict verdict,
            ExportReport export,
            Path runFolder,
            double evaluationSeconds) {

        /** Adds the outcome to an object of JSON. */
        void put(String prefix, Map<String, Object> json) {
            json.put("network", outcome.network().name());
            json.put("parameters", Inference.of(outcome.network()).parameters());
            json.put("trainedParameters", trainedParameters);
            json.put("copies", settings.copies());
            json.put("picturesThroughBackbone", outcome.pictures());
            json.put("split", DataJson.word(split));
            VerdictWords.put(verdict, prefix, json);
            json.put("featureSeconds", JvmClock.rounded(outcome.featureSeconds()));
            json.put("headSeconds", JvmClock.rounded(outcome.headSeconds()));
            json.put("bundle", export.path().toString());
            json.put("parityMaxAbsDifference", export.parityMaxAbsDifference());
            FamiliarityWords.describe(export.familiarity(), json);
            json.put("run", runFolder.toString());
            json.put("seed", settings.seed());
        }
    }

    /** Trains a head on features, judges the whole and writes the model. */
    Done run(String model, FeatureTransfer.Settings settings, int threads) {
        return run(model, settings, threads, WeightsEntry.LEFT_OUT);
    }

    /** Does the same; the model file may hold its weights as safetensors too. */
    Done run(String model, FeatureTransfer.Settings settings, int threads, WeightsEntry weights) {
        // what the end needs must not be found missing after the work
        workspace.model(model);
        workspace.checkWritable();
        TrainedModel.judgingSplit(dataset);
        FeatureTransfer.Outcome outcome = features(dataset, settings, threads);
        long start = System.nanoTime();
        TrainedModel judged = TrainedModel.judge(
                        new ModelParts(outcome.network(), outcome.preprocessing(), outcome.weights()),
                        dataset,
                        origin(settings),
                        outcome.outputs())
                .withFeatures(outcome.features());
        Path folder = workspace.newRun(model);
        EvaluationFiles.write(judged.verdict(), judged::picture, folder);
        ExportReport export = judged.export(model, Version.current(), weights, workspace.newModel(model));
        return new Done(
                outcome,
                trainedParameters(outcome),
                settings,
                judged.split(),
                judged.verdict(),
                export,
                folder,
                (System.nanoTime() - start) / 1e9);
    }

    private long trainedParameters(FeatureTransfer.Outcome outcome) {
        return Inference.of(outcome.network()).parameters()
                - Inference.of(backbone.network()).parameters();
    }

    /** Plans a training that begins with the pretrained weights and a head that has been trained on features, or a random one. */
    TrainingPlan fineTuning(String model, TransferOptions options, TrainingSettings settings) {
        Network network = backbone.withDenseHead(outputs());
        LayerRates learned = options.mode().layerRates(network, backbone.head());
        LayerRates rates = FineTuning.layerRates(
                        learned, backbone.weights(), settings.step().optimizer())
                .times(settings.step().layerRates());
        TrainingSettings rated = settings.withLayerRates(rates);
        workspace.model(model);
        workspace.checkWritable();
        // features take a while: what a training would refuse is refused before them
        Trainer.check(dataset, network, rated, new TrainingStart(Optional.empty(), Optional.of(preprocessing)));
        Function<Dataset, TrainingStart> start =
                part -> TrainingStart.of(firstWeights(part, network, options, settings), preprocessing);
        return new TrainingPlan(model, dataset, network, rated, start.apply(dataset), start);
    }

    private Weights firstWeights(Dataset part, Network network, TransferOptions options, TrainingSettings settings) {
        if (options.beginsWithTrainedHead()) {
            FeatureTransfer.Settings plain =
                    new FeatureTransfer.Settings(new Head.Linear(), 0, Augmentation.NONE, settings.seed());
            return features(part, plain, settings.computation().threads()).weights();
        }
        Weights drawn = Initialization.of(network, new SplittableRandom(settings.seed()));
        return backbone.withHeadWeights(List.of(
                drawn.tensor(backbone.head() + ".weight").orElseThrow(),
                drawn.tensor(backbone.head() + ".bias").orElseThrow()));
    }

    private int outputs() {
        return Learning.of(dataset.task()).outputs();
    }

    /** Returns how the weights are made: enough to make them again. */
    private Origin origin(FeatureTransfer.Settings settings) {
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("pretrained", pretrained.name());
        chosen.put("pretrainedSha256", pretrained.sha256());
        chosen.put("pretrainedSource", pretrained.source());
        chosen.put("pretrainedLicence", pretrained.licence());
        chosen.put("transfer", "features");
        chosen.put("head", TransferOptions.word(settings.head()));
        chosen.put("copies", Integer.toString(settings.copies()));
        if (settings.copies() > 0) chosen.put("augmentation.yaml", SettingsYaml.text(settings.augmentation()));
        HeadGoal goal = settings.goal();
        if (!goal.classWeights().isEmpty())
            chosen.put("classWeights", goal.classWeights().toString());
        if (goal.smoothing() > 0) chosen.put("labelSmoothing", Double.toString(goal.smoothing()));
        goal.decay().ifPresent(decay -> chosen.put("l2", Double.toString(decay)));
        return new Origin(chosen, settings.seed());
    }

    private FeatureTransfer.Outcome features(Dataset part, FeatureTransfer.Settings settings, int threads) {
        ProgressBar bar = new ProgressBar(console);
        try (FeatureCache cache = new FeatureCache(
                workspace.cache().resolve("features"), backbone, pretrained.sha256(), preprocessing, threads)) {
            FeatureTransfer.Outcome outcome = new FeatureTransfer(
                            part,
                            backbone,
                            preprocessing,
                            cache,
                            settings,
                            (done, total) -> bar.draw(
                                    "features",
                                    total == 0 ? 1 : (double) done / total,
                                    String.format(Locale.ROOT, "%,d of %,d pictures", done, total)))
                    .run();
            bar.clear();
            console.progress(
                    outcome.pictures() == 0
                            ? "All features were there already."
                            : String.format(
                                    Locale.ROOT,
                                    "%s has seen %,d pictures in %.1f s; its %,d features of each are kept.",
                                    pretrained.name(),
                                    outcome.pictures(),
                                    outcome.featureSeconds(),
                                    backbone.features()));
            return outcome;
        } finally {
            bar.clear();
        }
    }

    /** Returns the dataset's sizes with the mean and deviation of the weights. */
    static Preprocessing preprocessing(Pretrained pretrained, Dataset dataset) {
        Preprocessing trained = pretrained.preprocessing();
        if (trained.colorMode() != dataset.preparation().colorMode()) {
            throw new Problem(
                    "The weights were trained on pictures in " + DataJson.word(trained.colorMode())
                            + " but the dataset's are in "
                            + DataJson.word(dataset.preparation().colorMode()) + ".",
                    "weights \"" + pretrained.name() + "\", dataset \"" + dataset.name() + "\"",
                    "import the dataset again with --color " + DataJson.word(trained.colorMode()));
        }
        return new Preprocessing(
                dataset.preparation().height(),
                dataset.preparation().width(),
                dataset.preparation().colorMode(),
                dataset.preparation().resizeMode(),
                dataset.preparation().cropMargin(),
                trained.mean(),
                trained.std());
    }
}
