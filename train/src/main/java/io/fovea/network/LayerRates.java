package io.fovea.network;

import java.util.List;
import java.util.Objects;

/**
 * How fast each layer learns beside the base learning rate. Factor 0 freezes a layer: its weights stay, and a batch norm keeps
 * and uses its running statistics.
 *
 * @param rates the first whose prefix fits a layer's name counts; layers that none fits have factor 1
 */
public record LayerRates(List<LayerRate> rates) {

    /** Every layer at the base rate. */
    public static final LayerRates ALL = new LayerRates(List.of());

    /**
     * A factor for some layers.
     *
     * @param prefix the layer's name, or its beginning before a dot: {@code layer4} fits {@code layer4} and {@code layer4.0.conv1}; {@code *}
     *               fits every layer
     * @param factor at least 0
     */
    public record LayerRate(String prefix, double factor) {
        /** Checks. */
        public LayerRate {
            if (Objects.requireNonNull(prefix, "prefix").isBlank()) {
                throw new IllegalArgumentException("A layer rate needs a prefix");
            }
            if (!(factor >= 0) || Double.isInfinite(factor)) {
                throw new IllegalArgumentException("factor must be at least 0: " + factor);
            }
        }

        /** Returns whether it is for that layer. */
        public boolean fits(String layer) {
            return prefix.equals("*") || layer.equals(prefix) || layer.startsWith(prefix + ".");
        }
    }

    /** Copies. */
    public LayerRates {
        rates = List.copyOf(rates);
    }

    /** Returns the factor of a layer. */
    public double factor(String layer) {
        for (LayerRate rate : rates) if (rate.fits(layer)) return rate.factor();
        return 1;
    }

    /** Returns rates whose factors are these times those of others; the prefixes here must be layers, or fit what is frozen anyway. */
    public LayerRates times(LayerRates others) {
        return new LayerRates(rates.stream()
                .map(rate -> new LayerRate(
                        rate.prefix(), rate.factor() == 0 ? 0 : rate.factor() * others.factor(rate.prefix())))
                .toList());
    }

    /** Whether a layer's weights and statistics stay as they are. */
    public boolean isFrozen(String layer) {
        return factor(layer) == 0;
    }
}
