package io.fovea.tensorboard;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a point of a run can hold.
 *
 * <p>A tag names a chart; slashes in it make groups ({@code weights/conv1}). One tag holds values of one kind only, and one value per step.
 *
 * <p>Scalars, histograms and pictures are written in the fields that every TensorBoard since the first knows
 * ({@code simple_value}, {@code histo}, {@code image}); newer ones turn them into their tensors while they read.
 */
public sealed interface Value {

    /**
     * A number on a curve.
     *
     * @param tag   of the chart
     * @param value NaN and infinity are allowed: the page marks such points
     */
    record Scalar(String tag, double value) implements Value {
        /** Checks the tag. */
        public Scalar {
            check(tag);
        }
    }

    /**
     * A distribution at one step.
     *
     * @param tag       of the chart
     * @param histogram left out of the file if it counts nothing
     */
    record Distribution(String tag, Histogram histogram) implements Value {
        /** Checks the tag. */
        public Distribution {
            check(tag);
            Objects.requireNonNull(histogram, "histogram");
        }
    }

    /**
     * A picture.
     *
     * @param tag    under which it is shown
     * @param width  in pixels
     * @param height in pixels
     * @param png    the encoded file; nobody changes it afterwards
     */
    record Picture(String tag, int width, int height, byte[] png) implements Value {
        /** Checks tag and size. */
        public Picture {
            check(tag);
            if (width < 1 || height < 1) {
                throw new IllegalArgumentException("width and height must be at least 1: " + width + " x " + height);
            }
        }
    }

    /**
     * What a run was started with, for the page of hyper-parameters.
     *
     * @param hyperparameters name → {@link Number}, {@link Boolean} or {@link String}, in their order
     * @param at              when the run started
     */
    record SessionStart(Map<String, Object> hyperparameters, Instant at) implements Value {
        /** Checks the kinds of the values. */
        public SessionStart {
            hyperparameters = new LinkedHashMap<>(hyperparameters);
            hyperparameters.forEach((name, value) -> {
                if (!(value instanceof Number || value instanceof Boolean || value instanceof String)) {
                    throw new IllegalArgumentException(
                            "Hyper-parameter \"" + name + "\": expected a number, boolean or string, found " + value);
                }
            });
            Objects.requireNonNull(at, "at");
        }
    }

    /**
     * How a run ended, for the page of hyper-parameters.
     *
     * @param outcome success or failure
     * @param at      when
     */
    record SessionEnd(Outcome outcome, Instant at) implements Value {
        /** Checks that both are there. */
        public SessionEnd {
            Objects.requireNonNull(outcome, "outcome");
            Objects.requireNonNull(at, "at");
        }
    }

    /** How a run ended. */
    enum Outcome {
        /** As planned. */
        SUCCESS,
        /** By an error. */
        FAILURE
    }

    private static void check(String tag) {
        if (tag.isBlank()) throw new IllegalArgumentException("A tag must not be blank");
    }
}
