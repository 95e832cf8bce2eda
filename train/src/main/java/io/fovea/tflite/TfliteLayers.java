package io.fovea.tflite;

import io.fovea.network.Layer;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.quantize.WholeNumbers;
import io.fovea.weights.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Writes each kind of layer as operators. */
final class TfliteLayers {

    private final TfliteGraph graph;
    private final Results results;
    private final Giving giving;
    private final Weights weights;
    private final Optional<WholeNumbers> numbers;
    private final WeightedLayers weighted;
    private final PoolingLayers pooling;
    private final ActivationLayers activations;

    /**
     * Begins.
     *
     * @param answer the result that is the network's, or becomes it by a layer that changes nothing
     */
    TfliteLayers(TfliteGraph graph, Results results, Weights weights, Optional<WholeNumbers> numbers, String answer) {
        this.graph = graph;
        this.results = results;
        this.giving = new Giving(graph, results);
        this.weights = weights;
        this.numbers = numbers;
        this.pooling = new PoolingLayers(graph, results, giving);
        this.weighted = new WeightedLayers(graph, results, giving, pooling, weights, numbers, answer);
        this.activations = new ActivationLayers(graph, results, giving);
    }

    /**
     * Adds the operators of a step.
     *
     * @throws Problem if the format cannot say what the layer does
     */
    void add(Step step) {
        ElementType type = type(step);
        switch (step.layer().layer()) {
            case Layer.Convolution convolution -> weighted.convolution(step, convolution, type);
            case Layer.Dense dense -> weighted.dense(step, dense, type);
            case Layer.MaxPooling layer -> pooling.largest(step, layer);
            case Layer.AveragePooling layer -> pooling.means(step, layer);
            case Layer.AdaptiveAveragePooling _ -> pooling.adaptiveMeans(step, type);
            case Layer.GlobalAveragePooling _ -> pooling.globalMeans(step, type);
            case Layer.GlobalMaxPooling _ -> pooling.globalLargest(step);
            case Layer.Activation activation -> activations.activation(step, activation.function(), type);
            case Layer.BatchNorm norm -> batchNorm(step, norm);
            case Layer.LocalResponseNorm norm -> localResponseNorm(step, norm);
            case Layer.Scale scale -> scale(step, scale);
            case Layer.Flatten _ -> flatten(step);
            case Layer.Add _ -> sum(step, type);
            case Layer.Multiply _ -> product(step, type);
            case Layer.Upsample upsample -> upsample(step, upsample);
            case Layer.Concat _ -> concat(step, type);
            case Layer.IdentityShortcut shortcut -> shortcut(step, shortcut);
            case Layer.Dropout _, Layer.Softmax _ -> same(step);
            case Layer.NearestNeighbours _ -> throw neighbours(step);
        }
    }

    private ElementType type(Step step) {
        return switch (step.kind()) {
            case FLOAT -> ElementType.FLOAT32;
            case PASSING -> results.of(step.inputs().getFirst()).type();
            case WHOLE -> {
                boolean isWhole = numbers.filter(each -> !each.floatLayers().contains(step.name()))
                        .isPresent();
                yield isWhole ? ElementType.INT8 : ElementType.FLOAT32;
            }
        };
    }

    /** A layer that changes nothing; the softmax of a last layer is added with the outputs. */
    private void same(Step step) {
        if (step.clip() == Step.Clip.NOTHING) {
            results.alias(step.result(), step.inputs().getFirst());
            return;
        }
        String read = step.inputs().getFirst();
        Results.Result result = results.of(read);
        giving.clipped(step, Giving.Like.read(result), results.readAsItLies(read, result.type()));
    }

