package io.fovea.explain;

import io.fovea.network.Layer;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tells how a value of any layer comes about. */
final class ValueFormula {

    private final LayerValues layers;
    private final Node node;
    private final int channel;
    private final int x;
    private final int y;

    /**
     * Chooses a value.
     *
     * @throws Problem if the layer has no such channel or place
     */
    ValueFormula(LayerValues layers, Node node, int channel, int x, int y) {
        layers.check(node.name(), channel, x, y);
        this.layers = layers;
        this.node = node;
        this.channel = channel;
        this.x = x;
        this.y = y;
    }

    /**
     * Returns the arithmetic.
     *
     * @throws Problem if the layer decides by neighbours
     */
    ValueArithmetic arithmetic() {
        Shape input = layers.shape(reads());
        return switch (node.layer()) {
            case Layer.Convolution layer -> new ConvolutionSum(layers, node, layer).at(channel, x, y);
            case Layer.Dense _ -> DenseSum.of(layers, node, channel);
            case Layer.MaxPooling layer -> window(PoolingWindow.of(layer, input, x, y));
            case Layer.AveragePooling layer -> window(PoolingWindow.of(layer, input, x, y));
            case Layer.AdaptiveAveragePooling layer -> window(PoolingWindow.of(layer, input, x, y));
            case Layer.GlobalAveragePooling _ -> window(PoolingWindow.mean(input));
            case Layer.GlobalMaxPooling _ -> window(PoolingWindow.largest(input));
            case Layer.BatchNorm layer ->
                formula(own(), FollowingSteps.normalised(layers, node.name(), layer, channel, value()));
            case Layer.Activation layer -> formula(own(), FollowingSteps.activated(layer, value()));
            case Layer.Dropout _ -> formula(own(), computed(number(value()), value()));
            case Layer.Scale layer ->
                formula(own(), computed(number(value()) + " · " + number(layer.factor()), value() * layer.factor()));
            case Layer.Add _ -> sum();
            case Layer.Multiply _ -> product();
            case Layer.Concat _ -> joined();
            case Layer.Flatten _ -> inARow(input);
            case Layer.IdentityShortcut layer -> shortcut(layer, input);
            case Layer.Upsample layer -> upsampled(layer, input);
            case Layer.LocalResponseNorm layer -> respondedTo(layer, input);
            case Layer.Softmax _ -> probability(input);
            case Layer.NearestNeighbours _ ->
                throw new Problem(
                        "Layer \"" + node.name() + "\" decides by neighbours: its values are votes.",
                        layers.where(),
                        "choose a value of the layer before it; \"fovea predict --neighbours\" shows who voted");
        };
    }

    private PoolingArithmetic window(PoolingWindow window) {
        return window.arithmetic(layers, node, channel, x, y);
    }

    private String reads() {
        return node.inputs().getFirst();
    }

    /** Returns the value of the same place that is read. */
    private float value() {
        return layers.at(reads(), channel, x, y);
    }

    private List<FormulaArithmetic.Term> own() {
        return List.of(layers.term(reads(), channel, x, y));
    }

    private ValueArithmetic sum() {
        List<FormulaArithmetic.Term> terms = node.inputs().stream()
                .map(input -> layers.term(input, channel, x, y))
                .toList();
        String words = terms.stream().map(term -> number(term.value())).collect(Collectors.joining(" + "));
        return formula(
                terms,
                computed(
                        words,
                        terms.stream()
                                .mapToDouble(FormulaArithmetic.Term::value)
                                .sum()));
    }

    /** A map of one pixel counts for every place of the other's map. */
    private ValueArithmetic product() {
        List<FormulaArithmetic.Term> terms = new ArrayList<>();
        for (String input : node.inputs()) {
            Shape shape = layers.shape(input);
            boolean isGate = shape.rank() == 3 && shape.size(1) * shape.size(2) == 1;
            terms.add(isGate ? layers.term(input, channel, 0, 0) : layers.term(input, channel, x, y));
        }
        float first = terms.getFirst().value();
        float second = terms.getLast().value();
        return formula(terms, computed(number(first) + " · " + number(second), (double) first * second));
    }

