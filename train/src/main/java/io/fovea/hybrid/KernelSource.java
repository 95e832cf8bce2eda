package io.fovea.hybrid;

import io.fovea.candidate.Kernels;
import io.fovea.candidate.Topology;
import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.problem.Problem;
import io.fovea.statistic.SphericalKMeans;
import io.fovea.weights.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Where the kernels come from that evolution begins with. */
public sealed interface KernelSource {

    /** Returns the word for it. */
    String name();

    /** Drawn from a normal distribution of variance 2 / inputs (He et al. 2015, arXiv:1502.01852, equation 10); biases 0. */
    record Random() implements KernelSource {
        @Override
        public String name() {
            return "random";
        }
    }

    /** Directions of the pictures' patches, by {@link SphericalKMeans spherical k-means}; no labels, no gradient. */
    record Clustered() implements KernelSource {
        @Override
        public String name() {
            return "kmeans";
        }
    }

    /**
     * Those of a trained network: its first two convolutions.
     *
     * @param model   its name, for people and for the provenance
     * @param network the layers
     * @param weights of them
     */
    record Trained(String model, Network network, Weights weights) implements KernelSource {
        @Override
        public String name() {
            return "from " + model;
        }
    }

    /** Draws kernels. */
    static Kernels random(Topology topology, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Kernels(
                drawn(topology.firstFilters(), topology.firstFilterLength(), random),
                new float[topology.firstFilters()],
                drawn(topology.secondFilters(), topology.secondFilterLength(), random),
                new float[topology.secondFilters()]);
    }

    private static float[] drawn(int filters, int inputs, SplittableRandom random) {
        double deviation = Math.sqrt(2.0 / inputs);
        float[] weight = new float[filters * inputs];
        for (int i = 0; i < weight.length; i++) weight[i] = (float) (deviation * random.nextGaussian());
        return weight;
    }

    /**
     * Takes the kernels of a trained network.
     *
     * @throws Problem if its first two convolutions are not 3x3 with a bias and the topology's channels and numbers of filters
     */
    static Kernels of(Trained trained, Topology topology) {
        List<Node> convolutions = trained.network().nodes().stream()
                .filter(node -> node.layer() instanceof Layer.Convolution)
                .toList();
        if (convolutions.size() < 2) throw unsuited(trained, topology, convolutions.size() + " convolutions");
        String first = convolutions.get(0).name();
        String second = convolutions.get(1).name();
        int[] shape = {topology.firstFilters(), topology.input().size(0), 3, 3};
        int[] next = {topology.secondFilters(), topology.firstFilters(), 3, 3};
        return new Kernels(
                values(trained, topology, first + ".weight", shape),
                values(trained, topology, first + ".bias", topology.firstFilters()),
                values(trained, topology, second + ".weight", next),
                values(trained, topology, second + ".bias", topology.secondFilters()));
    }

    private static float[] values(Trained trained, Topology topology, String name, int... shape) {
        return trained.weights()
                .tensor(name)
                .filter(tensor -> Arrays.equals(tensor.shape(), shape))
                .orElseThrow(() -> unsuited(
                        trained,
                        topology,
                        trained.weights()
                                .tensor(name)
                                .map(tensor -> name + " of shape " + Arrays.toString(tensor.shape()))
                                .orElse("no tensor " + name)))
                .values()
                .clone();
    }

    private static Problem unsuited(Trained trained, Topology topology, String found) {
        return new Problem(
                "The kernels should be those of two 3x3 convolutions with " + topology.firstFilters() + " and "
                        + topology.secondFilters() + " filters for pictures " + topology.input() + ", found " + found
                        + ".",
                "model \"" + trained.model() + "\", network \""
                        + trained.network().name() + "\"",
                "train one with: fovea train --network hybrid-64, or take --kernels kmeans");
    }
}
