package io.fovea.module;

import io.fovea.network.Inference;
import io.fovea.network.LayerRates;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.network.Node;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.Parameters;
import io.fovea.network.Shape;
import io.fovea.tensor.Libtorch;
import io.fovea.tensor.OneDnn;
import io.fovea.tensor.Precision;
import io.fovea.weights.Weights;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * A network that predicts, computed by libtorch in 32 bits and looked into: what each layer gives, and how a number of one layer depends on the
 * values of another. Its weights do not change.
 *
 * <p>What a call allocates outside the heap is freed when the call ends. Any number of threads may share it; it owns memory outside the heap, so
 * close it, after the last call.
 */
public final class LayerProbe implements AutoCloseable {

    private final Network network;
    private final NetworkSummary summary;
    private final Arithmetic arithmetic;
    private final TorchLayers layers;
    private final Map<String, Tensor> tensors = new HashMap<>();

    /** Is told what a layer gives for one picture. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Takes a layer's values.
         *
         * @param values [C, H, W] or [D]; handed over
         */
        void layer(Node node, float[] values);
    }

    /**
     * How a number depends on a layer.
     *
     * @param activation of the layer, [C, H, W] or [D]
     * @param result     of the layer that the number is computed from
     * @param gradient   of the number by the activation, in its shape
     */
    public record Sensitivity(float[] activation, float[] result, float[] gradient) {}

    /**
     * Takes over the weights. Number of threads: {@link Libtorch#useThreads}.
     *
     * @throws IllegalArgumentException if a tensor of the network is missing or has another number of values
     */
    public LayerProbe(Network network, Weights weights) {
        Libtorch.load();
        this.network = network.forPrediction();
        this.summary = Inference.of(this.network);
        this.arithmetic = Arithmetic.of(this.network, Precision.FLOAT32);
        this.layers = new TorchLayers(tensors, LayerRates.ALL, Mode.PREDICTION);
        List<ParameterSpecification> specifications = Parameters.of(this.network);
        for (ParameterSpecification specification : specifications) {
            if (weights.values(specification.name()).length != specification.count())
                throw new IllegalArgumentException("Expected weights of " + specification);
        }
        try (PointerScope _ = new PointerScope()) {
            for (ParameterSpecification specification : specifications) {
                Tensor tensor = tensor(weights.values(specification.name()), sizes(specification.shape()));
                if (specification.shape().length == 4) tensor = tensor.contiguous(MemoryFormat.ChannelsLast);
                tensor.retainReference();
                tensors.put(specification.name(), tensor);
            }
        }
    }

    /**
     * Tells what every layer gives, in the order of the network; a softmax at its end too.
     *
     * @param picture [C, H, W]
     */
    public void eachLayer(float[] picture, Visitor visitor) {
        OneDnn.use(arithmetic.oneDnn());
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Map<String, Tensor> values = begun(picture, 1);
            for (Node node : network.nodes()) visitor.layer(node, floats(computed(node, values)));
        }
    }

    /**
     * Returns what one layer gives for several pictures; layers after it are not computed.
     *
     * @param pictures [N, C, H, W]
     * @param count    N
     * @return [N, …]
     */
    public float[] values(float[] pictures, int count, String layer) {
        OneDnn.use(arithmetic.oneDnn());
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Map<String, Tensor> values = begun(pictures, count);
            for (Node node : network.nodes()) {
                Tensor output = computed(node, values);
                if (node.name().equals(layer)) return floats(output);
            }
            throw unknown(layer);
        }
    }

    /**
     * Returns how a number that is computed from one layer's values depends on those of another.
     *
     * <p>Cost: one pass forward, and one back from {@code result} to {@code layer}.
     *
     * @param picture  [C, H, W]
     * @param layer    before {@code result}, or the same
     * @param result   the layer that the number is computed from
     * @param gradient of the number by the values of {@code result}, from these values
     * @throws IllegalArgumentException if a layer is unknown, or nothing of {@code layer} reaches {@code result}
     */
    public Sensitivity sensitivity(float[] picture, String layer, String result, UnaryOperator<float[]> gradient) {
        OneDnn.use(arithmetic.oneDnn());
        try (PointerScope _ = new PointerScope()) {
            Map<String, Tensor> values = begun(picture, 1);
            int next = 0;
            try (NoGradGuard _ = new NoGradGuard()) {
                while (!values.containsKey(layer)) {
                    if (next == network.nodes().size()) throw unknown(layer);
                    computed(network.nodes().get(next++), values);
                }
            }
            Tensor watched = values.get(layer).detach().set_requires_grad(true);
            values.put(layer, watched);
            while (!values.containsKey(result)) {
                if (next == network.nodes().size()) throw unknown(result);
                computed(network.nodes().get(next++), values);
            }
            Tensor output = values.get(result);
            if (!output.requires_grad())
                throw new IllegalArgumentException("Nothing of layer \"" + layer + "\" reaches \"" + result + "\"");
            float[] reached = floats(output.detach());
            Shape shape = summary.layer(result).output();
            Tensor by = tensor(gradient.apply(reached.clone()), batch(1, shape));
            output.backward(by, new BoolOptional(), false, new TensorArrayRefOptional());
            return new Sensitivity(floats(watched.detach()), reached, floats(watched.grad()));
        }
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
        tensors.clear();
    }

    /** Returns the values that the first layers read, to be filled with those of the layers. */
    private Map<String, Tensor> begun(float[] pictures, int count) {
        long expected = count * network.input().count();
        if (pictures.length != expected) {
            throw new IllegalArgumentException(
                    "Expected " + expected + " numbers of pictures " + network.input() + ", found " + pictures.length);
        }
        Map<String, Tensor> values = new HashMap<>();
        Tensor input = tensor(pictures, batch(count, network.input()));
        values.put(Network.INPUT, input.contiguous(MemoryFormat.ChannelsLast));
        return values;
    }

    private Tensor computed(Node node, Map<String, Tensor> values) {
        Tensor output =
                layers.apply(node, node.inputs().stream().map(values::get).toList());
        values.put(node.name(), output);
        return output;
    }

    /** Returns the values of a tensor in reading order, whatever its order in memory. */
    private static float[] floats(Tensor tensor) {
        Tensor plain = tensor.contiguous();
        float[] values = new float[Math.toIntExact(plain.numel())];
        new FloatPointer(plain.data_ptr()).get(values);
        return values;
    }

    /** Returns a tensor of its own memory. */
    private static Tensor tensor(float[] values, long[] sizes) {
        return torch.from_blob(new FloatPointer(values), sizes).clone();
    }

    private static long[] batch(int count, Shape shape) {
        long[] sizes = new long[shape.rank() + 1];
        sizes[0] = count;
        for (int axis = 0; axis < shape.rank(); axis++) sizes[axis + 1] = shape.size(axis);
        return sizes;
    }

    private static long[] sizes(int[] shape) {
        return Arrays.stream(shape).asLongStream().toArray();
    }

    private IllegalArgumentException unknown(String layer) {
        List<String> names = network.nodes().stream().map(Node::name).toList();
        return new IllegalArgumentException(
                "No layer \"" + layer + "\" of " + names + " is before what it is asked for");
    }
}
