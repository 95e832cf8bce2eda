package io.fovea.prune;

import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.weights.FoldedNetwork;
import io.fovea.weights.Weights;
import java.util.HashMap;
import java.util.Map;

/**
 * How much each group of channels says.
 *
 * <p>Formula: of channel c of layer l, n(l, c) = Σ |w[c, …]| / mean over c' of Σ |w[c', …]|, with batch norms folded into the weights, so that their scales
 * count; of a group, the sum over its channels. A layer of small weights counts as much as one of large weights.
 *
 * <p>Source: Li, Kadav, Durdanovic, Samet and Graf 2017, "Pruning Filters for Efficient ConvNets", arXiv:1608.08710, section 3.1 (sums of absolute
 * weights); the scales of batch norms as in Liu, Li, Shen, Huang, Yan and Zhang 2017, "Learning Efficient Convolutional Networks through Network
 * Slimming", arXiv:1708.06519, section 3, without the penalty on them in training.
 */
final class ChannelScores {

    private final Map<Integer, Double> scores = new HashMap<>();

    /** Adds up. */
    ChannelScores(Network network, Weights weights, ChannelGroups groups) {
        Weights folded = FoldedNetwork.of(network, weights).weights();
        for (Node node : network.nodes()) {
            if (ChannelGroups.isWeighted(node.layer()))
                add(groups.of(node.name()), folded.values(node.name() + ".weight"));
        }
    }

    private void add(int[] channels, float[] weights) {
        double[] norms = new double[channels.length];
        int each = weights.length / channels.length;
        double mean = 0;
        for (int c = 0; c < norms.length; c++) {
            for (int i = c * each; i < (c + 1) * each; i++) norms[c] += Math.abs(weights[i]);
            mean += norms[c] / norms.length;
        }
        for (int c = 0; c < norms.length; c++) scores.merge(channels[c], mean == 0 ? 0 : norms[c] / mean, Double::sum);
    }

    /** Returns the score of a group; 0 where it has no weights. */
    double of(int group) {
        return scores.getOrDefault(group, 0.0);
    }
}
