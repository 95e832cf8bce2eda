package io.fovea.module;

import io.fovea.network.ActivationFunction;
import io.fovea.network.Layer;
import io.fovea.network.Layer.Rounding;
import io.fovea.network.LayerRates;
import io.fovea.network.Node;
import io.fovea.network.Padding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LocalResponseNormOptions;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Each kind of layer as operations of libtorch. */
final class TorchLayers {

    private static final long[] UNDILATED = {1, 1};
    private static final long[] UNPADDED = {0, 0};

    private final Map<String, Tensor> tensors;
    private final LayerRates rates;
    private final Mode mode;

    TorchLayers(Map<String, Tensor> tensors, LayerRates rates, Mode mode) {
        this.tensors = tensors;
        this.rates = rates;
        this.mode = mode;
    }

    Tensor apply(Node node, List<Tensor> inputs) {
        Tensor x = inputs.getFirst();
        return switch (node.layer()) {
            case Layer.Convolution layer -> convolution(node.name(), layer, x);
            case Layer.MaxPooling layer ->
                torch.max_pool2d(
                        x,
                        pair(layer.kernelSize()),
                        pair(layer.stride()),
                        pair(layer.padding()),
                        UNDILATED,
                        layer.rounding() == Rounding.CEILING);
            case Layer.AveragePooling layer ->
                torch.avg_pool2d(
                        x,
                        pair(layer.kernelSize()),
                        pair(layer.stride()),
                        pair(layer.padding()),
                        layer.rounding() == Rounding.CEILING,
                        true,
                        new LongOptional());
            case Layer.AdaptiveAveragePooling layer -> torch.adaptive_avg_pool2d(x, layer.height(), layer.width());
            case Layer.GlobalAveragePooling _ -> torch.adaptive_avg_pool2d(x, 1, 1);
            case Layer.GlobalMaxPooling _ -> torch.amax(x, new long[] {2, 3}, true);
            case Layer.Dense _ -> torch.linear(x, tensor(node, "weight"), optional(node, "bias"));
            case Layer.Activation layer -> activation(layer.function(), x);
            case Layer.Dropout layer -> torch.dropout(x, layer.rate(), mode == Mode.TRAINING);
            case Layer.BatchNorm layer ->
                torch.batch_norm(
                        x,
                        optional(node, "weight"),
                        optional(node, "bias"),
                        optional(node, "running_mean"),
                        optional(node, "running_var"),
                        mode == Mode.TRAINING && !rates.isFrozen(node.name()),
                        layer.momentum(),
                        layer.epsilon(),
                        false);
            case Layer.LocalResponseNorm layer -> {
                LocalResponseNormOptions options = new LocalResponseNormOptions(layer.size());
                options.alpha().put(layer.alpha());
                options.beta().put(layer.beta());
                options.k().put(layer.k());
                yield torch.local_response_norm(x, options);
            }
            case Layer.Scale layer -> x.mul(new Scalar(layer.factor()));
            // channels-last maps are laid out as [C, H, W] first, so that weights after it fit every engine
            case Layer.Flatten _ -> x.contiguous().flatten(1, -1);
            case Layer.Add _ -> inputs.stream().reduce(Tensor::add).orElseThrow();
            case Layer.Multiply _ -> x.mul(inputs.getLast());
            case Layer.Upsample layer -> upsample(layer, x);
            case Layer.Concat _ -> torch.cat(new TensorVector(inputs.toArray(Tensor[]::new)), 1);
            case Layer.IdentityShortcut layer -> shortcut(layer, x);
            case Layer.NearestNeighbours layer -> nearestNeighbours(node, layer, x);
            case Layer.Softmax _ -> torch.softmax(x, 1);
        };
    }

    private Tensor convolution(String name, Layer.Convolution layer, Tensor x) {
        Padding padding = layer.padding();
        boolean symmetric = padding.top() == padding.bottom() && padding.left() == padding.right();
        Tensor padded = symmetric
                ? x
                : torch.constant_pad_nd(
                        x,
                        new long[] {padding.left(), padding.right(), padding.top(), padding.bottom()},
                        new Scalar(0f));
        return torch.conv2d(
                padded,
                tensors.get(name + ".weight"),
                optional(name + ".bias"),
                pair(layer.stride()),
                symmetric ? new long[] {padding.top(), padding.left()} : UNPADDED,
                pair(layer.dilation()),
                layer.groups());
    }

    private static Tensor shortcut(Layer.IdentityShortcut layer, Tensor x) {
        Tensor taken = layer.stride() == 1
                ? x
                : x.slice(2, new LongOptional(), new LongOptional(), layer.stride())
                        .slice(3, new LongOptional(), new LongOptional(), layer.stride());
        long zeros = layer.outputChannels() - x.size(1);
        if (zeros == 0) return taken;
        return torch.constant_pad_nd(taken, new long[] {0, 0, 0, 0, zeros / 2, zeros - zeros / 2}, new Scalar(0f));
    }

    private static Tensor upsample(Layer.Upsample layer, Tensor x) {
        long[] size = {x.size(2) * layer.factor(), x.size(3) * layer.factor()};
        return switch (layer.interpolation()) {
            case BILINEAR -> torch.upsample_bilinear2d(x, size, false);
            case NEAREST -> torch.upsample_nearest2d(x, size);
        };
    }

    private Tensor nearestNeighbours(Node node, Layer.NearestNeighbours layer, Tensor x) {
        Tensor references = tensor(node, "references");
        Tensor squares = references.mul(references).sum(new long[] {1}, false, new ScalarTypeOptional()); // [R]
        // |x|² is the same for every reference, so the order of |r|² − 2·x·r is that of the distances
        Tensor distances = torch.addmm(squares, x.detach(), references.t(), new Scalar(1), new Scalar(-2)); // [N, R]
        Tensor order = distances.sort(new BoolOptional(true), 1, false).get1();
        Tensor labels = tensor(node, "labels").take(order.narrow(1, 0, layer.k())); // [N, k]
        Tensor classes = torch.arange(new Scalar(layer.outputs()));
        Tensor weights = torch.tensor(layer.rankWeights()).unsqueeze(1); // [k, 1]
        Tensor votes =
                labels.unsqueeze(2).eq(classes).mul(weights).sum(new long[] {1}, false, new ScalarTypeOptional());
        return votes.add(new Scalar(Layer.NearestNeighbours.LEAST_VOTE))
                .div(new Scalar(layer.totalVotes()))
                .log(); // [N, K]
    }

    private static Tensor activation(ActivationFunction function, Tensor x) {
        return switch (function) {
            case RELU -> x.relu();
            case RELU6 -> torch.hardtanh(x, new Scalar(0f), new Scalar(6f));
            case LEAKY_RELU -> torch.leaky_relu(x, new Scalar(0.01));
            case ELU -> torch.elu(x);
            case SIGMOID -> x.sigmoid();
            case TANH -> x.tanh();
            case GELU -> torch.gelu(x);
            case SILU -> torch.silu(x);
            case SOFTPLUS -> torch.softplus(x);
        };
    }

    private Tensor tensor(Node node, String suffix) {
        return tensors.get(node.name() + "." + suffix);
    }

    private TensorOptional optional(Node node, String suffix) {
        return optional(node.name() + "." + suffix);
    }

    private TensorOptional optional(String name) {
        return Optional.ofNullable(tensors.get(name)).map(TensorOptional::new).orElseGet(TensorOptional::new);
    }

    private static long[] pair(long value) {
        return new long[] {value, value};
    }
}
