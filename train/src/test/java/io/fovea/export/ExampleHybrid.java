package io.fovea.export;

import io.fovea.network.ActivationFunction;
import io.fovea.network.Layer;
import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Rounding;
import io.fovea.network.Network;
import io.fovea.network.NetworkBuilder;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.Parameters;
import io.fovea.network.Shape;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.QuantizedTensor;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Two convolutions, a projection to 27 numbers, and references that are searched for neighbours; weights are random. */
public final class ExampleHybrid {

    static final int CLASSES = 10;

    private ExampleHybrid() {}

    /** Returns the network of the talk: 28 by 28 pixels, 32 and 64 kernels, 1,600 numbers before the projection. */
    public static Network network(int references, int k) {
        return new NetworkBuilder("hybrid", new Shape(1, 28, 28))
                .then("conv1", Layer.Convolution.square(32, 3, 1, 0, Bias.WITH))
                .then("relu1", new Layer.Activation(ActivationFunction.RELU))
                .then("pool1", new Layer.MaxPooling(2, 2, 0, Rounding.FLOOR))
                .then("conv2", Layer.Convolution.square(64, 3, 1, 0, Bias.WITH))
                .then("relu2", new Layer.Activation(ActivationFunction.RELU))
                .then("pool2", new Layer.MaxPooling(2, 2, 0, Rounding.FLOOR))
                .then("flatten", new Layer.Flatten())
                .then("projection", new Layer.Dense(27, Bias.WITH))
                .then("neighbours", new Layer.NearestNeighbours(k, references, CLASSES))
                .network();
    }

    /** Returns weights that keep values near 1, references among the codes, and labels 0, 1, 2 … in turn. */
    public static Weights weights(Network network) {
        SplittableRandom random = new SplittableRandom(11);
        List<NamedTensor> tensors = new ArrayList<>();
        for (ParameterSpecification parameter : Parameters.of(network)) {
            int[] shape = parameter.shape();
            float[] values = new float[(int) parameter.count()];
            double scale = Math.sqrt(2.0 / Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact));
            if (parameter.name().endsWith("references")) scale = 0.5;
            boolean labels = parameter.name().endsWith("labels");
            for (int i = 0; i < values.length; i++)
                values[i] = labels ? i % CLASSES : (float) (scale * random.nextGaussian());
            tensors.add(new NamedTensor(parameter.name(), shape, values));
        }
        return new Weights(tensors);
    }

    /** Returns kernels, projection and references in whole numbers: the projection in {@code projectionBits}, all else in eight. */
    public static List<QuantizedTensor> quantized(Weights weights, int projectionBits) {
        List<QuantizedTensor> quantized = new ArrayList<>();
        for (String name : List.of("conv1.weight", "conv2.weight"))
            quantized.add(QuantizedTensor.quantize(weights.tensor(name).orElseThrow(), 8, 0));
        quantized.add(
                QuantizedTensor.quantize(weights.tensor("projection.weight").orElseThrow(), projectionBits, 0));
        quantized.add(QuantizedTensor.quantize(
                weights.tensor("neighbours.references").orElseThrow(), 8, QuantizedTensor.WHOLE));
        return quantized;
    }
}
