package io.fovea.candidate;

import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.product.PooledConvolution;
import java.util.Locale;

/**
 * The sizes of the two convolutions and what they leave: convolution 3x3, ReLU, 2x2 maximum, twice.
 *
 * @param input         [C, H, W]
 * @param firstFilters  OC₁
 * @param secondFilters OC₂
 */
public record Topology(Shape input, int firstFilters, int secondFilters) {

    /** K: both convolutions have kernels of K x K. */
    public static final int KERNEL_SIZE = 3;

    private static final int TAPS = KERNEL_SIZE * KERNEL_SIZE;
    /** The head inverts a matrix of D x D: 134 MB and a few seconds at this size. */
    private static final int MOST_FEATURES = 4096;

    /**
     * Checks the sizes.
     *
     * @throws Problem if pictures are too small for both layers, or leave more features than the head takes
     */
    public Topology {
        int height = side(input.size(1));
        int width = side(input.size(2));
        if (height < 1 || width < 1) {
            throw new Problem(
                    "Two 3x3 convolutions, each followed by 2x2 pooling, leave nothing of pictures of " + input.size(1)
                            + "x" + input.size(2) + ".",
                    "pictures " + input,
                    "import the dataset with pictures of at least 10x10, for example --size 28");
        }
        if ((long) height * width * secondFilters > MOST_FEATURES) {
            throw new Problem(
                    String.format(
                            Locale.ROOT,
                            "Pictures of %dx%d leave %,d features, but the closed-form head takes at most %,d.",
                            input.size(1),
                            input.size(2),
                            (long) height * width * secondFilters,
                            MOST_FEATURES),
                    "pictures " + input,
                    "import the dataset with pictures of 32x32 (--size 32)");
        }
    }

    private static int side(int length) {
        return ((length - 2) / 2 - 2) / 2;
    }

    /** Returns the first layer, its filters not yet set. */
    public PooledConvolution first() {
        return new PooledConvolution(input.size(1), input.size(2), input.size(0), firstFilters, KERNEL_SIZE);
    }

    /** Returns the second layer, its filters not yet set. */
    public PooledConvolution second() {
        PooledConvolution first = first();
        return new PooledConvolution(
                first.outputHeight(), first.outputWidth(), firstFilters, secondFilters, KERNEL_SIZE);
    }

    /** Returns PH·PW, how many places of a filter's map the head sees. */
    public int places() {
        return side(input.size(1)) * side(input.size(2));
    }

    /** Returns D = PH·PW·OC₂. */
    public int features() {
        return places() * secondFilters;
    }

    /** Returns C·K·K, the weights of a filter of the first layer. */
    public int firstFilterLength() {
        return input.size(0) * TAPS;
    }

    /** Returns OC₁·K·K, the weights of a filter of the second layer. */
    public int secondFilterLength() {
        return firstFilters * TAPS;
    }
}
