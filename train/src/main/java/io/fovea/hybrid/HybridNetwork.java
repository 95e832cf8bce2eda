package io.fovea.hybrid;

import io.fovea.candidate.Kernels;
import io.fovea.candidate.Topology;
import io.fovea.network.ActivationFunction;
import io.fovea.network.Layer;
import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Rounding;
import io.fovea.network.Network;
import io.fovea.network.NetworkBuilder;
import io.fovea.network.Padding;
import io.fovea.statistic.LinearHead;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.List;

/** The hybrid as a network like any other: two convolutions, a projection, nearest neighbours. */
final class HybridNetwork {

    static final String FIRST = "conv1";
    static final String SECOND = "conv2";
    static final String PROJECTION = "projection";
    static final String NEIGHBOURS = "neighbours";

    /** The tensors of the kernels. */
    static final List<String> KERNELS =
            List.of(FIRST + ".weight", FIRST + ".bias", SECOND + ".weight", SECOND + ".bias");

    private HybridNetwork() {}

    static Network of(Topology topology, int dimensions, int k, int references, int classes) {
        return new NetworkBuilder("hybrid", topology.input())
                .then(FIRST, convolution(topology.firstFilters()))
                .then(new Layer.Activation(ActivationFunction.RELU))
                .then(new Layer.MaxPooling(2, 2, 0, Rounding.FLOOR))
                .then(SECOND, convolution(topology.secondFilters()))
                .then(new Layer.Activation(ActivationFunction.RELU))
                .then(new Layer.MaxPooling(2, 2, 0, Rounding.FLOOR))
                .then(new Layer.Flatten())
                .then(PROJECTION, new Layer.Dense(dimensions, Bias.WITH))
                .then(NEIGHBOURS, new Layer.NearestNeighbours(k, references, classes))
                .network();
    }

    private static Layer convolution(int filters) {
        int size = Topology.KERNEL_SIZE;
        return new Layer.Convolution(filters, size, size, 1, Padding.NONE, 1, 1, Bias.WITH);
    }

    /** Returns the first convolution's kernels. */
    static NamedTensor first(Kernels kernels, Topology topology) {
        int[] shape = {topology.firstFilters(), topology.input().size(0), Topology.KERNEL_SIZE, Topology.KERNEL_SIZE};
        return new NamedTensor(FIRST + ".weight", shape, kernels.firstWeight());
    }

    /** Returns the second convolution's kernels. */
    static NamedTensor second(Kernels kernels, Topology topology) {
        int[] shape = {topology.secondFilters(), topology.firstFilters(), Topology.KERNEL_SIZE, Topology.KERNEL_SIZE};
        return new NamedTensor(SECOND + ".weight", shape, kernels.secondWeight());
    }

    /** Returns the projection [dimensions, D] with the features in a network's order [OC₂, PH, PW]. */
    static NamedTensor projection(LinearHead head, Topology topology) {
        int features = topology.features();
        return new NamedTensor(
                PROJECTION + ".weight", new int[] {head.outputs(), features}, networkOrder(head, topology));
    }

    private static float[] networkOrder(LinearHead head, Topology topology) {
        int filters = topology.secondFilters();
        int places = topology.places();
        float[] ordered = new float[head.weight().length];
        for (int row = 0; row < head.outputs(); row++) {
            int start = row * filters * places;
            for (int place = 0; place < places; place++) {
                for (int f = 0; f < filters; f++) {
                    ordered[start + f * places + place] = head.weight()[start + place * filters + f];
                }
            }
        }
        return ordered;
    }

    /** Returns a head whose weights are those of a projection in a network's order. */
    static LinearHead head(float[] ordered, float[] bias, Topology topology) {
        int filters = topology.secondFilters();
        int places = topology.places();
        float[] weight = new float[ordered.length];
        for (int row = 0; row < bias.length; row++) {
            int start = row * filters * places;
            for (int place = 0; place < places; place++) {
                for (int f = 0; f < filters; f++) {
                    weight[start + place * filters + f] = ordered[start + f * places + place];
                }
            }
        }
        return new LinearHead(weight, bias);
    }

    /** Returns all tensors of the network. */
    static Weights weights(Topology topology, Kernels kernels, LinearHead head, float[] references, int[] labels) {
        float[] classes = new float[labels.length];
        for (int i = 0; i < classes.length; i++) classes[i] = labels[i];
        return new Weights(List.of(
                first(kernels, topology),
                vector(FIRST + ".bias", kernels.firstBias()),
                second(kernels, topology),
                vector(SECOND + ".bias", kernels.secondBias()),
                projection(head, topology),
                vector(PROJECTION + ".bias", head.bias()),
                new NamedTensor(NEIGHBOURS + ".references", new int[] {labels.length, head.outputs()}, references),
                vector(NEIGHBOURS + ".labels", classes)));
    }

    private static NamedTensor vector(String name, float[] values) {
        return new NamedTensor(name, new int[] {values.length}, values);
    }
}
