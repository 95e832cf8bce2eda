package io.fovea.hybrid;

import io.fovea.network.Layer;
import io.fovea.product.NeighbourSearch;
import io.fovea.thread.Workers;
import java.util.Arrays;

/** The vote of the k nearest references, by the rule of {@link Layer.NearestNeighbours}. */
final class NeighbourVote {

    private final NeighbourSearch search;
    private final int[] labels;
    private final Layer.NearestNeighbours layer;

    NeighbourVote(float[] references, int size, int[] labels, int k, int classes) {
        search = new NeighbourSearch(references, size);
        this.labels = labels;
        layer = new Layer.NearestNeighbours(k, labels.length, classes);
    }

    /** Returns logits [N, K] for codes [N, size]. */
    float[] logits(float[] codes, Workers workers) {
        int[] nearest = search.nearest(codes, layer.k(), workers).positions();
        int classes = layer.outputs();
        int count = nearest.length / layer.k();
        float[] logits = new float[count * classes];
        for (int n = 0; n < count; n++) {
            int[] voters = Arrays.stream(nearest, n * layer.k(), (n + 1) * layer.k())
                    .map(reference -> labels[reference])
                    .toArray();
            System.arraycopy(layer.logits(voters), 0, logits, n * classes, classes);
        }
        return logits;
    }
}
