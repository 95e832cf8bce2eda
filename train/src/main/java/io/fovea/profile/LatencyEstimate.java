package io.fovea.profile;

import io.fovea.network.ActivationFunction;
import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long a picture would take by a network on the machine of a profile, reckoned layer by layer. An estimate: docs/benchmark.md says how far it was from networks
 * that were measured.
 *
 * <p>What ONNX Runtime puts into the layer before costs nothing here either: batch norms after weights, rectifiers after them.
 *
 * @param form    of the numbers
 * @param threads of a run
 * @param millis  of all layers
 * @param layers  milliseconds of each layer of the network as it predicts, by name
 * @param beyond  the share of the time that is of layers far from all that were measured, 0 to 1
 */
public record LatencyEstimate(NumberForm form, int threads, double millis, Map<String, Double> layers, double beyond) {

    /** Copies. */
    public LatencyEstimate {
        layers = new LinkedHashMap<>(layers);
    }

    /**
     * Returns the estimates for each form and number of threads that a profile holds, floats first.
     *
     * @throws io.fovea.problem.Problem if the network's layers do not fit each other, or the profile lacks a block that it needs
     */
    public static List<LatencyEstimate> all(Network network, DeviceProfile profile) {
        List<LatencyEstimate> all = new ArrayList<>();
        for (NumberForm form : NumberForm.values())
            if (profile.has(form)) for (int threads : profile.threads()) all.add(of(network, profile, form, threads));
        return all;
    }

    /** Returns one of them. */
    public static LatencyEstimate of(Network network, DeviceProfile profile, NumberForm form, int threads) {
        BlockRates rates = new BlockRates(
                profile.times(form, threads), profile.times(NumberForm.FLOAT32, threads), profile.machine());
        Network predicting = network.forPrediction();
        NetworkSummary summary = Inference.of(predicting);
        Map<String, Boolean> weighted =
                new HashMap<>(); // whether a layer gives what a layer with weights or a sum gives
        Map<String, Double> layers = new LinkedHashMap<>();
        double all = 0;
        double beyond = 0;
        for (Node node : predicting.nodes()) {
            LayerSummary layer = summary.layer(node.name());
            Layer kind = node.layer();
            String before = node.inputs().getFirst();
            boolean follows = weighted.getOrDefault(before, false);
            boolean absorbed = follows && (kind instanceof Layer.BatchNorm || isRectifier(kind));
            boolean gives =
                    kind instanceof Layer.Convolution || kind instanceof Layer.Dense || kind instanceof Layer.Add;
            weighted.put(node.name(), gives || follows && kind instanceof Layer.BatchNorm);
            Cost cost = absorbed ? Cost.NOTHING : cost(layer, rates);
            layers.put(node.name(), cost.micros() / 1000);
            all += cost.micros();
            if (cost.isBeyond()) beyond += cost.micros();
        }
        return new LatencyEstimate(form, threads, all / 1000, layers, all == 0 ? 0 : beyond / all);
    }

    private static boolean isRectifier(Layer layer) {
        return layer instanceof Layer.Activation activation
                && switch (activation.function()) {
                    case RELU, RELU6, LEAKY_RELU -> true;
                    case ELU, SIGMOID, TANH, GELU, SILU, SOFTPLUS -> false;
                };
    }

    private record Cost(double micros, boolean isBeyond) {
        static final Cost NOTHING = new Cost(0, false);
    }

    private static Cost cost(LayerSummary layer, BlockRates rates) {
        Shape in = layer.inputs().getFirst();
        Shape out = layer.output();
        return switch (layer.layer()) {
            case Layer.Convolution convolution -> cost(convolution, in, out, layer.macs(), rates);
            case Layer.Dense dense ->
                of(rates, Block.Kind.DENSE, layer.macs(), Math.sqrt((double) in.count() * dense.outputs()), 1);
            case Layer.NearestNeighbours neighbours ->
                of(rates, Block.Kind.DENSE, layer.macs(), Math.sqrt((double) in.count() * neighbours.references()), 1);
            case Layer.MaxPooling pooling -> window(rates, out, pooling.kernelSize());
            case Layer.AveragePooling pooling -> window(rates, out, pooling.kernelSize());
            case Layer.AdaptiveAveragePooling _, Layer.GlobalAveragePooling _, Layer.GlobalMaxPooling _ ->
                values(rates, in);
            case Layer.LocalResponseNorm _ -> of(rates, Block.Kind.RESPONSE_NORM, out);
            case Layer.Activation activation ->
                of(rates, isSimple(activation.function()) ? Block.Kind.ADD : Block.Kind.SMOOTH, out);
            case Layer.Softmax _ -> of(rates, Block.Kind.SMOOTH, out);
            case Layer.Dropout _, Layer.Flatten _ -> Cost.NOTHING;
            case Layer.BatchNorm _,
                    Layer.Scale _,
                    Layer.Add _,
                    Layer.Multiply _,
                    Layer.Upsample _,
                    Layer.Concat _,
                    Layer.IdentityShortcut _ -> values(rates, out);
        };
    }

    private static boolean isSimple(ActivationFunction function) {
        return isRectifier(new Layer.Activation(function));
    }

    private static Cost cost(Layer.Convolution convolution, Shape in, Shape out, long macs, BlockRates rates) {
        double groups = convolution.groups();
        double size = size(out);
        if (groups > 1 && groups == in.size(0))
            return of(rates, Block.Kind.DEPTHWISE, macs, convolution.outputChannels(), size);
        double window = convolution.kernelHeight() * convolution.kernelWidth();
        if (in.size(0) <= 4 && window > 1)
            return of(
                    rates,
                    window < 20 ? Block.Kind.STEM_3 : Block.Kind.STEM_7,
                    macs,
                    convolution.outputChannels(),
                    size);
        // nearest by the logarithm of the window: 1, 9, 25
        Block.Kind kind = window < 3
                ? Block.Kind.CONVOLUTION_1
                : window < 15 ? Block.Kind.CONVOLUTION_3 : Block.Kind.CONVOLUTION_5;
        double channels = Math.sqrt(in.size(0) / groups * (out.size(0) / groups));
        return of(rates, kind, macs, channels, size);
    }

    private static Cost window(BlockRates rates, Shape out, int kernel) {
        return of(rates, Block.Kind.POOLING, (double) out.count() * kernel * kernel, out.size(0), size(out));
    }

    private static Cost values(BlockRates rates, Shape shape) {
        return of(rates, Block.Kind.ADD, shape);
    }

    /** Of values one by one only their number counts: they are looked up as maps of 64 channels. */
    private static Cost of(BlockRates rates, Block.Kind kind, Shape shape) {
        return of(rates, kind, shape.count(), 64, Math.sqrt(shape.count() / 64.0));
    }

    private static Cost of(BlockRates rates, Block.Kind kind, double operations, double channels, double size) {
        return new Cost(rates.micros(kind, operations, channels, size), rates.isBeyond(kind, channels, size));
    }

    private static double size(Shape map) {
        return Math.sqrt((double) map.size(1) * map.size(2));
    }
}