    private ValueArithmetic joined() {
        int before = 0;
        for (String input : node.inputs()) {
            int channels = layers.shape(input).size(0);
            if (channel < before + channels) return moved(layers.term(input, channel - before, x, y));
            before += channels;
        }
        throw new IllegalStateException("Channel " + channel + " of \"" + node.name() + "\" is of no input");
    }

    private ValueArithmetic inARow(Shape input) {
        if (input.rank() == 1) return moved(layers.term(reads(), channel, 0, 0));
        int area = input.size(1) * input.size(2);
        int place = channel % area;
        return moved(layers.term(reads(), channel / area, place % input.size(2), place / input.size(2)));
    }

    private ValueArithmetic shortcut(Layer.IdentityShortcut layer, Shape input) {
        int from = channel - (layer.outputChannels() - input.size(0)) / 2;
        if (from < 0 || from >= input.size(0)) return formula(List.of(), computed("0, a channel that is added", 0));
        return moved(layers.term(reads(), from, x * layer.stride(), y * layer.stride()));
    }

    private ValueArithmetic moved(FormulaArithmetic.Term term) {
        return formula(List.of(term), computed(number(term.value()), term.value()));
    }

    private ValueArithmetic upsampled(Layer.Upsample layer, Shape input) {
        return switch (layer.interpolation()) {
            case NEAREST -> moved(layers.term(reads(), channel, x / layer.factor(), y / layer.factor()));
            case BILINEAR -> interpolated(layer.factor(), input);
        };
    }

    private ValueArithmetic interpolated(int factor, Shape input) {
        double column = Math.max(0, (x + 0.5) / factor - 0.5);
        double row = Math.max(0, (y + 0.5) / factor - 0.5);
        List<FormulaArithmetic.Term> terms = new ArrayList<>();
        List<String> words = new ArrayList<>();
        double sum = 0;
        for (int down = 0; down < 2; down++) {
            double byRow = down == 0 ? 1 - row % 1 : row % 1;
            for (int across = 0; across < 2; across++) {
                double weight = byRow * (across == 0 ? 1 - column % 1 : column % 1);
                if (weight == 0) continue;
                FormulaArithmetic.Term term = layers.term(
                        reads(),
                        channel,
                        Math.min((int) column + across, input.size(2) - 1),
                        Math.min((int) row + down, input.size(1) - 1));
                terms.add(term);
                words.add(number(weight) + " · " + number(term.value()));
                sum += weight * term.value();
            }
        }
        return formula(terms, computed(String.join(" + ", words), sum));
    }

    private ValueArithmetic respondedTo(Layer.LocalResponseNorm layer, Shape input) {
        List<FormulaArithmetic.Term> terms = new ArrayList<>(own());
        double squares = 0;
        for (int c = channel - layer.size() / 2; c <= channel + layer.size() / 2; c++) {
            if (c < 0 || c >= input.size(0)) continue;
            FormulaArithmetic.Term term = layers.term(reads(), c, x, y);
            if (c != channel) terms.add(term);
            squares += (double) term.value() * term.value();
        }
        String words = String.format(
                Locale.ROOT,
                "%s / (%s + %s / %d · %s)^%s",
                number(value()),
                number(layer.k()),
                number(layer.alpha()),
                layer.size(),
                number(squares),
                number(layer.beta()));
        double divisor = Math.pow(layer.k() + layer.alpha() / layer.size() * squares, layer.beta());
        return formula(terms, computed(words, value() / divisor));
    }

    private ValueArithmetic probability(Shape input) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < input.size(0); c++) largest = Math.max(largest, layers.at(reads(), c, x, y));
        double sum = 0;
        for (int c = 0; c < input.size(0); c++) sum += Math.exp(layers.at(reads(), c, x, y) - largest);
        String words = "exp(" + number(value()) + " − " + number(largest) + ") / " + number(sum) + ", the sum over "
                + input.size(0);
        return formula(own(), computed(words, Math.exp(value() - largest) / sum));
    }

    private ValueArithmetic formula(List<FormulaArithmetic.Term> terms, FollowingSteps.Computed computed) {
        return new FormulaArithmetic(
                node.name(),
                layers.kind(node.name()),
                channel,
                x,
                y,
                terms,
                computed.formula(),
                computed.value(),
                layers.at(node.name(), channel, x, y));
    }

    private static FollowingSteps.Computed computed(String formula, double value) {
        return new FollowingSteps.Computed(formula, value);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }
}
