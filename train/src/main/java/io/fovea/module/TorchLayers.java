package io.fovea.module;

import io.fovea.network.ActivationFunction;
import io.fovea.network.Layer;
import io.fovea.network.Layer.Rounding;
import io.fovea.network.Node;
import io.fovea.network.Padding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.LocalResponseNormOptions;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Each kind of layer as operations of libtorch. */
final class TorchLayers {

    private static final long[] UNDILATED = {1, 1};
    private static final long[] UNPADDED = {0, 0};

    private final Map<String, Tensor> tensors;
    private final Mode mode;

    TorchLayers(Map<String, Tensor> tensors, Mode mode) {
        this.tensors = tensors;
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
                        mode == Mode.TRAINING,
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
            case Layer.Concat _ -> torch.cat(new TensorVector(inputs.toArray(Tensor[]::new)), 1);
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
