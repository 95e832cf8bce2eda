package io.fovea.explain;

import io.fovea.network.Layer;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import io.fovea.network.SummaryTable;
import io.fovea.problem.Problem;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Sums up one value of a convolution by hand, from what the layer read. */
final class ConvolutionSum {

    private static final int MOST_NAMES = 100;

    private final Network network;
    private final NetworkSummary summary;
    private final Weights weights;
    private final Node node;
    private final Layer.Convolution convolution;
    private final int channel;
    private final int x;
    private final int y;

    /**
     * Chooses a value.
     *
     * @throws Problem if the layer is no convolution, or has no such channel or place
     */
    ConvolutionSum(
            Network network,
            NetworkSummary summary,
            Weights weights,
            Node node,
            int channel,
            int x,
            int y,
            String where) {
        this.network = network;
        this.summary = summary;
        this.weights = weights;
        this.node = node;
        this.channel = channel;
        this.x = x;
        this.y = y;
        if (!(node.layer() instanceof Layer.Convolution found)) throw noConvolution(where);
        this.convolution = found;
        Shape output = summary.layer(node.name()).output();
        within("channel", channel, output.size(0), where);
        within("column", x, output.size(2), where);
        within("row", y, output.size(1), where);
    }

    private Problem noConvolution(String where) {
        List<String> convolutions = network.nodes().stream()
                .filter(each -> each.layer() instanceof Layer.Convolution)
                .map(Node::name)
                .toList();
        String names = convolutions.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return new Problem(
                "Layer \"" + node.name() + "\" is no convolution: "
                        + row(node.name()).kind() + ".",
                where,
                convolutions.isEmpty() ? "use a network with convolutions" : "name one of the convolutions: " + names);
    }

    private void within(String what, int value, int count, String where) {
        if (value >= 0 && value < count) return;
        throw new Problem(
                "Layer \"" + node.name() + "\" has no " + what + " " + value + ".",
                where,
                "choose 0 to " + (count - 1) + "; the layer gives "
                        + summary.layer(node.name()).output());
    }

    /** Returns the layers whose values are needed: what is read, the convolution, and what follows it. */
    List<String> layers() {
        List<String> names = new ArrayList<>();
        names.add(node.inputs().getFirst());
        names.add(node.name());
        following().forEach(each -> names.add(each.name()));
        return names;
    }

    /** Returns batch norm and activation after the convolution, as long as nothing else reads what they read. */
    private List<Node> following() {
        List<Node> following = new ArrayList<>();
        String last = node.name();
        while (true) {
            String before = last;
            List<Node> readers = network.nodes().stream()
                    .filter(each -> each.inputs().contains(before))
                    .toList();
            if (readers.size() != 1) return following;
            Node reader = readers.getFirst();
            if (!(reader.layer() instanceof Layer.BatchNorm || reader.layer() instanceof Layer.Activation))
                return following;
            following.add(reader);
            last = reader.name();
        }
    }

    /**
     * Returns the arithmetic.
     *
     * @param values of {@link #layers}, by name
     */
    ConvolutionArithmetic from(Map<String, float[]> values) {
        String reads = node.inputs().getFirst();
        LayerSummary layer = summary.layer(node.name());
        Shape input = layer.inputs().getFirst();
        int left = x * convolution.stride() - convolution.padding().left();
        int top = y * convolution.stride() - convolution.padding().top();
        int perGroup = input.size(0) / convolution.groups();
        int firstChannel = channel / (convolution.outputChannels() / convolution.groups()) * perGroup;
        float[] kernels = weights.values(node.name() + ".weight");
        int window = convolution.kernelHeight() * convolution.kernelWidth();
        List<ConvolutionArithmetic.Channel> channels = new ArrayList<>();
        double sum = 0;
        for (int c = 0; c < perGroup; c++) {
            float[][] patch = patch(values.get(reads), input, firstChannel + c, left, top);
            float[][] kernel = kernel(kernels, (channel * perGroup + c) * window);
            ConvolutionArithmetic.Channel one = multiplied(firstChannel + c, patch, kernel);
            channels.add(one);
            sum += one.sum();
        }
        double bias = number(node.name() + ".bias", 0);
        sum += bias;
        return new ConvolutionArithmetic(
                node.name(),
                reads,
                channel,
                x,
                y,
                left,
                top,
                convolution.dilation(),
                channels,
                bias,
                sum,
                given(values, node.name()),
                steps(sum, values));
    }

