package io.fovea.module;

import io.fovea.kernel.ConvolutionKernel;
import io.fovea.kernel.DenseKernel;
import io.fovea.kernel.PoolingKernel;
import io.fovea.module.LaneLayer.Activation.Function;
import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which layers the vector kernels know, and those of a network made ready. */
final class LaneLayers {

    private LaneLayers() {}

    /** Returns the first layer that the kernels do not know, or that is not read by the next layer alone. */
    static Optional<Node> firstUnknown(Network network) {
        String previous = Network.INPUT;
        for (Node node : network.nodes()) {
            if (!node.inputs().equals(List.of(previous)) || !knows(node.layer())) return Optional.of(node);
            previous = node.name();
        }
        return Optional.empty();
    }

    private static boolean knows(Layer layer) {
        return switch (layer) {
            case Layer.Convolution convolution -> convolution.groups() == 1;
            case Layer.Activation activation ->
                switch (activation.function()) {
                    case RELU, LEAKY_RELU, SIGMOID, TANH -> true;
                    case RELU6, ELU, GELU, SILU, SOFTPLUS -> false;
                };
            case Layer.MaxPooling _, Layer.AveragePooling _, Layer.GlobalAveragePooling _, Layer.GlobalMaxPooling _ ->
                true;
            case Layer.Dense _, Layer.Dropout _, Layer.Scale _, Layer.Flatten _, Layer.Softmax _ -> true;
            case Layer.BatchNorm _, Layer.LocalResponseNorm _, Layer.Add _, Layer.Concat _ -> false;
            case Layer.Multiply _, Layer.Upsample _ -> false;
            case Layer.AdaptiveAveragePooling _, Layer.IdentityShortcut _, Layer.NearestNeighbours _ -> false;
        };
    }

    /** Returns the layers of a network of which all are known; a softmax at the end is left out, as outputs are logits. */
    static List<LaneLayer> of(Network network, ParameterVector vector) {
        List<LaneLayer> layers = new ArrayList<>();
        for (LayerSummary summary : Inference.of(network).layers()) {
            if (summary.layer() instanceof Layer.Softmax) break;
            layers.add(layer(layers.size(), summary, vector));
        }
        return List.copyOf(layers);
    }

    private static LaneLayer layer(int index, LayerSummary summary, ParameterVector vector) {
        Shape input = summary.inputs().getFirst();
        return switch (summary.layer()) {
            case Layer.Convolution layer -> convolution(index, layer, summary.name(), input, vector);
            case Layer.Dense layer ->
                new LaneLayer.Dense(
                        index,
                        new DenseKernel(input.size(0), layer.outputs()),
                        offset(vector, summary.name() + ".weight"),
                        layer.bias() == Layer.Bias.WITH ? offset(vector, summary.name() + ".bias") : -1);
            case Layer.MaxPooling layer ->
                new LaneLayer.MaxPooling(
                        index, pooling(input, summary.output(), layer.kernelSize(), layer.stride(), layer.padding()));
            case Layer.AveragePooling layer ->
                new LaneLayer.AveragePooling(
                        index, pooling(input, summary.output(), layer.kernelSize(), layer.stride(), layer.padding()));
            case Layer.GlobalMaxPooling _ -> new LaneLayer.MaxPooling(index, whole(input));
            case Layer.GlobalAveragePooling _ -> new LaneLayer.AveragePooling(index, whole(input));
            case Layer.Activation layer ->
                switch (layer.function()) {
                    case RELU -> new LaneLayer.Activation(index, Function.RECTIFIER, 0);
                    case LEAKY_RELU -> new LaneLayer.Activation(index, Function.RECTIFIER, 0.01f);
                    case SIGMOID -> new LaneLayer.Activation(index, Function.SIGMOID, 0);
                    case TANH -> new LaneLayer.Activation(index, Function.TANH, 0);
                    case RELU6, ELU, GELU, SILU, SOFTPLUS -> throw unknown(summary);
                };
            case Layer.Dropout layer -> new LaneLayer.Dropout(index, layer.rate());
            case Layer.Scale layer -> new LaneLayer.Scale(index, (float) layer.factor());
            case Layer.Flatten _ -> new LaneLayer.Flatten();
            case Layer.AdaptiveAveragePooling _, Layer.IdentityShortcut _, Layer.NearestNeighbours _ ->
                throw unknown(summary);
            case Layer.Multiply _, Layer.Upsample _ -> throw unknown(summary);
            case Layer.BatchNorm _, Layer.LocalResponseNorm _, Layer.Add _, Layer.Concat _, Layer.Softmax _ ->
                throw unknown(summary);
        };
    }

    private static LaneLayer convolution(
            int index, Layer.Convolution layer, String name, Shape input, ParameterVector vector) {
        ConvolutionKernel kernel = ConvolutionKernel.of(
                input.size(0),
                input.size(1) + layer.padding().top() + layer.padding().bottom(),
                input.size(2) + layer.padding().left() + layer.padding().right(),
                layer.outputChannels(),
                layer.kernelHeight(),
                layer.kernelWidth(),
                layer.stride(),
                layer.dilation());
        return new LaneLayer.Convolution(
                index,
                input,
                layer.padding(),
                kernel,
                offset(vector, name + ".weight"),
                layer.bias() == Layer.Bias.WITH ? offset(vector, name + ".bias") : -1);
    }

    private static PoolingKernel pooling(Shape input, Shape output, int kernelSize, int stride, int padding) {
        return new PoolingKernel(
                input.size(0),
                input.size(1),
                input.size(2),
                kernelSize,
                kernelSize,
                stride,
                padding,
                output.size(1),
                output.size(2));
    }

    private static PoolingKernel whole(Shape input) {
        return new PoolingKernel(input.size(0), input.size(1), input.size(2), input.size(1), input.size(2), 1, 0, 1, 1);
    }

    private static int offset(ParameterVector vector, String name) {
        return vector.slice(name).offset();
    }

    private static IllegalArgumentException unknown(LayerSummary summary) {
        return new IllegalArgumentException(
                "The vector kernels do not know layer \"" + summary.name() + "\": " + summary.layer());
    }
}
