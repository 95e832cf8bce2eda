package io.fovea.shrink;

import io.fovea.bundle.Manifest;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.learning.Learning;
import io.fovea.module.Initialization;
import io.fovea.network.LayerRates;
import io.fovea.network.LayerRates.LayerRate;
import io.fovea.network.Network;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.Parameters;
import io.fovea.training.FineTuning;
import io.fovea.training.SettingsYaml;
import io.fovea.training.Snapshots;
import io.fovea.training.TrainingSettings;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * How a network that lost something of a model learns on: as the model did, from the rate that it began with, for fewer epochs.
 *
 * <p>Source: Renda, Frankle and Carbin 2020, "Comparing Rewinding and Fine-tuning in Neural Network Pruning", arXiv:2003.02389, section 3: what was pruned
 * comes back further with the learning rates of the training than with the last one.
 */
final class LearningOn {

    private LearningOn() {}

    /**
     * Returns the settings: those in the model's file, else the usual ones for weights that others trained.
     *
     * @param weights that the network begins with
     */
    static TrainingSettings settings(
            Manifest manifest, Dataset dataset, Network network, Weights weights, LadderSettings asked) {
        Optional<TrainingSettings> own = own(manifest);
        TrainingSettings settings = own.orElseGet(() -> FineTuning.defaults(asked.seed())
                        .withLoss(Learning.of(manifest.task()).usualLoss()))
                .withEpochs(asked.epochs())
                .withEarlyStopping(OptionalInt.empty())
                .withSnapshots(new Snapshots.Never())
                .withComputation(TrainingSettings.defaults(asked.seed()).computation())
                .withSeed(asked.seed());
        int pictures = dataset.count(Split.TRAINING);
        if (pictures > 0 && settings.pictures().batchSize() > pictures) settings = settings.withBatchSize(pictures);
        boolean rated = own.isEmpty() || !own.get().step().layerRates().equals(LayerRates.ALL);
        return settings.withLayerRates(
                rated
                        ? FineTuning.layerRates(
                                every(network), weights, settings.step().optimizer())
                        : LayerRates.ALL);
    }

    private static Optional<TrainingSettings> own(Manifest manifest) {
        return Optional.ofNullable(manifest.provenance().settings().get("settings.yaml"))
                .map(text -> SettingsYaml.read(text, "settings.yaml of the model", TrainingSettings.defaults(1)));
    }

    private static LayerRates every(Network network) {
        List<LayerRate> rates = new ArrayList<>();
        for (ParameterSpecification parameter : Parameters.of(network)) {
            String name = parameter.name();
            if (name.endsWith(".weight") && parameter.shape().length > 1)
                rates.add(new LayerRate(name.substring(0, name.length() - ".weight".length()), 1));
        }
        return new LayerRates(rates);
    }

    /** Returns a network's weights: those of a model where name and shape fit, the others drawn. */
    static Weights taken(Network network, Weights from, long seed) {
        List<NamedTensor> tensors = new ArrayList<>();
        for (NamedTensor drawn :
                Initialization.of(network, new SplittableRandom(seed)).tensors()) {
            tensors.add(from.tensor(drawn.name())
                    .filter(tensor -> Arrays.equals(tensor.shape(), drawn.shape()))
                    .orElse(drawn));
        }
        return new Weights(tensors);
    }
}
