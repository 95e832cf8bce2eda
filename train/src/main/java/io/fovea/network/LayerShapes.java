package io.fovea.network;

import io.fovea.network.Layer.Rounding;
import java.util.List;
import java.util.stream.Collectors;

/** What each layer makes of the shapes it reads, and at what cost. */
final class LayerShapes {

    private LayerShapes() {}

    /** Returns the shape that a layer gives, or says why it cannot read its inputs. */
    static Shape output(String name, Layer layer, List<Shape> inputs) throws Misfit {
        Shape input = inputs.getFirst();
        return switch (layer) {
            case Layer.Convolution convolution -> convolution(name, convolution, maps(name, layer, inputs));
            case Layer.MaxPooling pooling ->
                pooling(
                        name,
                        layer,
                        maps(name, layer, inputs),
                        pooling.kernelSize(),
                        pooling.stride(),
                        pooling.padding(),
                        pooling.rounding());
            case Layer.AveragePooling pooling ->
                pooling(
                        name,
                        layer,
                        maps(name, layer, inputs),
                        pooling.kernelSize(),
                        pooling.stride(),
                        pooling.padding(),
                        pooling.rounding());
            case Layer.AdaptiveAveragePooling pooling ->
                new Shape(maps(name, layer, inputs).size(0), pooling.height(), pooling.width());
            case Layer.GlobalAveragePooling _, Layer.GlobalMaxPooling _ ->
                new Shape(maps(name, layer, inputs).size(0), 1, 1);
            case Layer.LocalResponseNorm _ -> maps(name, layer, inputs);
            case Layer.Dense dense -> {
                features(name, layer, inputs);
                yield new Shape(dense.outputs());
            }
            case Layer.NearestNeighbours neighbours -> {
                features(name, layer, inputs);
                yield new Shape(neighbours.outputs());
            }
            case Layer.IdentityShortcut shortcut -> shortcut(name, shortcut, maps(name, layer, inputs));
            case Layer.Flatten _ -> {
                single(name, layer, inputs);
                yield new Shape(bounded(name, input.count()));
            }
            case Layer.Activation _, Layer.Dropout _, Layer.BatchNorm _, Layer.Scale _ -> single(name, layer, inputs);
            case Layer.Softmax _ -> single(name, layer, inputs);
            case Layer.Add _ -> add(name, inputs);
            case Layer.Multiply _ -> multiply(name, inputs);
            case Layer.Upsample upsample -> upsample(name, upsample, maps(name, layer, inputs));
            case Layer.Concat _ -> concat(name, inputs);
        };
    }

    /** Returns the multiply-accumulates of a layer for one picture; those of convolutions, dense layers and nearest neighbours count. */
    static long macs(Layer layer, Shape input, Shape output) {
        return switch (layer) {
            case Layer.Convolution convolution ->
                output.count()
                        * (input.size(0) / convolution.groups())
                        * convolution.kernelHeight()
                        * convolution.kernelWidth();
            case Layer.Dense dense -> (long) dense.outputs() * input.size(0);
            case Layer.NearestNeighbours neighbours -> (long) neighbours.references() * input.size(0);
            case Layer.MaxPooling _, Layer.AveragePooling _, Layer.AdaptiveAveragePooling _ -> 0;
            case Layer.GlobalAveragePooling _, Layer.GlobalMaxPooling _, Layer.IdentityShortcut _ -> 0;
            case Layer.Activation _, Layer.Dropout _, Layer.BatchNorm _, Layer.LocalResponseNorm _, Layer.Scale _ -> 0;
            case Layer.Flatten _, Layer.Add _, Layer.Multiply _, Layer.Upsample _, Layer.Concat _ -> 0;
            case Layer.Softmax _ -> 0;
        };
    }

    private static Shape convolution(String name, Layer.Convolution layer, Shape input) throws Misfit {
        int channels = input.size(0);
        if (channels % layer.groups() != 0) {
            throw new Misfit(
                    "Layer \"" + name + "\" splits its input into " + layer.groups() + " groups, but gets " + channels
                            + " channels.",
                    "set groups of \"" + name + "\" to a divisor of " + channels);
        }
        long spanHeight = layer.dilation() * (layer.kernelHeight() - 1L) + 1;
        long spanWidth = layer.dilation() * (layer.kernelWidth() - 1L) + 1;
        Padding padding = layer.padding();
        long height = (long) input.size(1) + padding.top() + padding.bottom();
        long width = (long) input.size(2) + padding.left() + padding.right();
        if (spanHeight > height || spanWidth > width) throw tooLarge(name, layer, input, spanHeight, spanWidth);
        return new Shape(
                layer.outputChannels(),
                bounded(name, (height - spanHeight) / layer.stride() + 1),
                bounded(name, (width - spanWidth) / layer.stride() + 1));
    }

    private static Shape pooling(
            String name, Layer layer, Shape input, int kernelSize, int stride, int padding, Rounding rounding)
            throws Misfit {
        int height = pooled(input.size(1), kernelSize, stride, padding, rounding);
        int width = pooled(input.size(2), kernelSize, stride, padding, rounding);
        if (height < 1 || width < 1) throw tooLarge(name, layer, input, kernelSize, kernelSize);
        return new Shape(input.size(0), height, width);
    }

    /** Returns how many windows fit along one axis; below 1 if none does. */
    private static int pooled(int size, int kernelSize, int stride, int padding, Rounding rounding) {
        int room = size + 2 * padding - kernelSize;
        return switch (rounding) {
            case FLOOR -> Math.floorDiv(room, stride) + 1;
            case CEILING -> {
                int windows = Math.ceilDiv(room, stride) + 1;
                boolean lastBeginsOutside = (windows - 1) * stride >= size + padding;
                yield lastBeginsOutside ? windows - 1 : windows;
            }
        };
    }