    private float[][] patch(float[] maps, Shape input, int c, int left, int top) {
        float[][] patch = new float[convolution.kernelHeight()][convolution.kernelWidth()];
        for (int row = 0; row < patch.length; row++) {
            int inputY = top + row * convolution.dilation();
            if (inputY < 0 || inputY >= input.size(1)) continue;
            for (int column = 0; column < patch[row].length; column++) {
                int inputX = left + column * convolution.dilation();
                if (inputX < 0 || inputX >= input.size(2)) continue;
                patch[row][column] = maps[(c * input.size(1) + inputY) * input.size(2) + inputX];
            }
        }
        return patch;
    }

    private float[][] kernel(float[] kernels, int from) {
        float[][] kernel = new float[convolution.kernelHeight()][convolution.kernelWidth()];
        for (int row = 0; row < kernel.length; row++)
            System.arraycopy(kernels, from + row * kernel[row].length, kernel[row], 0, kernel[row].length);
        return kernel;
    }

    private static ConvolutionArithmetic.Channel multiplied(int channel, float[][] patch, float[][] kernel) {
        double[][] products = new double[patch.length][patch[0].length];
        double sum = 0;
        for (int row = 0; row < patch.length; row++) {
            for (int column = 0; column < patch[row].length; column++) {
                products[row][column] = (double) patch[row][column] * kernel[row][column];
                sum += products[row][column];
            }
        }
        return new ConvolutionArithmetic.Channel(channel, patch, kernel, products, sum);
    }

    private List<ConvolutionArithmetic.Step> steps(double sum, Map<String, float[]> values) {
        List<ConvolutionArithmetic.Step> steps = new ArrayList<>();
        double value = sum;
        for (Node each : following()) {
            String formula;
            if (each.layer() instanceof Layer.BatchNorm norm) {
                double mean = number(each.name() + ".running_mean", 0);
                double variance = number(each.name() + ".running_var", 0);
                double weight = number(each.name() + ".weight", 1);
                double bias = number(each.name() + ".bias", 0);
                formula = String.format(
                        Locale.ROOT,
                        "(%.6g − %.6g) / √(%.6g + %.1g) · %.6g + %.6g",
                        value,
                        mean,
                        variance,
                        norm.epsilon(),
                        weight,
                        bias);
                value = (value - mean) / Math.sqrt(variance + norm.epsilon()) * weight + bias;
            } else {
                Layer.Activation activation = (Layer.Activation) each.layer();
                formula = ActivationValue.words(activation.function(), String.format(Locale.ROOT, "%.6g", value));
                value = ActivationValue.of(activation.function(), value);
            }
            steps.add(new ConvolutionArithmetic.Step(
                    each.name(), row(each.name()).kind(), formula, value, given(values, each.name())));
        }
        return steps;
    }

    /** Returns this channel's number of a tensor [OC], or what stands in for it where the layer has none. */
    private double number(String tensor, double otherwise) {
        return weights.tensor(tensor)
                .map(NamedTensor::values)
                .map(numbers -> (double) numbers[channel])
                .orElse(otherwise);
    }

    private double given(Map<String, float[]> values, String layer) {
        Shape output = summary.layer(layer).output();
        return values.get(layer)[(channel * output.size(1) + y) * output.size(2) + x];
    }

    private SummaryTable.Row row(String layer) {
        return SummaryTable.rows(summary).stream()
                .filter(each -> each.layer().equals(layer))
                .findFirst()
                .orElseThrow();
    }
}
