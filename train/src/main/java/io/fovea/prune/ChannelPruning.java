package io.fovea.prune;

import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.network.Node;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.Parameters;
import io.fovea.problem.Problem;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.NetworkWeights;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A network as it predicts without its weakest channels: whole filters of convolutions and whole outputs of hidden dense layers go, and with them what
 * reads them. What is left is a smaller network that any runtime computes faster.
 *
 * <p>Channels that are added or multiplied, and those that a depthwise convolution leads on, go together. Of the channels of every layer the same share stays, those of
 * the largest score, at least one. If those that go are zero after their activation, the outputs do not change.
 *
 * <p>Source: Li, Kadav, Durdanovic, Samet and Graf 2017, "Pruning Filters for Efficient ConvNets", arXiv:1608.08710, sections 3.1 and 3.3.
 *
 * @param network of what is left
 * @param weights of that network
 * @param widths  how many channels each layer with weights had and has, in the order of layers
 * @param stays   layers that keep all channels, and why; without the last, whose channels are the answer
 */
public record ChannelPruning(Network network, Weights weights, Map<String, Width> widths, Map<String, String> stays) {

    /** How many channels a layer had and has. */
    public record Width(int before, int after) {}

    /**
     * Prunes.
     *
     * @param keep the share of channels that stays, above 0 and below 1
     * @throws Problem if the weights are not the network's, it decides by nearest neighbours, or there is no channel that could go
     */
    public static ChannelPruning of(Network trained, Weights weights, double keep) {
        if (!(keep > 0 && keep < 1)) throw new IllegalArgumentException("keep must be above 0 and below 1: " + keep);
        Network network = trained.forPrediction();
        refuseNeighbours(network);
        NetworkWeights.check(network, weights);
        ChannelGroups groups = new ChannelGroups(network);
        Set<Integer> gone = gone(network, weights, groups, keep);
        if (gone.isEmpty()) throw nothing(network, groups);
        Map<String, int[]> kept = new HashMap<>(); // node → its channels that stay
        kept.put(Network.INPUT, kept(groups.of(Network.INPUT), gone));
        for (Node node : network.nodes()) kept.put(node.name(), kept(groups.of(node.name()), gone));
        Map<String, LayerSummary> summaries = new HashMap<>();
        Inference.of(network).layers().forEach(layer -> summaries.put(layer.name(), layer));
        List<Node> nodes = new ArrayList<>();
        for (Node node : network.nodes())
            nodes.add(new Node(node.name(), narrowed(network, node, summaries.get(node.name()), kept), node.inputs()));
        Network narrow = new Network(network.name() + "-pruned", network.input(), nodes);
        Map<String, Width> widths = new LinkedHashMap<>();
        for (Node node : network.nodes()) {
            if (ChannelGroups.isWeighted(node.layer()))
                widths.put(
                        node.name(),
                        new Width(summaries.get(node.name()).output().size(0), kept.get(node.name()).length));
        }
        Map<String, String> stays = groups.stays();
        network.head().ifPresent(head -> stays.remove(head.name()));
        return new ChannelPruning(narrow, weights(narrow, network, weights, kept), widths, stays);
    }

    private static void refuseNeighbours(Network network) {
        if (network.nodes().stream().noneMatch(node -> node.layer() instanceof Layer.NearestNeighbours)) return;
        throw new Problem(
                "It decides by nearest neighbours, whose references compare all of a code: without channels they would"
                        + " have to be computed anew.",
                "network \"" + network.name() + "\"",
                "make a smaller engine with \"fovea shrink hybrid --engine-size\"");
    }

    private static Problem nothing(Network network, ChannelGroups groups) {
        Map<String, String> stays = groups.stays();
        network.head().ifPresent(head -> stays.remove(head.name()));
        String why = stays.isEmpty()
                ? "it has no channels between picture and answer, or too few of them"
                : String.join("; ", new HashSet<>(stays.values()));
        return new Problem(
                "No channel of the network can go: " + why + ".",
                "network \"" + network.name() + "\"",
                "keep fewer channels, or take a network with hidden convolutions or dense layers");
    }

