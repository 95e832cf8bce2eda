package io.fovea.profile;

import io.fovea.network.ActivationFunction;
import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.NetworkBuilder;
import io.fovea.network.Padding;
import io.fovea.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A computation that networks are built of, in one size.
 *
 * @param kind     what is computed
 * @param channels in and out; of a dense layer its features
 * @param size     height and width of what it gives; of a dense layer 1
 */
record Block(Kind kind, int channels, int size) {

    /** What a block computes. */
    enum Kind {
        /** Convolution 1x1 with ReLU, C → C. */
        CONVOLUTION_1,
        /** Convolution 3x3 with ReLU, C → C. */
        CONVOLUTION_3,
        /** Convolution 5x5 with ReLU, C → C. */
        CONVOLUTION_5,
        /** Convolution 3x3 of each channel by itself, with ReLU. */
        DEPTHWISE,
        /** Convolution 3x3 of three channels with stride 2, as networks for photographs begin. */
        STEM_3,
        /** Convolution 7x7 likewise. */
        STEM_7,
        /** Dense layer with ReLU, D → D. */
        DENSE,
        /** Max pooling of 3x3, stride 1. */
        POOLING,
        /** Sum of two maps, for all that reads and writes values and hardly computes. */
        ADD,
        /** SiLU, for all functions of a value with an exponential. */
        SMOOTH,
        /** Local response normalisation over 5 channels. */
        RESPONSE_NORM;

        /** Returns the word in files. */
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        boolean isWhole() {
            return this != SMOOTH && this != RESPONSE_NORM;
        }
    }

    /** Bounds of the grid: blocks that take too long on a small board, or too much of its memory. */
    private static final long MOST_OPERATIONS = 220_000_000;

    private static final long MOST_VALUES = 1_700_000;

    /** Returns all that a profile holds. */
    static List<Block> grid() {
        List<Block> grid = new ArrayList<>();
        int[] sizes = {7, 14, 28, 56, 112};
        add(grid, Kind.CONVOLUTION_1, new int[] {16, 64, 256, 1024}, sizes);
        add(grid, Kind.CONVOLUTION_3, new int[] {16, 64, 256, 512}, sizes);
        add(grid, Kind.CONVOLUTION_5, new int[] {16, 64}, new int[] {7, 14, 28});
        add(grid, Kind.DEPTHWISE, new int[] {32, 128, 512}, sizes);
        add(grid, Kind.STEM_3, new int[] {32, 64}, new int[] {16, 112});
        add(grid, Kind.STEM_7, new int[] {64}, new int[] {16, 112});
        add(grid, Kind.DENSE, new int[] {64, 256, 1024, 2048}, new int[] {1});
        add(grid, Kind.POOLING, new int[] {16, 64}, new int[] {14, 56, 112});
        add(grid, Kind.ADD, new int[] {64}, new int[] {7, 28, 56, 112});
        add(grid, Kind.SMOOTH, new int[] {64}, new int[] {7, 28, 56});
        add(grid, Kind.RESPONSE_NORM, new int[] {64}, new int[] {28, 56});
        return grid;
    }

    private static void add(List<Block> grid, Kind kind, int[] channels, int[] sizes) {
        for (int count : channels) {
            for (int size : sizes) {
                Block block = new Block(kind, count, size);
                if (block.operations() <= MOST_OPERATIONS && (long) count * size * size <= MOST_VALUES) grid.add(block);
            }
        }
    }

    /** Returns what is counted of it: multiply-accumulates, values read by windows, or values given. */
    long operations() {
        long area = (long) size * size;
        long each =
                switch (kind) {
                    case CONVOLUTION_1 -> (long) channels * channels;
                    case CONVOLUTION_3 -> 9L * channels * channels;
                    case CONVOLUTION_5 -> 25L * channels * channels;
                    case DEPTHWISE, POOLING -> 9L * channels;
                    case STEM_3 -> 27L * channels;
                    case STEM_7 -> 147L * channels;
                    case DENSE -> (long) channels * channels;
                    case ADD, SMOOTH, RESPONSE_NORM -> channels;
                };
        return area * each;
    }

    /** Whether blocks of it follow one another; else there is one or none. */
    private boolean isChained() {
        return kind != Kind.STEM_3 && kind != Kind.STEM_7;
    }

    /** Returns how many there are in the shorter of two networks. */
    int shorter() {
        return isChained() ? 1 : 0;
    }

    /** Returns how many there are in the longer. */
    int longer() {
        return isChained() ? 4 : 1;
    }

    /** Returns a network of so many that ends as a classifier does. */
    Network chain(int length) {
        NetworkBuilder builder = new NetworkBuilder(kind.word(), input());
        if (kind == Kind.DENSE) builder.then("rows", new Layer.Flatten());
        // what is added needs a layer before it that is not the picture, and of whole numbers one with a range
        if (kind == Kind.ADD || kind == Kind.POOLING || kind == Kind.SMOOTH || kind == Kind.RESPONSE_NORM)
            builder.then("first", depthwise());
        for (int i = 0; i < length; i++) add(builder, "block" + i, i == 0 ? "first" : "block" + (i - 1));
        if (kind != Kind.DENSE) {
            builder.then("mean", new Layer.GlobalAveragePooling());
            builder.then("rows", new Layer.Flatten());
        }
        return builder.network();
    }

    private Shape input() {
        return switch (kind) {
            case DENSE -> new Shape(channels, 1, 1);
            case STEM_3, STEM_7 -> new Shape(3, 2 * size, 2 * size);
            default -> new Shape(channels, size, size);
        };
    }

    private void add(NetworkBuilder builder, String name, String before) {
        switch (kind) {
            case CONVOLUTION_1 -> rectified(builder, name, square(1, 1));
            case CONVOLUTION_3 -> rectified(builder, name, square(3, 1));
            case CONVOLUTION_5 -> rectified(builder, name, square(5, 1));
            case STEM_3 -> rectified(builder, name, square(3, 2));
            case STEM_7 -> rectified(builder, name, square(7, 2));
            case DEPTHWISE -> rectified(builder, name, depthwise());
            case DENSE -> rectified(builder, name, new Layer.Dense(channels, Layer.Bias.WITH));
            case POOLING -> builder.then(name, new Layer.MaxPooling(3, 1, 1, Layer.Rounding.FLOOR));
            case ADD -> builder.then(name, new Layer.Add(), List.of(before, "first"));
            case SMOOTH -> builder.then(name, new Layer.Activation(ActivationFunction.SILU));
            case RESPONSE_NORM -> builder.then(name, new Layer.LocalResponseNorm(5, 1e-4, 0.75, 1));
        }
    }

    private static void rectified(NetworkBuilder builder, String name, Layer layer) {
        builder.then(name, layer);
        builder.then(name + "relu", Layer.Activation.RELU);
    }

    private Layer square(int kernel, int stride) {
        return Layer.Convolution.square(channels, kernel, stride, kernel / 2, Layer.Bias.WITH);
    }

    private Layer depthwise() {
        return new Layer.Convolution(channels, 3, 3, 1, Padding.all(1), 1, channels, Layer.Bias.WITH);
    }
}
