package io.fovea.cli;

import io.fovea.dataset.Dataset;
import io.fovea.export.Origin;
import io.fovea.image.Axis;
import io.fovea.image.Preprocessing;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.transfer.Backbone;
import io.fovea.transfer.FeatureCache;
import io.fovea.transfer.FeatureTransfer;
import io.fovea.weights.Pretrained;
import io.fovea.workspace.Workspace;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Transfer by features, as "train" and the labs do it: backbone, features, head. */
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

    /** Returns the preprocessing that the weights were trained with, in the dataset's size. */
    Preprocessing preprocessing() {
        return preprocessing;
    }

    Backbone backbone() {
        return backbone;
    }

    /** Returns how the weights are made: enough to make them again. */
    Origin origin(FeatureTransfer.Settings settings) {
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("pretrained", pretrained.name());
        chosen.put("pretrainedSha256", pretrained.sha256());
        chosen.put("pretrainedSource", pretrained.source());
        chosen.put("pretrainedLicence", pretrained.licence());
        chosen.put("transfer", "features");
        chosen.put("head", settings.head().toString());
        chosen.put("copies", Integer.toString(settings.copies()));
        chosen.put("augmentation", settings.augmentation().toString());
        return new Origin(chosen, settings.seed());
    }

    FeatureTransfer.Outcome features(FeatureTransfer.Settings settings, int threads) {
        ProgressBar bar = new ProgressBar(console);
        FeatureCache cache = new FeatureCache(
                workspace.cache().resolve("features"), backbone, pretrained.sha256(), preprocessing, threads);
        try {
            FeatureTransfer.Outcome outcome = new FeatureTransfer(
                            dataset,
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

    private static Preprocessing preprocessing(Pretrained pretrained, Dataset dataset) {
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
