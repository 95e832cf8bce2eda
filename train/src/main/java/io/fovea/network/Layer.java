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

    /** Joins the channels of two or more inputs: [C1, H, W], [C2, H, W] … → [C1 + C2 + …, H, W]. */
    record Concat() implements Layer {}

    /** Turns logits into probabilities: exp(x[k]) / Σ exp(x[j]). Shape unchanged; only as the last layer. */
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
