package io.fovea.network;

import java.util.Objects;

/**
 * One kind of computation with its settings; values only, no weights.
 *
 * <p>Shapes leave out N. Parameter names follow torchvision: {@code weight}, {@code bias}, {@code running_mean}, {@code running_var}.
 */
public sealed interface Layer {

    /**
     * Two-dimensional convolution (cross-correlation, as usual in this field), padded with zeros.
     *
     * <p>Shapes: [C, H, W] → [OC, OH, OW], OH = ⌊(H + top + bottom − dilation·(KH − 1) − 1) / stride⌋ + 1, OW likewise.
     * <p>Parameters: weight [OC, C/groups, KH, KW], bias [OC] if {@code bias} is WITH.
     * <p>Cost: OC·OH·OW·(C/groups)·KH·KW multiply-accumulates.
     * <p>Source: Dumoulin and Visin 2016, arXiv:1603.07285.
     */
    record Convolution(
            int outputChannels,
            int kernelHeight,
            int kernelWidth,
            int stride,
            Padding padding,
            int dilation,
            int groups,
            Bias bias)
            implements Layer {
        /** Checks the settings. */
        public Convolution {
            positive("outputChannels", outputChannels);
            positive("kernelHeight", kernelHeight);
            positive("kernelWidth", kernelWidth);
            positive("stride", stride);
            positive("dilation", dilation);
            positive("groups", groups);
            Objects.requireNonNull(padding, "padding");
            Objects.requireNonNull(bias, "bias");
            if (outputChannels % groups != 0) {
                throw new IllegalArgumentException(
                        "outputChannels (=" + outputChannels + ") must be divisible by groups (=" + groups + ")");
            }
        }

        /** A square window that reads every channel, with the same padding all round. */
        public static Convolution square(int outputChannels, int kernelSize, int stride, int padding, Bias bias) {
            return new Convolution(outputChannels, kernelSize, kernelSize, stride, Padding.all(padding), 1, 1, bias);
        }
    }

    /** Whether a layer adds a trained constant per output channel. */
    enum Bias {
        /** It does. */
        WITH,
        /** It does not; usual before a batch norm. */
        WITHOUT
    }

    /** How an output size that is no whole number is rounded. */
    enum Rounding {
        /** Down: windows that would reach over the edge are left out. */
        FLOOR,
        /** Up: windows may reach over the right and lower edge, but must begin inside the picture or its left and upper padding. */
        CEILING
    }

    /** Largest value of each window. Shapes as for the convolution. A tie goes to the first in reading order. */
    record MaxPooling(int kernelSize, int stride, int padding, Rounding rounding) implements Layer {
        /** Checks the settings. */
        public MaxPooling {
            pooling(kernelSize, stride, padding);
            Objects.requireNonNull(rounding, "rounding");
        }
    }

    /** Mean of each window; padding counts as zeros. Shapes as for the convolution. */
    record AveragePooling(int kernelSize, int stride, int padding, Rounding rounding) implements Layer {
        /** Checks the settings. */
        public AveragePooling {
            pooling(kernelSize, stride, padding);
            Objects.requireNonNull(rounding, "rounding");
        }
    }

    /**
     * Means of windows that divide a map of any size into {@code height} rows and {@code width} columns; smaller maps are repeated.
     *
     * <p>Shapes: [C, H, W] → [C, height, width]. Row i is the mean of rows ⌊i·H/height⌋ up to, not including, ⌈(i + 1)·H/height⌉; columns
     * likewise.
     */
    record AdaptiveAveragePooling(int height, int width) implements Layer {
        /** Checks the settings. */
        public AdaptiveAveragePooling {
            positive("height", height);
            positive("width", width);
        }
    }

    /** Mean of each map. Shapes: [C, H, W] → [C, 1, 1]. */
    record GlobalAveragePooling() implements Layer {}

    /** Largest value of each map. Shapes: [C, H, W] → [C, 1, 1]. */
    record GlobalMaxPooling() implements Layer {}

    /**
     * Every output is a weighted sum of every input: y = W·x + b.
     *
     * <p>Shapes: [D] → [outputs]. Parameters: weight [outputs, D], bias [outputs]. Cost: outputs·D multiply-accumulates.
     */
    record Dense(int outputs, Bias bias) implements Layer {
        /** Checks the settings. */
        public Dense {
            positive("outputs", outputs);
            Objects.requireNonNull(bias, "bias");
        }
    }