    private static Shape shortcut(String name, Layer.IdentityShortcut layer, Shape input) throws Misfit {
        if (layer.outputChannels() < input.size(0)) {
            throw new Misfit(
                    "Layer \"" + name + "\" (identity-shortcut) gives " + layer.outputChannels() + " maps but gets "
                            + input.size(0) + ".",
                    "set outputs of \"" + name + "\" to at least " + input.size(0));
        }
        return new Shape(
                layer.outputChannels(),
                Math.ceilDiv(input.size(1), layer.stride()),
                Math.ceilDiv(input.size(2), layer.stride()));
    }

    private static Misfit tooLarge(String name, Layer layer, Shape input, long height, long width) {
        return new Misfit(
                "Layer \"" + name + "\" (" + LayerKind.of(layer).word() + ") slides a window of " + height + "x" + width
                        + ", but its input " + input + " is smaller, even with its padding.",
                "make the window of \"" + name
                        + "\" smaller, add padding, leave out a pooling layer before it, or use larger pictures");
    }

    private static Shape add(String name, List<Shape> inputs) throws Misfit {
        several(name, "add", inputs);
        Shape first = inputs.getFirst();
        if (!inputs.stream().allMatch(first::equals)) {
            throw new Misfit(
                    "Layer \"" + name + "\" (add) expects inputs of one shape but gets " + list(inputs) + ".",
                    "bring the branches to one shape, for example with a 1x1 convolution of the same stride, or use"
                            + " concat");
        }
        return first;
    }

    private static Shape multiply(String name, List<Shape> inputs) throws Misfit {
        if (inputs.size() != 2) {
            throw new Misfit(
                    "Layer \"" + name + "\" (multiply) expects two inputs but gets " + inputs.size() + ".",
                    "name the two layers it reads, for example inputs: [maps, gate]");
        }
        Shape first = inputs.getFirst();
        Shape second = inputs.getLast();
        if (first.equals(second) || isGate(second, first)) return first;
        if (isGate(first, second)) return second;
        throw new Misfit(
                "Layer \"" + name
                        + "\" (multiply) expects two inputs of one shape, or one of them with one pixel per map,"
                        + " but gets " + list(inputs) + ".",
                "bring the two to one shape, for example with a 1x1 convolution, or pool one of them to a pixel");
    }

    /** Whether one shape is a number for each map of the other. */
    private static boolean isGate(Shape gate, Shape maps) {
        return gate.rank() == 3 && maps.rank() == 3 && gate.equals(new Shape(maps.size(0), 1, 1));
    }

    private static Shape upsample(String name, Layer.Upsample layer, Shape input) throws Misfit {
        int height = bounded(name, (long) layer.factor() * input.size(1));
        int width = bounded(name, (long) layer.factor() * input.size(2));
        return new Shape(input.size(0), height, width);
    }

    private static Shape concat(String name, List<Shape> inputs) throws Misfit {
        several(name, "concat", inputs);
        Shape first = inputs.getFirst();
        long channels = 0;
        for (Shape input : inputs) {
            boolean fits = input.rank() == first.rank()
                    && (first.rank() == 1 || (input.size(1) == first.size(1) && input.size(2) == first.size(2)));
            if (!fits) {
                throw new Misfit(
                        "Layer \"" + name + "\" (concat) expects maps of one height and width but gets " + list(inputs)
                                + ".",
                        "give the branches the same strides and paddings");
            }
            channels += input.size(0);
        }
        int[] sizes = first.sizes();
        sizes[0] = bounded(name, channels);
        return new Shape(sizes);
    }

    private static void several(String name, String word, List<Shape> inputs) throws Misfit {
        if (inputs.size() < 2) {
            throw new Misfit(
                    "Layer \"" + name + "\" (" + word + ") expects two or more inputs but gets 1.",
                    "name the layers it reads, for example inputs: [left, right]");
        }
    }

    private static Shape maps(String name, Layer layer, List<Shape> inputs) throws Misfit {
        Shape input = single(name, layer, inputs);
        if (input.rank() != 3) {
            throw new Misfit(
                    "Layer \"" + name + "\" (" + LayerKind.of(layer).word()
                            + ") expects maps [N, C, H, W] but gets features " + input + ".",
                    "move \"" + name + "\" before the flatten layer, or leave it out");
        }
        return input;
    }

    private static Shape features(String name, Layer layer, List<Shape> inputs) throws Misfit {
        Shape input = single(name, layer, inputs);
        if (input.rank() != 1) {
            throw new Misfit(
                    "Layer \"" + name + "\" (" + LayerKind.of(layer).word() + ") expects features [N, D] but gets maps "
                            + input + ".",
                    "put a flatten layer before \"" + name + "\"");
        }
        return input;
    }

    private static Shape single(String name, Layer layer, List<Shape> inputs) throws Misfit {
        if (inputs.size() != 1) {
            throw new Misfit(
                    "Layer \"" + name + "\" (" + LayerKind.of(layer).word() + ") expects 1 input but gets "
                            + inputs.size() + ".",
                    "let \"" + name + "\" read one layer, or join the branches with add or concat before it");
        }
        return inputs.getFirst();
    }

    private static int bounded(String name, long size) throws Misfit {
        if (size > Integer.MAX_VALUE) {
            throw new Misfit(
                    "Layer \"" + name + "\" would give " + size + " values per picture.",
                    "use smaller pictures, or pooling before \"" + name + "\"");
        }
        return (int) size;
    }

    private static String list(List<Shape> shapes) {
        return shapes.stream().map(Shape::toString).collect(Collectors.joining(" and "));
    }
}