    private void batchNorm(Step step, Layer.BatchNorm norm) {
        float[] weight = weights.values(step.name() + ".weight");
        float[] bias = weights.values(step.name() + ".bias");
        float[] mean = weights.values(step.name() + ".running_mean");
        float[] variance = weights.values(step.name() + ".running_var");
        int channels = weight.length;
        float[] factors = new float[channels];
        float[] shifts = new float[channels];
        for (int c = 0; c < channels; c++) {
            double factor = weight[c] / Math.sqrt(variance[c] + norm.epsilon());
            factors[c] = (float) factor;
            shifts[c] = (float) (bias[c] - mean[c] * factor);
        }
        ElementType type = ElementType.FLOAT32;
        int input = results.read(step.inputs().getFirst(), type);
        int scaled = giving.between(step, "scaled", type, Results.axes(step.to()), step.result());
        int[] shape = {channels};
        int by = graph.floats(step.name() + "/factors", shape, factors);
        graph.operator(Operator.MUL, 1, Options.NONE, new int[] {input, by}, scaled);
        int plus = graph.floats(step.name() + "/shifts", shape, shifts);
        giving.fused(step, Giving.Like.own(step, type), Operator.ADD, 1, 0, new int[] {scaled, plus});
    }

    /** The operator multiplies the sum of squares by its alpha; the layer, their sum divided by their number. */
    private void localResponseNorm(Step step, Layer.LocalResponseNorm norm) {
        int[] input = {results.read(step.inputs().getFirst(), ElementType.FLOAT32)};
        giving.bare(
                step,
                Giving.Like.own(step, ElementType.FLOAT32),
                Operator.LOCAL_RESPONSE_NORMALIZATION,
                1,
                input,
                new Options.Whole(0, norm.size() / 2),
                new Options.Real(1, norm.k()),
                new Options.Real(2, norm.alpha() / norm.size()),
                new Options.Real(3, norm.beta()));
    }

    private void scale(Step step, Layer.Scale scale) {
        String read = step.inputs().getFirst();
        ElementType type = ElementType.FLOAT32;
        int factor = graph.floats(step.name() + "/factor", new int[] {1}, (float) scale.factor());
        int[] inputs = {results.readAsItLies(read, type), factor};
        Giving.Like like = new Giving.Like(type, step.result(), results.of(read).maps(), false);
        giving.fused(step, like, Operator.MUL, 1, 0, inputs);
    }

    /** Values stay where they lie; who needs them in the order [C, H, W] gets them turned. */
    private void flatten(Step step) {
        String read = step.inputs().getFirst();
        Results.Result result = results.of(read);
        Shape from = step.from();
        int input = results.readAsItLies(read, result.type());
        if (from.rank() == 1) {
            giving.clipped(step, Giving.Like.read(result), input);
            return;
        }
        boolean isInOrder = from.size(0) == 1 || from.size(1) * from.size(2) == 1;
        Optional<Shape> maps = isInOrder ? Optional.empty() : Optional.of(from);
        Giving.Like like = new Giving.Like(result.type(), result.scaledAs(), maps, result.isNeverNegative());
        int shape = graph.integers(
                step.name() + "/shape", new int[] {2}, -1, step.to().size(0));
        giving.bare(step, like, Operator.RESHAPE, 1, new int[] {input, shape});
    }

    private void sum(Step step, ElementType type) {
        int version = type == ElementType.INT8 ? 2 : 1;
        List<String> reads = step.inputs();
        int sum = results.read(reads.getFirst(), type);
        for (int i = 1; i < reads.size() - 1; i++) {
            int further = giving.between(step, "sum" + i, type, Results.axes(step.to()), step.result());
            graph.operator(
                    Operator.ADD, version, Options.NONE, new int[] {sum, results.read(reads.get(i), type)}, further);
            sum = further;
        }
        int[] inputs = {sum, results.read(reads.getLast(), type)};
        giving.fused(step, Giving.Like.own(step, type), Operator.ADD, version, 0, inputs);
    }

    private void product(Step step, ElementType type) {
        int[] inputs = {
            results.read(step.inputs().getFirst(), type),
            results.read(step.inputs().getLast(), type)
        };
        int version = type == ElementType.INT8 ? 2 : 1;
        giving.fused(step, Giving.Like.own(step, type), Operator.MUL, version, 0, inputs);
    }

