package io.fovea.tflite;

import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.quantize.ActivationScale;
import io.fovea.quantize.WholeNumbers;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What layers have given so far, as tensors: in floats, in whole numbers, or in both once someone asked. Mutable; for one thread. */
final class Results {

    private static final int NONE = -1;

    /** A sigmoid's scale, which the operator demands: 0 to 1 in steps of 1/256. */
    static final ActivationScale SIGMOID = new ActivationScale(1f / 256, 0);

    /** From the whole numbers of a scale, 0 to 255, to the file's, −128 to 127. */
    private static final int SHIFT = 128;

    /** What one layer has given. */
    static final class Result {
        private final String name;
        private final Shape shape;
        private final ElementType type;
        private final String scaledAs;
        private final Optional<Shape> maps;
        private final boolean isNeverNegative;
        private int floats = NONE;
        private int whole = NONE;

        /**
         * A result before it has a tensor.
         *
         * @param shape    [C, H, W], whose tensor is [N, H, W, C]; or [D]
         * @param type     what its numbers are first of all
         * @param scaledAs the layer whose scale it has
         * @param maps     if features come from maps [C, H, W] and lie in the order [H, W, C], these
         */
        Result(
                String name,
                Shape shape,
                ElementType type,
                String scaledAs,
                Optional<Shape> maps,
                boolean isNeverNegative) {
            this.name = name;
            this.shape = shape;
            this.type = type;
            this.scaledAs = scaledAs;
            this.maps = maps;
            this.isNeverNegative = isNeverNegative;
        }

        ElementType type() {
            return type;
        }

        String scaledAs() {
            return scaledAs;
        }

        Optional<Shape> maps() {
            return maps;
        }

        boolean isNeverNegative() {
            return isNeverNegative;
        }

        private Result at(int tensor) {
            if (type == ElementType.INT8) whole = tensor;
            else floats = tensor;
            return this;
        }
    }

    private final TfliteGraph graph;
    private final Optional<WholeNumbers> numbers;
    private final Map<String, Result> byName = new HashMap<>();
    private final Map<String, ActivationScale> fixedScales = new HashMap<>();

    Results(TfliteGraph graph, Optional<WholeNumbers> numbers) {
        this.graph = graph;
        this.numbers = numbers;
    }

    /** Returns the axes of a tensor, without N. */
    static int[] axes(Shape shape) {
        if (shape.rank() == 1) return shape.sizes();
        return new int[] {shape.size(1), shape.size(2), shape.size(0)};
    }

    /** Notes the tensor that the picture is. In a file of whole numbers it becomes such before anything else. */
    void picture(Shape shape, int tensor) {
        String name = Network.INPUT;
        Result picture = new Result(name, shape, ElementType.FLOAT32, name, Optional.empty(), false);
        put(name, picture, tensor);
        if (numbers.isEmpty()) return;
        int whole = as(picture, ElementType.INT8);
        put(name, new Result(name, shape, ElementType.INT8, name, Optional.empty(), false), whole);
        byName.get(name).floats = tensor; // exact for whoever needs floats
    }

    /** Notes the tensor that a layer's result is. */
    void put(String name, Result result, int tensor) {
        byName.put(name, result.at(tensor));
    }

    /** Gives a result a second name, for a layer that changes nothing. */
    void alias(String name, String other) {
        byName.put(name, byName.get(other));
    }

    /** Fixes a scale that the operator demands. */
    void fix(String name, ActivationScale scale) {
        fixedScales.put(name, scale);
    }

    Result of(String name) {
        return byName.get(name);
    }

    /** Returns a layer's result as a tensor, features in the order in which the network means them. */
    int read(String name, ElementType type) {
        return as(plain(byName.get(name)), type);
    }

    /** Returns a layer's result as a tensor, features in the order in which they lie. */
    int readAsItLies(String name, ElementType type) {
        return as(byName.get(name), type);
    }

    /** Returns how the whole numbers of a layer's results are meant. */
    Optional<TfliteGraph.Scale> scale(String scaledAs, ElementType type) {
        if (type != ElementType.INT8) return Optional.empty();
        ActivationScale scale = fixedScales.get(scaledAs);
        if (scale == null) scale = numbers.orElseThrow().results().get(scaledAs);
        if (scale == null) {
            String what = scaledAs.equals(Network.INPUT) ? "the picture" : "\"" + scaledAs + "\"";
            throw new IllegalArgumentException("No scale is given for the results of " + what);
        }
        return Optional.of(new TfliteGraph.Scale(new float[] {scale.scale()}, scale.zeroPoint() - SHIFT, 0));
    }

    private int as(Result result, ElementType type) {
        int[] axes = axes(result.shape);
        if (type == ElementType.INT8) {
            if (result.whole == NONE) {
                result.whole = graph.tensor(result.name + "/whole", type, axes, scale(result.scaledAs, type));
                graph.operator(Operator.QUANTIZE, 1, Options.NONE, new int[] {result.floats}, result.whole);
            }
            return result.whole;
        }
        if (result.floats == NONE) {
            result.floats = graph.tensor(result.name + "/floats", type, axes, Optional.empty());
            graph.operator(Operator.DEQUANTIZE, 2, Options.NONE, new int[] {result.whole}, result.floats);
        }
        return result.floats;
    }

    /** Puts features from the order [H, W, C] of maps into the order [C, H, W]. */
    private Result plain(Result result) {
        if (result.maps.isEmpty()) return result;
        Shape maps = result.maps.get();
        ElementType type = result.type;
        Optional<TfliteGraph.Scale> scale = scale(result.scaledAs, type);
        int[] axes = axes(maps);
        int standing = graph.tensor(result.name + "/maps", type, axes, scale);
        reshape(as(result, type), axes, standing);
        int turned = graph.tensor(result.name + "/turned", type, maps.sizes(), scale);
        int order = graph.integers(result.name + "/order", new int[] {4}, 0, 3, 1, 2);
        int version = type == ElementType.INT8 ? 2 : 1;
        graph.operator(Operator.TRANSPOSE, version, Options.NONE, new int[] {standing, order}, turned);
        int lying = graph.tensor(result.name + "/features", type, axes(result.shape), scale);
        reshape(turned, axes(result.shape), lying);
        Result plain =
                new Result(result.name, result.shape, type, result.scaledAs, Optional.empty(), result.isNeverNegative);
        byName.replaceAll((_, each) -> each == result ? plain : each);
        return plain.at(lying);
    }

    /** Adds the operator that gives a tensor other axes, of which N stays free. */
    void reshape(int from, int[] axes, int to) {
        int[] all = new int[axes.length + 1];
        all[0] = -1;
        System.arraycopy(axes, 0, all, 1, axes.length);
        int shape = graph.integers("shape", new int[] {all.length}, all);
        graph.operator(Operator.RESHAPE, 1, Options.NONE, new int[] {from, shape}, to);
    }
}
