package io.fovea.transfer;

import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.optimize.Targets;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Answers with the classes of the nearest training pictures by Euclidean distance of their features; they are kept in the model.
 *
 * <p>The rule is that of {@link Layer.NearestNeighbours}: of equal distances the earlier picture is nearer.
 */
public final class NeighbourHead implements FittedHead {

    private final int k;
    private final Features references;
    private final int[] labels;
    private final int outputs;

    /**
     * Keeps the training pictures' features and labels; copies of them are not searched.
     *
     * @throws IllegalArgumentException if they have no labels
     */
    public NeighbourHead(int k, HeadExamples training) {
        if (!(training.targets() instanceof Targets.Labels(int[] given)))
            throw new IllegalArgumentException(
                    "Expected labels, found " + training.targets().words());
        this.k = Math.min(k, training.count());
        references = training.copies().getFirst();
        labels = given;
        outputs = training.outputs();
    }

    @Override
    public float[] outputs(Features features) {
        Layer.NearestNeighbours layer = layer();
        float[] all = new float[features.count() * outputs];
        for (int n = 0; n < features.count(); n++) {
            int[] nearest = Arrays.stream(nearest(features, n))
                    .map(reference -> labels[reference])
                    .toArray();
            System.arraycopy(layer.logits(nearest), 0, all, n * outputs, outputs);
        }
        return all;
    }

    private Layer.NearestNeighbours layer() {
        return new Layer.NearestNeighbours(k, references.count(), outputs);
    }

    /** Returns the positions of the k nearest references, nearest first. */
    private int[] nearest(Features features, int n) {
        double[] distances = new double[references.count()];
        for (int r = 0; r < distances.length; r++) distances[r] = distance(features, n, r);
        return IntStream.range(0, distances.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer r) -> distances[r])
                        .thenComparing(Comparator.naturalOrder()))
                .limit(k)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private double distance(Features features, int n, int r) {
        int size = features.size();
        double sum = 0;
        for (int d = 0; d < size; d++) {
            double difference = features.values()[n * size + d] - references.values()[r * size + d];
            sum += difference * difference;
        }
        return sum;
    }

    @Override
    public Network network(Backbone backbone) {
        return backbone.withHead(List.of(new Node(backbone.head(), layer(), List.of(backbone.last()))));
    }

    @Override
    public Weights weights(Backbone backbone) {
        float[] stored = new float[labels.length];
        for (int i = 0; i < stored.length; i++) stored[i] = labels[i];
        int[] shape = {references.count(), references.size()};
        return backbone.withHeadWeights(List.of(
                new NamedTensor(backbone.head() + ".references", shape, references.values()),
                new NamedTensor(backbone.head() + ".labels", new int[] {stored.length}, stored)));
    }
}
