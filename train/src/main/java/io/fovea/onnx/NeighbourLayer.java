package io.fovea.onnx;

import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.weights.Weights;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * The nearest-neighbour layer that gives a network's logits, with its references, to judge how firmly it decides.
 *
 * @param k          how many neighbours vote
 * @param references [R, D] what is searched
 * @param labels     [R] their class indices
 */
public record NeighbourLayer(int k, float[] references, float[] labels) {

    /** Two distances count as equal if they differ by less than this share of |x|² + |r|², from which rounding errors come. */
    private static final double CLEAR = 1e-4;

    private record Found(double distance, double scale, int label) {}

    /** Returns the layer of a network, if its logits come from one. */
    public static Optional<NeighbourLayer> of(Network network, Weights weights) {
        return node(network)
                .map(node -> new NeighbourLayer(
                        ((Layer.NearestNeighbours) node.layer()).k(),
                        weights.values(node.name() + OnnxNearestNeighbours.REFERENCES),
                        weights.values(node.name() + OnnxNearestNeighbours.LABELS)));
    }

    /** Returns the node of that layer: the last, but for a softmax or dropout after it. */
    public static Optional<Node> node(Network network) {
        String name = computing(network, network.nodes().getLast().name());
        return network.nodes().stream()
                .filter(node -> node.name().equals(name) && node.layer() instanceof Layer.NearestNeighbours)
                .findFirst();
    }

    /** Returns the node that computes what the named one gives: itself, or what a softmax or dropout reads. */
    public static String computing(Network network, String name) {
        if (name.equals(Network.INPUT)) return name;
        Node node = network.nodes().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        boolean passes = node.layer() instanceof Layer.Softmax || node.layer() instanceof Layer.Dropout;
        return passes ? computing(network, node.inputs().getFirst()) : name;
    }

    /** Returns R. */
    public int count() {
        return labels.length;
    }

    /**
     * Returns how firmly the votes for a code stand: the smallest gap between references next to each other in rank, of different classes,
     * the last of them just beyond the k that vote; as a multiple of what rounding may move them. Below 1 another machine may rank them
     * otherwise, and vote otherwise.
     *
     * <p>Cost: R·D.
     */
    public double firmness(float[] code) {
        Found[] all = new Found[labels.length];
        for (int r = 0; r < all.length; r++) all[r] = found(code, r);
        Arrays.sort(all, Comparator.comparingDouble(Found::distance));
        double smallest = Double.POSITIVE_INFINITY;
        for (int rank = 0; rank < Math.min(k, all.length - 1); rank++) {
            if (all[rank].label() == all[rank + 1].label()) continue;
            double gap = all[rank + 1].distance() - all[rank].distance();
            double scale = Math.max(all[rank].scale(), all[rank + 1].scale());
            smallest = Math.min(smallest, scale == 0 ? 0 : gap / (CLEAR * scale));
        }
        return smallest;
    }

    private Found found(float[] code, int r) {
        double distance = 0;
        double scale = 0;
        for (int d = 0; d < code.length; d++) {
            double x = code[d];
            double reference = references[r * code.length + d];
            distance += (x - reference) * (x - reference);
            scale += x * x + reference * reference;
        }
        return new Found(distance, scale, (int) labels[r]);
    }
}