    /** On whole numbers the operator wants all inputs in the result's scale. */
    private void concat(Step step, ElementType type) {
        int[] inputs = new int[step.inputs().size()];
        boolean isNeverNegative = true;
        for (int i = 0; i < inputs.length; i++) {
            String read = step.inputs().get(i);
            inputs[i] = results.read(read, type);
            isNeverNegative &= results.of(read).isNeverNegative();
            if (type == ElementType.INT8) inputs[i] = rescaled(step, inputs[i], i);
        }
        Giving.Like like = new Giving.Like(type, step.result(), Optional.empty(), isNeverNegative);
        int version = type == ElementType.INT8 ? 2 : 1;
        int axis = step.to().rank(); // the last, channels or features
        giving.bare(step, like, Operator.CONCATENATION, version, inputs, new Options.Whole(0, axis));
    }

    private int rescaled(Step step, int input, int position) {
        TfliteGraph.Scale has = graph.scale(input).orElseThrow();
        TfliteGraph.Scale wants = results.scale(step.result(), ElementType.INT8).orElseThrow();
        if (Arrays.equals(has.scales(), wants.scales()) && has.zeroPoint() == wants.zeroPoint()) return input;
        int[] axes = Results.axes(step.layer().inputs().get(position));
        int output = giving.between(step, "input" + position, ElementType.INT8, axes, step.result());
        graph.operator(Operator.QUANTIZE, 2, Options.NONE, new int[] {input}, output);
        return output;
    }

    private void upsample(Step step, Layer.Upsample layer) {
        String read = step.inputs().getFirst();
        Results.Result result = results.of(read);
        int size = graph.integers(
                step.name() + "/size",
                new int[] {2},
                step.to().size(1),
                step.to().size(2));
        int[] inputs = {results.read(read, result.type()), size};
        Giving.Like like = Giving.Like.read(result);
        // pixels are areas in both: of a repetition, row i + ½ lies well within row ⌊i / factor⌋, where rounding does
        // no harm
        switch (layer.interpolation()) {
            case BILINEAR -> giving.bare(step, like, Operator.RESIZE_BILINEAR, 3, inputs, new Options.Choice(3, 1));
            case NEAREST ->
                giving.bare(step, like, Operator.RESIZE_NEAREST_NEIGHBOR, 3, inputs, new Options.Choice(1, 1));
        }
    }

    private void shortcut(Step step, Layer.IdentityShortcut layer) {
        String read = step.inputs().getFirst();
        Results.Result result = results.of(read);
        ElementType type = result.type();
        int version = type == ElementType.INT8 ? 2 : 1;
        int taken = results.read(read, type);
        if (layer.stride() > 1) {
            int[] axes = Results.axes(step.to());
            axes[2] = step.from().size(0);
            int fewer = giving.between(step, "taken", type, axes, result.scaledAs());
            int begin = graph.integers(step.name() + "/begin", new int[] {4}, 0, 0, 0, 0);
            int end = graph.integers(step.name() + "/end", new int[] {4}, 0, 0, 0, 0);
            int steps = graph.integers(step.name() + "/steps", new int[] {4}, 1, layer.stride(), layer.stride(), 1);
            Options all =
                    Options.of(new Options.Whole(0, 0b1111), new Options.Whole(1, 0b1111)); // from and to the ends
            graph.operator(Operator.STRIDED_SLICE, version, all, new int[] {taken, begin, end, steps}, fewer);
            taken = fewer;
        }
        int zeros = layer.outputChannels() - step.from().size(0);
        if (zeros == 0) {
            giving.clipped(step, Giving.Like.read(result), taken);
            return;
        }
        int pads =
                graph.integers(step.name() + "/pads", new int[] {4, 2}, 0, 0, 0, 0, 0, 0, zeros / 2, zeros - zeros / 2);
        giving.bare(step, Giving.Like.read(result), Operator.PAD, version, new int[] {taken, pads});
    }

    private static Problem neighbours(Step step) {
        return new Problem(
                "A TensorFlow Lite file cannot hold layer \"" + step.name() + "\", a search of nearest neighbours.",
                "layer \"" + step.name() + "\" (nearest-neighbours)",
                "export the model as ONNX, or train a network that ends with a dense layer");
    }
}