    /** A function of each value alone; shape unchanged. */
    record Activation(ActivationFunction function) implements Layer {
        /** max(0, x). */
        public static final Activation RELU = new Activation(ActivationFunction.RELU);

        /** min(max(0, x), 6). */
        public static final Activation RELU6 = new Activation(ActivationFunction.RELU6);

        /** Checks the settings. */
        public Activation {
            Objects.requireNonNull(function, "function");
        }
    }

    /** In training sets each value to zero with probability {@code rate} and scales the rest by 1/(1 − rate); in prediction nothing. */
    record Dropout(double rate) implements Layer {
        /** Checks the settings. */
        public Dropout {
            if (!(rate >= 0 && rate < 1))
                throw new IllegalArgumentException("rate must be at least 0 and below 1: " + rate);
        }
    }

    /**
     * Brings each channel to mean 0 and variance 1 over the batch (in prediction: by the running statistics), then scales and shifts.
     *
     * <p>Formula: y = (x − mean) / √(variance + epsilon) · weight + bias; running = (1 − momentum)·running + momentum·batch.
     * <p>Parameters: weight [C], bias [C]; buffers running_mean [C], running_var [C].
     * <p>Source: Ioffe and Szegedy 2015, arXiv:1502.03167.
     */
    record BatchNorm(double epsilon, double momentum) implements Layer {
        /** Checks the settings. */
        public BatchNorm {
            if (!(epsilon > 0)) throw new IllegalArgumentException("epsilon must be above 0: " + epsilon);
            if (!(momentum > 0 && momentum <= 1))
                throw new IllegalArgumentException("momentum must be above 0 and at most 1: " + momentum);
        }
    }

    /**
     * Local response normalisation across channels: b[c] = a[c] / (k + alpha/size · Σ a[j]²)^beta, j over {@code size} (odd) channels around c.
     *
     * <p>Source: Krizhevsky, Sutskever and Hinton 2012, section 3.3.
     */
    record LocalResponseNorm(int size, double alpha, double beta, double k) implements Layer {
        /** Checks the settings. */
        public LocalResponseNorm {
            positive("size", size);
            if (size % 2 == 0)
                throw new IllegalArgumentException("size must be odd, so that the window has a middle: " + size);
            finite("alpha", alpha);
            finite("beta", beta);
            finite("k", k);
        }
    }

    /** Multiplies every value by a constant, as DIGITS' LeNet does with its input. Shape unchanged. */
    record Scale(double factor) implements Layer {
        /** Checks the settings. */
        public Scale {
            finite("factor", factor);
        }
    }

    /** Lays all values of a picture in one row. Shapes: [C, H, W] → [C·H·W]. */
    record Flatten() implements Layer {}

    /** Sum of two or more inputs of one shape. */
    record Add() implements Layer {}

    /**
     * Product of two inputs, value by value; a map of one pixel counts for every place of the other's map.
     *
     * <p>Shapes: [C, H, W] and [C, H, W], or [C, H, W] and [C, 1, 1] in either order → [C, H, W]; features [D] and [D] → [D].
     * <p>Source: the gates of squeeze and excitation, Hu et al. 2018, arXiv:1709.01507, equation 4.
     */
    record Multiply() implements Layer {}

    /** How values between the known ones come about. */
    enum Interpolation {
        /**
         * The weighted mean of the two nearest rows and columns, pixels seen as areas (half-pixel centres): row i of the output lies at
         * (i + ½) / factor − ½ of the input; beyond the outermost centres the outermost values go on.
         */
        BILINEAR,
        /** A repetition of every value: row i of the output is row ⌊i / factor⌋ of the input. */
        NEAREST
    }

    /** Makes maps larger by a whole number. Shapes: [C, H, W] → [C, factor·H, factor·W]. */
    record Upsample(int factor, Interpolation interpolation) implements Layer {
        /** Checks the settings. */
        public Upsample {
            positive("factor", factor);
            Objects.requireNonNull(interpolation, "interpolation");
        }
    }

    /** Joins the channels of two or more inputs: [C1, H, W], [C2, H, W] … → [C1 + C2 + …, H, W]. */
    record Concat() implements Layer {}

