package io.fovea.transfer;

import io.fovea.network.Layer;
import io.fovea.network.LayerRates;
import io.fovea.network.LayerRates.LayerRate;
import io.fovea.network.Network;
import io.fovea.network.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which part of a pretrained network learns.
 *
 * <p>Batch norms never do: the few pictures of a batch would replace what many have taught of mean and variance, and weights whose batch
 * norms were folded hold no statistics to begin with.
 */
public sealed interface TransferMode {

    /** How much slower the first layer learns than the head where all layers do, before the size of their weights is known. */
    double FIRST_LAYER_FACTOR = 0.1;

    /** Only the head, on features that the backbone has computed once per picture. Seconds instead of minutes. */
    record CachedFeatures() implements TransferMode {}

    /** Only the head, but the backbone sees every picture in every epoch, each time augmented anew. */
    record HeadOnly() implements TransferMode {}

    /**
     * The head and the last layers before it.
     *
     * @param layers how many convolutions and dense layers before the head
     */
    record LastLayers(int layers) implements TransferMode {
        /** Checks the number. */
        public LastLayers {
            if (layers < 1) throw new IllegalArgumentException("layers must be at least 1: " + layers);
        }
    }

    /** Every layer, the first ones slower: what they know is of use for any picture. */
    record AllLayers() implements TransferMode {}

    /**
     * Reads {@code features}, {@code head}, {@code last:N} or {@code all}.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    static TransferMode of(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (word.matches("last:[1-9][0-9]{0,3}"))
            return new LastLayers(Integer.parseInt(word.substring("last:".length())));
        return switch (word) {
            case "features" -> new CachedFeatures();
            case "head" -> new HeadOnly();
            case "all" -> new AllLayers();
            default ->
                throw new IllegalArgumentException(
                        "write features, head, last:N (such as last:4) or all; found \"" + text + "\"");
        };
    }

    /** Returns the word that {@link #of} reads. */
    default String word() {
        return switch (this) {
            case CachedFeatures _ -> "features";
            case HeadOnly _ -> "head";
            case LastLayers some -> "last:" + some.layers();
            case AllLayers _ -> "all";
        };
    }

    /**
     * Returns how fast each layer learns, as far as its place tells. Optimizers that move all weights alike want rates by the size of the weights instead.
     *
     * <p>Formula for all layers: factor = 0.1^(d / D), with d the number of layers with weights between a layer and the head, and D that of the
     * first layer.
     *
     * @param head the first layer of the head; it and what comes after it learns at the base rate
     */
    default LayerRates layerRates(Network network, String head) {
        List<List<String>> groups = groups(network, head);
        int last = groups.size() - 1; // of the head
        List<LayerRate> rates = new ArrayList<>();
        for (int group = last; group >= 0; group--) {
            double factor =
                    switch (this) {
                        case CachedFeatures _, HeadOnly _ -> group == last ? 1 : 0;
                        case LastLayers some -> group >= last - some.layers() ? 1 : 0;
                        case AllLayers _ ->
                            last == 0 ? 1 : Math.pow(FIRST_LAYER_FACTOR, (double) (last - group) / last);
                    };
            if (factor == 0) break;
            for (String layer : groups.get(group)) rates.add(new LayerRate(layer, factor));
        }
        rates.add(new LayerRate("*", 0));
        return new LayerRates(rates);
    }

    /** Each convolution or dense layer, in the network's order; the head is the last group. */
    private static List<List<String>> groups(Network network, String head) {
        List<List<String>> groups = new ArrayList<>();
        boolean inHead = false;
        for (Node node : network.nodes()) {
            boolean begins =
                    switch (node.layer()) {
                        case Layer.Convolution _, Layer.Dense _ -> !inHead;
                        default -> false;
                    };
            boolean isHead = node.name().equals(head) || node.name().startsWith(head + ".");
            if (begins || isHead && !inHead) groups.add(new ArrayList<>());
            inHead |= isHead;
            if (groups.isEmpty()) groups.add(new ArrayList<>());
            boolean hasWeights =
                    switch (node.layer()) {
                        case Layer.Convolution _, Layer.Dense _ -> true;
                        default -> false;
                    };
            if (hasWeights) groups.getLast().add(node.name());
        }
        return groups;
    }
}