    private static Set<Integer> gone(Network network, Weights weights, ChannelGroups groups, double keep) {
        ChannelScores scores = new ChannelScores(network, weights, groups);
        Set<Integer> gone = new HashSet<>();
        for (List<Integer> kind : groups.kinds()) {
            int stay = Math.max(1, (int) Math.round(keep * kind.size()));
            kind.stream()
                    .sorted(Comparator.comparingDouble(scores::of).reversed())
                    .skip(stay)
                    .forEach(gone::add);
        }
        return gone;
    }

    private static int[] kept(int[] groups, Set<Integer> gone) {
        return IntStream.range(0, groups.length)
                .filter(channel -> !gone.contains(groups[channel]))
                .toArray();
    }

    private static Layer narrowed(Network network, Node node, LayerSummary summary, Map<String, int[]> kept) {
        int outputs = kept.get(node.name()).length;
        int[] inputs = kept.get(node.inputs().getFirst());
        return switch (node.layer()) {
            case Layer.Convolution layer ->
                new Layer.Convolution(
                        outputs,
                        layer.kernelHeight(),
                        layer.kernelWidth(),
                        layer.stride(),
                        layer.padding(),
                        layer.dilation(),
                        isDepthwise(layer, summary) ? inputs.length : layer.groups(),
                        layer.bias());
            case Layer.Dense layer -> new Layer.Dense(outputs, layer.bias());
            case Layer.IdentityShortcut layer -> {
                Layer.IdentityShortcut narrow = new Layer.IdentityShortcut(layer.stride(), outputs);
                checkMiddle(network, node.name(), layer, summary, kept.get(node.name()), inputs.length);
                yield narrow;
            }
            case Layer other -> other;
        };
    }

    private static boolean isDepthwise(Layer.Convolution layer, LayerSummary summary) {
        return ChannelGroups.isDepthwise(layer, summary.inputs().getFirst().size(0));
    }

    /** A shortcut puts half of its zeros before its input, and cannot say otherwise. */
    private static void checkMiddle(
            Network network, String name, Layer.IdentityShortcut layer, LayerSummary summary, int[] kept, int inputs) {
        int before = (layer.outputChannels() - summary.inputs().getFirst().size(0)) / 2;
        long stay = Arrays.stream(kept).filter(channel -> channel < before).count();
        if (stay == (kept.length - inputs) / 2) return;
        throw new Problem(
                "Shortcut \"" + name + "\" would need " + stay + " channels of zeros before its input and "
                        + (kept.length - inputs - stay) + " after it.",
                "network \"" + network.name() + "\"",
                "take a convolution of 1x1 as the shortcut");
    }

    private static Weights weights(Network narrow, Network network, Weights weights, Map<String, int[]> kept) {
        Map<String, Node> nodes = new HashMap<>();
        network.nodes().forEach(node -> nodes.put(node.name(), node));
        List<NamedTensor> tensors = new ArrayList<>();
        for (ParameterSpecification wanted : Parameters.of(narrow)) {
            String layer = wanted.name().substring(0, wanted.name().lastIndexOf('.'));
            Node node = nodes.get(layer);
            int[] outputs = kept.get(layer);
            NamedTensor tensor = weights.tensor(wanted.name()).orElseThrow();
            boolean reads = ChannelGroups.isWeighted(node.layer()) && tensor.shape().length > 1;
            boolean alone = node.layer() instanceof Layer.Convolution convolution && convolution.groups() > 1;
            int[] inputs = reads && !alone
                    ? kept.get(node.inputs().getFirst())
                    : IntStream.range(0, tensor.shape().length > 1 ? tensor.shape()[1] : 1)
                            .toArray();
            tensors.add(new NamedTensor(wanted.name(), wanted.shape(), values(tensor, outputs, inputs)));
        }
        return new Weights(tensors);
    }

    /** Returns rows of outputs and, within them, blocks of inputs. */
    private static float[] values(NamedTensor tensor, int[] outputs, int[] inputs) {
        int row = tensor.values().length / tensor.shape()[0];
        int block = tensor.shape().length > 1 ? row / tensor.shape()[1] : 1;
        float[] values = new float[outputs.length * inputs.length * block];
        int at = 0;
        for (int output : outputs) {
            for (int input : inputs) {
                System.arraycopy(tensor.values(), output * row + input * block, values, at, block);
                at += block;
            }
        }
        return values;
    }

    /** Returns the network's parameters and multiply-accumulates. */
    public NetworkSummary summary() {
        return Inference.of(network);
    }
}
