package io.fovea.network;

import io.fovea.network.Layer.Bias;
import io.fovea.network.ParameterSpecification.Kind;
import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/** The tensors that a network's layers train or keep, known from shapes alone. */
public final class Parameters {

    private Parameters() {}

    /**
     * Returns every tensor of the network in the order of its nodes, within a layer weight, bias, running_mean, running_var.
     *
     * @throws Problem if the layers do not fit each other
     */
    public static List<ParameterSpecification> of(Network network) {
        List<ParameterSpecification> all = new ArrayList<>();
        for (LayerSummary layer : Inference.of(network).layers())
            all.addAll(of(layer.name(), layer.layer(), layer.inputs().getFirst()));
        return List.copyOf(all);
    }

    /** Returns the tensors of one layer that reads an input it fits. */
    static List<ParameterSpecification> of(String name, Layer layer, Shape input) {
        return switch (layer) {
            case Layer.Convolution convolution -> {
                int window = convolution.kernelHeight() * convolution.kernelWidth();
                int channels = input.size(0) / convolution.groups();
                int[] shape = {
                    convolution.outputChannels(), channels, convolution.kernelHeight(), convolution.kernelWidth()
                };
                yield weighted(
                        name, shape, convolution.bias(), channels * window, convolution.outputChannels() * window);
            }
            case Layer.Dense dense -> {
                int[] shape = {dense.outputs(), input.size(0)};
                yield weighted(name, shape, dense.bias(), input.size(0), dense.outputs());
            }
            case Layer.BatchNorm _ -> {
                int[] shape = {input.size(0)};
                yield List.of(
                        new ParameterSpecification(name + ".weight", shape, Kind.PARAMETER, 1, 1),
                        new ParameterSpecification(name + ".bias", shape, Kind.PARAMETER, 1, 1),
                        new ParameterSpecification(name + ".running_mean", shape, Kind.BUFFER, 1, 1),
                        new ParameterSpecification(name + ".running_var", shape, Kind.BUFFER, 1, 1));
            }
            case Layer.NearestNeighbours neighbours -> {
                int[] references = {neighbours.references(), input.size(0)};
                int[] labels = {neighbours.references()};
                yield List.of(
                        new ParameterSpecification(name + ".references", references, Kind.BUFFER, 1, 1),
                        new ParameterSpecification(name + ".labels", labels, Kind.BUFFER, 1, 1));
            }
            case Layer.MaxPooling _, Layer.AveragePooling _, Layer.AdaptiveAveragePooling _ -> List.of();
            case Layer.GlobalAveragePooling _, Layer.GlobalMaxPooling _, Layer.IdentityShortcut _ -> List.of();
            case Layer.Activation _, Layer.Dropout _, Layer.LocalResponseNorm _, Layer.Scale _ -> List.of();
            case Layer.Flatten _, Layer.Add _, Layer.Multiply _, Layer.Upsample _ -> List.of();
            case Layer.Concat _, Layer.Softmax _ -> List.of();
        };
    }

    private static List<ParameterSpecification> weighted(String name, int[] shape, Bias bias, int fanIn, int fanOut) {
        ParameterSpecification weight =
                new ParameterSpecification(name + ".weight", shape, Kind.PARAMETER, fanIn, fanOut);
        return switch (bias) {
            case WITHOUT -> List.of(weight);
            case WITH ->
                List.of(
                        weight,
                        new ParameterSpecification(
                                name + ".bias", new int[] {shape[0]}, Kind.PARAMETER, fanIn, fanOut));
        };
    }
}
