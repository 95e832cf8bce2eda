package io.fovea.choice;

import io.fovea.batch.Augmentation;
import io.fovea.dataset.Dataset;
import io.fovea.image.Axis;
import io.fovea.image.Preprocessing;
import io.fovea.jvm.Build;
import io.fovea.learning.Learning;
import io.fovea.module.Initialization;
import io.fovea.network.Catalogue;
import io.fovea.network.LayerRates;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.pretrained.Pretrained;
import io.fovea.problem.Problem;
import io.fovea.progress.Telling;
import io.fovea.result.DataJson;
import io.fovea.result.FeatureResult;
import io.fovea.speed.SpeedRecords;
import io.fovea.speed.Surroundings;
import io.fovea.training.FineTuning;
import io.fovea.training.Trainer;
import io.fovea.training.TrainingSettings;
import io.fovea.training.TrainingStart;
import io.fovea.transfer.Backbone;
import io.fovea.transfer.FeatureCache;
import io.fovea.transfer.FeatureTransfer;
import io.fovea.transfer.Head;
import io.fovea.transfer.TransferMode;
import io.fovea.weights.Weights;
import io.fovea.workspace.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A dataset on pretrained weights: the backbone, its features, and how fine-tuning begins. */
public final class BackbonePlan {

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
    public BackbonePlan(Workspace workspace, Pretrained pretrained, Dataset dataset) {
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

    /** Returns the weights. */
    public Pretrained pretrained() {
        return pretrained;
    }

    /** Returns what comes before the head. */
    public Backbone backbone() {
        return backbone;
    }

    /** Returns how pictures are prepared. */
    public Preprocessing preprocessing() {
        return preprocessing;
    }

    /** Returns what is fine-tuned: the backbone with a dense head. */
    public Network network() {
        return backbone.withDenseHead(outputs());
    }

    /** Returns settings in which each layer learns as the mode lets it, in proportion to its weights. */
    public TrainingSettings rated(TransferMode mode, TrainingSettings settings) {
        LayerRates learned = mode.layerRates(network(), backbone.head());
        LayerRates rates = FineTuning.layerRates(
                        learned, backbone.weights(), settings.step().optimizer())
                .times(settings.step().layerRates());
        return settings.withLayerRates(rates);
    }

    /** Features take a while: what a training would refuse is refused before them. */
    public void check(TrainingSettings rated) {
        Trainer.check(dataset, network(), rated, new TrainingStart(Optional.empty(), Optional.of(preprocessing)));
    }

    /**
     * Returns the first weights of fine-tuning for a part of the dataset, found on its training pictures alone.
     *
     * @param newHead whether the head's are random
     */
    public TrainingStart start(Dataset part, boolean newHead, TrainingSettings settings, Telling telling) {
        return TrainingStart.of(firstWeights(part, newHead, settings, telling), preprocessing);
    }

    private Weights firstWeights(Dataset part, boolean newHead, TrainingSettings settings, Telling telling) {
        if (!newHead) {
            FeatureTransfer.Settings plain =
                    new FeatureTransfer.Settings(new Head.Linear(), 0, Augmentation.NONE, settings.seed());
            return features(part, plain, settings.computation().threads(), telling)
                    .weights();
        }
        Weights drawn = Initialization.of(network(), new SplittableRandom(settings.seed()));
        return backbone.withHeadWeights(List.of(
                drawn.tensor(backbone.head() + ".weight").orElseThrow(),
                drawn.tensor(backbone.head() + ".bias").orElseThrow()));
    }

    private int outputs() {
        return Learning.of(dataset.task()).outputs();
    }

    /** Computes the features of a part that are not kept yet, and trains a head on them. */
    public FeatureTransfer.Outcome features(
            Dataset part, FeatureTransfer.Settings settings, int threads, Telling telling) {
        telling.stage("features");
        SpeedRecords speeds = SpeedRecords.in(workspace.speeds(), Surroundings.here(Build.version()));
        try (FeatureCache cache = new FeatureCache(
                workspace.cache().resolve("features"), backbone, pretrained.sha256(), preprocessing, threads, speeds)) {
            FeatureTransfer.Outcome outcome = new FeatureTransfer(
                            part,
                            backbone,
                            preprocessing,
                            cache,
                            settings,
                            (done, total) -> telling.progressed("features", done, total, "pictures"))
                    .run();
            cache.remark().ifPresent(telling::note);
            telling.note(FeatureResult.words(pretrained, backbone, outcome));
            return outcome;
        }
    }

    /**
     * Returns the dataset's sizes with the mean and deviation of the weights.
     *
     * @throws Problem if the weights want other colours
     */
    public static Preprocessing preprocessing(Pretrained pretrained, Dataset dataset) {
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