    /**
     * A residual block's way past its convolutions where these change the shape, without weights: every {@code stride}-th row and column,
     * and channels of zeros, half of them before and the rest after its input's.
     *
     * <p>Shapes: [C, H, W] → [OC, ⌈H / stride⌉, ⌈W / stride⌉], OC at least C; of OC − C channels of zeros ⌊(OC − C) / 2⌋ come before.
     * <p>Source: He, Zhang, Ren and Sun 2016, arXiv:1512.03385, section 3.3, option A.
     */
    record IdentityShortcut(int stride, int outputChannels) implements Layer {
        /** Checks the settings. */
        public IdentityShortcut {
            positive("stride", stride);
            positive("outputChannels", outputChannels);
        }
    }

    /**
     * Exact k-nearest-neighbour classifier: the k references nearest to the input by Euclidean distance vote for their labels.
     *
     * <p>Shapes: [D] → [outputs]. Buffers: references [R, D], labels [R] with whole numbers from 0 up to, not including, K. Not trained, and
     * no gradient passes.
     * <p>Formula: y[c] = ln((v[c] + {@value #LEAST_VOTE}) / (Σ w[r] + K · {@value #LEAST_VOTE})), v[c] = Σ w[r] over the ranks r = 0 … k − 1
     * whose reference has label c, w[r] = 1 + {@value #RANK_BONUS} · 2^−r. So softmax gives each label its share of the votes to within
     * {@value #RANK_BONUS}, and of labels with equally many votes the one with the nearest reference wins.
     * <p>Ties: of references at equal distance the one with the smaller index counts as nearer.
     * <p>Cost: R·D multiply-accumulates.
     * <p>Symbols: R references, K outputs. Source: Cover and Hart 1967, doi:10.1109/TIT.1967.1053964.
     */
    record NearestNeighbours(int k, int references, int outputs) implements Layer {
        /** What a label without any vote counts, so that its logarithm is finite. */
        public static final double LEAST_VOTE = 1e-6;

        /** By how much the nearest reference's vote counts for more than one; halved with every rank. */
        public static final double RANK_BONUS = 1e-3;

        /** Checks the settings. */
        public NearestNeighbours {
            positive("k", k);
            positive("references", references);
            positive("outputs", outputs);
            if (k > references) {
                throw new IllegalArgumentException(
                        "k (=" + k + ") must be at most the number of references (=" + references + ")");
            }
        }

        /** Returns what the vote of each rank counts, nearest first. */
        public float[] rankWeights() {
            float[] weights = new float[k];
            for (int rank = 0; rank < k; rank++) weights[rank] = (float) (1 + RANK_BONUS * Math.pow(2, -rank));
            return weights;
        }

        /**
         * Returns the logits [K] that the nearest references' votes give, by the formula above.
         *
         * @param labels of at most k references, nearest first
         */
        public float[] logits(int[] labels) {
            float[] weights = rankWeights();
            double[] votes = new double[outputs];
            for (int rank = 0; rank < labels.length; rank++) votes[labels[rank]] += weights[rank];
            float[] logits = new float[outputs];
            double total = totalVotes();
            for (int c = 0; c < outputs; c++) logits[c] = (float) Math.log((votes[c] + LEAST_VOTE) / total);
            return logits;
        }

        /** Returns what the votes of a label are divided by: Σ w[r] + K · {@value #LEAST_VOTE}. */
        public double totalVotes() {
            double total = outputs * LEAST_VOTE;
            for (float weight : rankWeights()) total += weight;
            return total;
        }
    }

    /** Turns logits into probabilities: exp(x[k]) / Σ exp(x[j]), of maps at every place. Shape unchanged; only as the last layer. */
    record Softmax() implements Layer {}

    private static void positive(String name, int value) {
        if (value < 1) throw new IllegalArgumentException(name + " must be at least 1: " + value);
    }

    private static void finite(String name, double value) {
        if (!Double.isFinite(value)) throw new IllegalArgumentException(name + " must be a finite number: " + value);
    }

    private static void pooling(int kernelSize, int stride, int padding) {
        positive("kernelSize", kernelSize);
        positive("stride", stride);
        if (padding < 0 || padding > kernelSize / 2) {
            throw new IllegalArgumentException(
                    "padding must be 0 to half the kernelSize (" + kernelSize / 2 + "): " + padding);
        }
    }
}
