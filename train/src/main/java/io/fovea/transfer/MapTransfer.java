package io.fovea.transfer;

import io.fovea.dataset.Dataset;
import io.fovea.image.Preprocessing;
import io.fovea.learning.Learning;
import io.fovea.module.Initialization;
import io.fovea.network.Catalogue;
import io.fovea.network.CatalogueEntry;
import io.fovea.network.LayerRates;
import io.fovea.network.LayerRates.LayerRate;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.pretrained.Pretrained;
import io.fovea.problem.Problem;
import io.fovea.weights.BackboneWeights;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A network that answers with maps on a pretrained backbone, ready to be trained: the backbone's convolutions learn slowly, its batch norms stay as
 * they are, the new layers learn at the base rate.
 *
 * @param network       backbone and new layers
 * @param weights       pretrained ones, and drawn ones for what is new
 * @param rates         how fast each layer learns
 * @param preprocessing the dataset's sizes with the mean and deviation that the backbone was trained with
 */
public record MapTransfer(Network network, Weights weights, LayerRates rates, Preprocessing preprocessing) {

    /** How much slower the backbone learns than what is new. */
    private static final double BACKBONE_FACTOR = 0.1;

    /**
     * Puts a network together for a dataset.
     *
     * @param preprocessing of the pretrained weights in the dataset's size
     * @param seed          of the drawn weights
     * @throws Problem if no network with maps begins with the layers of these weights, or the pictures do not fit it
     */
    public static MapTransfer of(Pretrained pretrained, Dataset dataset, Preprocessing preprocessing, long seed) {
        CatalogueEntry entry = Catalogue.withMapsOn(pretrained.network())
                .orElseThrow(() -> new Problem(
                        "There is no network for maps that begins with the layers of " + pretrained.network() + ".",
                        "weights \"" + pretrained.name() + "\", dataset \"" + dataset.name() + "\"",
                        "take weights of resnet18 or mobilenet_v2, or train from scratch with --network unet-half"));
        Shape input = new Shape(preprocessing.channels(), preprocessing.height(), preprocessing.width());
        Network network = Catalogue.network(
                entry.name(), input, Learning.of(dataset.task()).outputs(dataset));
        Weights drawn = Initialization.of(network, new SplittableRandom(seed));
        BackboneWeights weights = BackboneWeights.into(network, drawn, pretrained.name(), pretrained.weights());
        List<LayerRate> rates = new ArrayList<>();
        for (String layer : weights.drawn()) rates.add(new LayerRate(layer, 1));
        for (String layer : weights.taken()) {
            boolean convolution = weights.weights()
                    .tensor(layer + ".weight")
                    .filter(tensor -> tensor.shape().length == 4)
                    .isPresent();
            rates.add(new LayerRate(layer, convolution ? BACKBONE_FACTOR : 0));
        }
        return new MapTransfer(network, weights.weights(), new LayerRates(rates), preprocessing);
    }
}
