package io.fovea.export;

import io.fovea.network.Layer;
import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Convolution;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.Parameters;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Makes batch norms part of the convolutions before them, which gives the same predictions with fewer layers.
 *
 * <p>In prediction a batch norm scales and shifts each channel by constants, and so may the convolution: with
 * s = weight / √(running_var + epsilon), its weights become W·s and its bias (b − running_mean)·s + the norm's bias.
 * <p>Source: Jacob et al. 2018, arXiv:1712.05877, section 3.2, equation 14.
 */
public final class BatchNormFolding {

    private BatchNormFolding() {}

    /**
     * A network without the batch norms that could be folded.
     *
     * @param network for prediction only: without auxiliary outputs
     * @param weights every tensor it has, under the same names as before; folded convolutions have a bias
     */
    public record Folded(Network network, Weights weights) {
        /** Checks that nothing is missing. */
        public Folded {
            Objects.requireNonNull(network, "network");
            Objects.requireNonNull(weights, "weights");
        }
    }

    /**
     * Folds every batch norm that reads a convolution which nothing else reads; other batch norms stay. Layers keep their names.
     *
     * @param weights at least those of the network as it predicts; they stay as they are
     * @throws io.fovea.problem.Problem if the layers do not fit each other
     * @throws IllegalArgumentException if a tensor is missing
     */
    public static Folded fold(Network network, Weights weights) {
        Network prediction = network.forPrediction();
        Map<String, Node> folds = folds(prediction);
        Network shorter = without(folds, prediction);
        Map<String, Node> norms = new HashMap<>();
        for (Node node : prediction.nodes()) {
            Node convolution = folds.get(node.name());
            if (convolution != null) norms.put(convolution.name(), node);
        }
        List<NamedTensor> tensors = new ArrayList<>();
        for (ParameterSpecification parameter : Parameters.of(shorter)) {
            int dot = parameter.name().lastIndexOf('.');
            Node norm = norms.get(parameter.name().substring(0, dot));
            tensors.add(new NamedTensor(
                    parameter.name(),
                    parameter.shape(),
                    norm == null ? weights.values(parameter.name()) : folded(parameter, norm, weights)));
        }
        return new Folded(shorter, new Weights(tensors));
    }

    /** Returns the convolution that each foldable batch norm disappears into, by the norm's name. */
    private static Map<String, Node> folds(Network network) {
        Map<String, Node> convolutions = new HashMap<>();
        Map<String, Integer> readers = new HashMap<>();
        for (Node node : network.nodes()) {
            if (node.layer() instanceof Convolution) convolutions.put(node.name(), node);
            for (String input : node.inputs()) readers.merge(input, 1, Integer::sum);
        }
        Map<String, Node> folds = new LinkedHashMap<>();
        for (Node node : network.nodes()) {
            String input = node.inputs().getFirst();
            if (node.layer() instanceof Layer.BatchNorm && convolutions.containsKey(input) && readers.get(input) == 1) {
                folds.put(node.name(), convolutions.get(input));
            }
        }
        return folds;
    }

    /** Puts each convolution in its norm's place, where everything that it reads is known too. */
    private static Network without(Map<String, Node> folds, Network network) {
        List<Node> nodes = new ArrayList<>();
        for (Node node : network.nodes()) {
            if (folds.containsValue(node)) continue;
            Node kept = folds.getOrDefault(node.name(), node);
            Layer layer = kept.equals(node) ? node.layer() : withBias((Convolution) kept.layer());
            List<String> inputs = kept.inputs().stream()
                    .map(input -> folds.containsKey(input) ? folds.get(input).name() : input)
                    .toList();
            nodes.add(new Node(kept.name(), layer, inputs));
        }
        return new Network(network.name(), network.input(), nodes);
    }

    private static Convolution withBias(Convolution layer) {
        return new Convolution(
                layer.outputChannels(),
                layer.kernelHeight(),
                layer.kernelWidth(),
                layer.stride(),
                layer.padding(),
                layer.dilation(),
                layer.groups(),
                Bias.WITH);
    }

    /** Returns a folded convolution's weight or bias. */
    private static float[] folded(ParameterSpecification parameter, Node norm, Weights weights) {
        float[] mean = weights.values(norm.name() + ".running_mean");
        float[] shift = weights.values(norm.name() + ".bias");
        double[] scale = scale(norm, weights);
        if (parameter.shape().length == 1) {
            float[] bias = new float[scale.length];
            float[] before =
                    weights.tensor(parameter.name()).map(NamedTensor::values).orElse(bias.clone());
            for (int c = 0; c < bias.length; c++)
                bias[c] = (float) ((before[c] - (double) mean[c]) * scale[c] + shift[c]);
            return bias;
        }
        float[] values = weights.values(parameter.name()).clone();
        int window = values.length / scale.length;
        for (int i = 0; i < values.length; i++) values[i] = (float) (values[i] * scale[i / window]);
        return values;
    }

    private static double[] scale(Node norm, Weights weights) {
        float[] weight = weights.values(norm.name() + ".weight");
        float[] variance = weights.values(norm.name() + ".running_var");
        double epsilon = ((Layer.BatchNorm) norm.layer()).epsilon();
        double[] scale = new double[weight.length];
        for (int c = 0; c < scale.length; c++) scale[c] = weight[c] / Math.sqrt(variance[c] + epsilon);
        return scale;
    }
}
