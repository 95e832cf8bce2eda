package io.fovea.network;

import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer with numbers that can be checked in the head.
 *
 * @param sentence what it shows
 * @param layers   as in a network file
 * @param input    the picture's shape
 * @param picture  whole numbers, [C, H, W]
 * @param tensors  values by name
 * @param output   the last layer's shape
 * @param values   what comes out
 */
record WorkedExample(
        String sentence,
        List<String> layers,
        Shape input,
        int[] picture,
        Map<String, float[]> tensors,
        Shape output,
        float[] values) {

    private static final int[] ONE_TO_NINE = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    private static final int[] ONE_TO_SIXTEEN = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

    /** At least one example for every kind of layer and every activation function. */
    static List<WorkedExample> all() {
        return List.of(
                example("convolution: 1 · upper left + 1 · lower right + 10", "convolution: {outputs: 1, kernel: 2}")
                        .on(grey(3), ONE_TO_NINE)
                        .with("conv1.weight", 1, 0, 0, 1)
                        .with("conv1.bias", 10)
                        .gives(new Shape(1, 2, 2), 16, 18, 22, 24),
                example(
                                "convolution: the window is not turned round",
                                "convolution: {outputs: 1, kernel: [1, 3], padding: {left: 2}, bias: false}")
                        .on(new Shape(1, 1, 3), 1, 2, 3)
                        .with("conv1.weight", 100, 10, 1)
                        .gives(new Shape(1, 1, 3), 1, 12, 123),
                example(
                                "convolution: stride 2 and dilation 2 read the four corners of 3x3",
                                "convolution: {outputs: 1, kernel: 2, stride: 2, dilation: 2, bias: false}")
                        .on(grey(4), ONE_TO_SIXTEEN)
                        .with("conv1.weight", 1, 1, 1, 1)
                        .gives(new Shape(1, 1, 1), 1 + 3 + 9 + 11),
                example(
                                "convolution: in groups, each map reads its own channels",
                                "convolution: {outputs: 3, kernel: 1, groups: 3, bias: false}")
                        .on(new Shape(3, 1, 1), 1, 2, 3)
                        .with("conv1.weight", 10, 20, 30)
                        .gives(new Shape(3, 1, 1), 10, 40, 90),
                example("max-pooling: the largest of each window", "max-pooling: {kernel: 2}")
                        .on(grey(4), ONE_TO_SIXTEEN)
                        .gives(new Shape(1, 2, 2), 6, 8, 14, 16),
                example("max-pooling: rounded down, what is left over is not seen", "max-pooling: {kernel: 2}")
                        .on(grey(3), ONE_TO_NINE)
                        .gives(new Shape(1, 1, 1), 5),
                example(
                                "max-pooling: rounded up, windows reach over the edge",
                                "max-pooling: {kernel: 2, rounding: ceiling}")
                        .on(grey(3), ONE_TO_NINE)
                        .gives(new Shape(1, 2, 2), 5, 6, 8, 9),
                example("average-pooling: the mean of each window", "average-pooling: {kernel: 2}")
                        .on(grey(4), ONE_TO_SIXTEEN)
                        .gives(new Shape(1, 2, 2), 3.5f, 5.5f, 11.5f, 13.5f),
                example("average-pooling: padding counts as zeros", "average-pooling: {kernel: 2, padding: 1}")
                        .on(grey(2), 4, 8, 12, 16)
                        .gives(new Shape(1, 2, 2), 1, 2, 3, 4),
                example(
                                "average-pooling: rounded up, what lies over the edge does not count",
                                "average-pooling: {kernel: 2, rounding: ceiling}")
                        .on(grey(3), ONE_TO_NINE)
                        .gives(new Shape(1, 2, 2), 3, 4.5f, 7.5f, 9),
                example("global-average-pooling: the mean of each map", "global-average-pooling")
                        .on(new Shape(3, 1, 2), 1, 3, 10, 20, 0, 5)
                        .gives(new Shape(3, 1, 1), 2, 15, 2.5f),
                example("global-max-pooling: the largest of each map", "global-max-pooling")
                        .on(new Shape(3, 1, 2), 1, 3, 10, 20, 0, 5)
                        .gives(new Shape(3, 1, 1), 3, 20, 5),
                example("adaptive-average-pooling: bins that divide evenly", "adaptive-average-pooling: {size: 2}")
                        .on(grey(4), ONE_TO_SIXTEEN)
                        .gives(new Shape(1, 2, 2), 3.5f, 5.5f, 11.5f, 13.5f),
                example("adaptive-average-pooling: bins that share the middle", "adaptive-average-pooling: {size: 2}")
                        .on(grey(3), ONE_TO_NINE)
                        .gives(new Shape(1, 2, 2), 3, 4, 6, 7),
                example(
                                "adaptive-average-pooling: a smaller map is repeated",
                                "adaptive-average-pooling: {size: [1, 4]}")
                        .on(new Shape(1, 1, 2), 5, 9)
                        .gives(new Shape(1, 1, 4), 5, 5, 9, 9),
                example("adaptive-average-pooling: a map of its size stays", "adaptive-average-pooling: {size: [1, 2]}")
                        .on(new Shape(1, 1, 2), 5, 9)
                        .gives(new Shape(1, 1, 2), 5, 9),
                example("dense: a row of weights per output", "flatten", "dense: {outputs: 2}")
                        .on(new Shape(1, 1, 2), 1, 10)
                        .with("dense1.weight", 1, 2, 3, 4)
                        .with("dense1.bias", 100, 200)
                        .gives(new Shape(2), 121, 243),
                activation("relu", 0, 0, 3, 9),
                activation("relu6", 0, 0, 3, 6),
                activation("leaky-relu", -0.02f, 0, 3, 9),
                activation("elu", -0.8646647f, 0, 3, 9),
                activation("sigmoid", 0.1192029f, 0.5f, 0.9525741f, 0.9998766f),
                activation("tanh", -0.9640276f, 0, 0.9950548f, 1),
                activation("gelu", -0.0455003f, 0, 2.9959502f, 9),
                activation("silu", -0.2384058f, 0, 2.8577224f, 8.9988894f),
                activation("softplus", 0.1269280f, 0.6931472f, 3.0485874f, 9.0001234f),
                example("dropout: does nothing in prediction", "dropout: {rate: 0.9}")
                        .on(new Shape(1, 1, 3), 1, 2, 3)
                        .gives(new Shape(1, 1, 3), 1, 2, 3),
                example("batch-norm: (x − 1) / √(3 + 1) · 2 + 5", "batch-norm: {epsilon: 1}")
                        .on(new Shape(1, 1, 3), 1, 3, 5)
                        .with("norm1.weight", 2)
                        .with("norm1.bias", 5)
                        .with("norm1.running_mean", 1)
                        .with("norm1.running_var", 3)
                        .gives(new Shape(1, 1, 3), 5, 7, 9),
                example(
                                "local-response-norm: over 1 + squares of itself and both neighbours",
                                "local-response-norm: {size: 3, alpha: 3, beta: 1}")
                        .on(new Shape(3, 1, 1), 1, 2, 3)
                        .gives(new Shape(3, 1, 1), 1 / 6f, 2 / 15f, 3 / 14f),
                example("scale: half of everything", "scale: {factor: 0.5}")
                        .on(new Shape(1, 1, 3), 1, 2, 3)
                        .gives(new Shape(1, 1, 3), 0.5f, 1, 1.5f),
                example("flatten: channel after channel, row after row", "flatten")
                        .on(new Shape(3, 1, 2), 1, 2, 3, 4, 5, 6)
                        .gives(new Shape(6), 1, 2, 3, 4, 5, 6),
                example("add: value by value", "scale: {factor: 10}", "add: {inputs: [scale1, input]}")
                        .on(new Shape(1, 1, 3), 1, 2, 3)
                        .gives(new Shape(1, 1, 3), 11, 22, 33),
                example("multiply: value by value", "scale: {factor: 10}", "multiply: {inputs: [scale1, input]}")
                        .on(new Shape(1, 1, 3), 1, 2, 3)
                        .gives(new Shape(1, 1, 3), 10, 40, 90),
                example(
                                "multiply: every map by its gate, here its largest value",
                                "global-max-pooling",
                                "multiply: {inputs: [input, pool1]}")
                        .on(new Shape(3, 1, 2), 1, 3, 10, 20, 0, 5)
                        .gives(new Shape(3, 1, 2), 3, 9, 200, 400, 0, 25),
                example("multiply: the gate may come first", "global-max-pooling", "multiply: {inputs: [pool1, input]}")
                        .on(new Shape(1, 1, 2), 2, 3)
                        .gives(new Shape(1, 1, 2), 6, 9),
                example("upsample: nearest repeats every value", "upsample: {factor: 2, interpolation: nearest}")
                        .on(new Shape(1, 1, 2), 1, 3)
                        .gives(new Shape(1, 2, 4), 1, 1, 3, 3, 1, 1, 3, 3),
                example("upsample: bilinear lies a quarter and three quarters of the way", "upsample: {factor: 2}")
                        .on(new Shape(1, 1, 2), 0, 4)
                        .gives(new Shape(1, 2, 4), 0, 1, 3, 4, 0, 1, 3, 4),
                example("upsample: bilinear in both directions", "upsample: {factor: 2}")
                        .on(grey(2), 0, 16, 32, 48)
                        .gives(grey(4), 0, 4, 12, 16, 8, 12, 20, 24, 24, 28, 36, 40, 32, 36, 44, 48),
                example("upsample: thrice as large, the middle of three is the value itself", "upsample: {factor: 3}")
                        .on(new Shape(1, 2, 1), 0, 3)
                        .gives(new Shape(1, 6, 3), 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 3),
                example(
                                "concat: channels in the order of the inputs",
                                "scale: {factor: 10}",
                                "concat: {inputs: [scale1, input]}")
                        .on(new Shape(3, 1, 1), 1, 2, 3)
                        .gives(new Shape(6, 1, 1), 10, 20, 30, 1, 2, 3),
                example(
                                "identity-shortcut: every second row and column, a map of zeros on both sides",
                                "identity-shortcut: {outputs: 3, stride: 2}")
                        .on(grey(3), ONE_TO_NINE)
                        .gives(new Shape(3, 2, 2), 0, 0, 0, 0, 1, 3, 7, 9, 0, 0, 0, 0),
                example("identity-shortcut: an odd map of zeros comes last", "identity-shortcut: {outputs: 2}")
                        .on(new Shape(1, 1, 2), 5, 9)
                        .gives(new Shape(2, 1, 2), 5, 9, 0, 0),
                example("identity-shortcut: fewer rows and columns alone", "identity-shortcut: {outputs: 1, stride: 3}")
                        .on(grey(4), ONE_TO_SIXTEEN)
                        .gives(new Shape(1, 2, 2), 1, 4, 13, 16),
                example("identity-shortcut: with nothing to change, nothing changes", "identity-shortcut: {outputs: 1}")
                        .on(new Shape(1, 1, 2), 5, 9)
                        .gives(new Shape(1, 1, 2), 5, 9),
                example(
                                "nearest-neighbours: of three votes two and a bit are for 1, one for 0",
                                "flatten",
                                "nearest-neighbours: {k: 3, references: 5, outputs: 3}")
                        .on(new Shape(1, 1, 1), 10)
                        .with("neighbours1.references", 0, 9, 13, 12, 50)
                        .with("neighbours1.labels", 2, 1, 0, 1, 2)
                        .gives(new Shape(3), log(1.00025 / 3.00175), log(2.0015 / 3.00175), log(1e-6 / 3.00175)),
                example(
                                "nearest-neighbours: with one vote each, the label of the nearer reference wins",
                                "flatten",
                                "nearest-neighbours: {k: 2, references: 2, outputs: 2}")
                        .on(new Shape(1, 1, 1), 10)
                        .with("neighbours1.references", 20, 11)
                        .with("neighbours1.labels", 0, 1)
                        .gives(new Shape(2), log(1.0005 / 2.0015), log(1.001 / 2.0015)),
                example(
                                "nearest-neighbours: at equal distance the reference with the smaller index counts",
                                "flatten",
                                "nearest-neighbours: {k: 1, references: 4, outputs: 4}")
                        .on(new Shape(1, 1, 2), 0, 0)
                        .with("neighbours1.references", 9, 9, 3, 4, 4, 3, -5, 0)
                        .with("neighbours1.labels", 0, 1, 2, 3)
                        .gives(new Shape(4), log(1e-6 / 1.001), 0, log(1e-6 / 1.001), log(1e-6 / 1.001)),
                example("softmax: leaves the logits as they are", "flatten", "softmax")
                        .on(new Shape(1, 1, 3), 1, 2, 3)
                        .gives(new Shape(3), 1, 2, 3));
    }

    /** Returns the network, with a flatten at the end where there is none. */
    Network network() {
        StringBuilder yaml = new StringBuilder("name: example\ninput: [" + input.size(0) + ", " + input.size(1) + ", "
                + input.size(2) + "]\nlayers:\n");
        for (String layer : layers) yaml.append("  - ").append(layer).append('\n');
        if (output.rank() == 3) yaml.append("  - flatten\n");
        return NetworkYaml.read(yaml.toString(), sentence);
    }

    Weights weights() {
        List<NamedTensor> weights = new ArrayList<>();
        for (ParameterSpecification parameter : Parameters.of(network())) {
            weights.add(new NamedTensor(parameter.name(), parameter.shape(), tensors.get(parameter.name())));
        }
        return new Weights(weights);
    }

    @Override
    public String toString() {
        return sentence;
    }

    /** Every function at −2, 0, 3 and 9. */
    private static WorkedExample activation(String word, float atMinusTwo, float atZero, float atThree, float atNine) {
        return example(word + ": at −2, 0, 3 and 9", word)
                .on(new Shape(1, 1, 4), -2, 0, 3, 9)
                .gives(new Shape(1, 1, 4), atMinusTwo, atZero, atThree, atNine);
    }

    private static float log(double share) {
        return (float) Math.log(share);
    }

    private static Shape grey(int size) {
        return new Shape(1, size, size);
    }

    private static WorkedExample example(String sentence, String... layers) {
        return new WorkedExample(
                sentence, List.of(layers), new Shape(1), new int[0], Map.of(), new Shape(1), new float[0]);
    }

    private WorkedExample on(Shape shape, int... numbers) {
        return new WorkedExample(sentence, layers, shape, numbers, tensors, output, values);
    }

    private WorkedExample with(String tensor, float... numbers) {
        Map<String, float[]> all = new HashMap<>(tensors);
        all.put(tensor, numbers);
        return new WorkedExample(sentence, layers, input, picture, all, output, values);
    }

    private WorkedExample gives(Shape shape, float... numbers) {
        return new WorkedExample(sentence, layers, input, picture, tensors, shape, numbers);
    }
}
