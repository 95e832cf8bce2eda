package io.fovea.training;

import io.fovea.dataset.BatchLoader;
import io.fovea.dataset.BatchSettings;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.image.Preprocessing;
import io.fovea.module.Initialization;
import io.fovea.module.Modules;
import io.fovea.module.TrainableModule;
import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.optimize.Averaging;
import io.fovea.optimize.ClassWeights;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Optimization;
import io.fovea.problem.Problem;
import io.fovea.tensor.Workers;
import io.fovea.weights.Weights;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What a run was asked to do; it does not change while the run goes on.
 *
 * @param dataset       where the pictures come from
 * @param network       what is trained
 * @param settings      all that was chosen
 * @param preprocessing how a picture becomes the network's input
 * @param start         the first weights, if given
 * @param folder        where the run's files lie
 * @param fingerprint   of data, network, settings and start
 * @param listener      hears every event
 * @param stop          asks the run to end
 */
record TrainingTask(
        Dataset dataset,
        Network network,
        TrainingSettings settings,
        Preprocessing preprocessing,
        TrainingStart start,
        RunFolder folder,
        String fingerprint,
        TrainingListener listener,
        StopSignal stop) {

    /** Returns what the network should give. */
    Goal goal() {
        return new Goal(dataset.targets());
    }

    /** Returns the loss with its class weights counted on the training pictures. */
    Loss loss() {
        if (goal().isRegression()) return settings.loss();
        int[] counts = new int[dataset.classNames().size()];
        for (int i = 0; i < dataset.count(Split.TRAINING); i++) counts[dataset.label(Split.TRAINING, i)]++;
        return settings.loss().counted(counts);
    }

    Weights firstWeights() {
        return start.weights().orElseGet(() -> Initialization.of(network, new SplittableRandom(settings.seed())));
    }

    TrainableModule module(Weights weights, Workers workers) {
        return Modules.create(
                network,
                preprocessing,
                weights,
                settings.step().layerRates(),
                settings.computation().engine(),
                settings.computation().precision(),
                workers);
    }

    BatchLoader loader() {
        return new BatchLoader(
                dataset,
                Split.TRAINING,
                BatchSettings.forTraining(
                                settings.pictures().batchSize(),
                                settings.pictures().augmentation(),
                                settings.seed(),
                                BatchSettings.loadingThreads(
                                        settings.computation().threads()))
                        .withOrder(settings.pictures().sampling()));
    }

    Optimization optimization(TrainableModule module) {
        return new Optimization(
                settings.step().optimizer(),
                settings.step().regularisation(),
                RateRanges.of(network, settings.step().layerRates()),
                module.trained());
    }

    Optional<WeightAverage> average(TrainableModule module) {
        return switch (settings.step().averaging()) {
            case Averaging.None _ -> Optional.empty();
            case Averaging.Exponential rule ->
                Optional.of(new WeightAverage(rule, module, settings.step().layerRates()));
        };
    }

    /**
     * Checks that data, network and settings belong together.
     *
     * @throws Problem that names what does not fit
     */
    void checkFit() {
        NetworkSummary summary = Inference.of(network);
        checkOutputs(summary.output().count());
        int[] expected = network.input().sizes();
        if (expected[0] != preprocessing.channels()
                || expected[1] != preprocessing.height()
                || expected[2] != preprocessing.width()) {
            throw new Problem(
                    "The network expects pictures " + network.input() + " but the dataset holds [N, "
                            + preprocessing.channels() + ", " + preprocessing.height() + ", " + preprocessing.width()
                            + "].",
                    "network \"" + network.name() + "\", dataset \"" + dataset.name() + "\"",
                    "import the dataset in the network's size, or set the network's input to the dataset's");
        }
        if (RateRanges.of(network, settings.step().layerRates()).isEmpty()) {
            throw new Problem(
                    "Every layer is frozen, so there is nothing to train.",
                    "network \"" + network.name() + "\", setting layerRates",
                    "give one layer at least a rate above 0");
        }
        if (dataset.count(Split.TRAINING) == 0) {
            throw new Problem(
                    "The dataset has no training pictures.",
                    "dataset \"" + dataset.name() + "\"",
                    "import it with a training part");
        }
        if (settings.pictures().batchSize() > dataset.count(Split.TRAINING)) {
            throw new Problem(
                    "A batch of " + settings.pictures().batchSize() + " is larger than the training part of "
                            + dataset.count(Split.TRAINING) + " pictures.",
                    "dataset \"" + dataset.name() + "\", setting batchSize",
                    "set the batch size to " + dataset.count(Split.TRAINING) + " or less");
        }
    }

    private void checkOutputs(long outputs) {
        boolean regression = dataset.isRegression();
        int wanted =
                regression ? dataset.targets().size() : dataset.classNames().size();
        String where = "network \"" + network.name() + "\", dataset \"" + dataset.name() + "\"";
        if (outputs != wanted) {
            String things = regression ? (wanted == 1 ? "target" : "targets") : "classes";
            throw new Problem(
                    "The network has " + outputs + " outputs but the dataset has " + wanted + " " + things + ".",
                    where,
                    "set the outputs of the last layer to " + wanted);
        }
        if (regression && settings.loss() instanceof Loss.CrossEntropy) {
            throw new Problem(
                    "Cross-entropy is for classes, but the dataset has numbers to predict.",
                    where + ", setting loss",
                    "choose the loss smoothL1, meanSquaredError or meanAbsoluteError");
        }
        if (!regression && !(settings.loss() instanceof Loss.CrossEntropy)) {
            throw new Problem(
                    "The loss is for numbers, but the dataset has classes.",
                    where + ", setting loss",
                    "choose the loss crossEntropy");
        }
        if (settings.loss() instanceof Loss.CrossEntropy loss
                && loss.classWeights() instanceof ClassWeights.Given given
                && given.weights().size() != wanted) {
            throw new Problem(
                    "There are " + given.weights().size() + " class weights but " + wanted + " classes.",
                    where + ", setting classWeights",
                    "give a weight for each of " + String.join(", ", dataset.classNames()));
        }
    }
}
