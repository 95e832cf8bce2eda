package io.fovea.drift;

import java.util.List;

/**
 * The population stability index of counts in the same B bins: how far shares have moved.
 *
 * <p>Formula: PSI = Σ (p − q) · ln(p / q) over the bins, with q = (m + ½) / (M + B/2) the share of reference pictures in a bin and
 * p = (n + ½) / (N + B/2) that of the latest; the halves keep an empty bin from making it infinite. It is 0 where nothing moved; by custom up to
 * 0.1 is little, from 0.25 much.
 *
 * <p>Symbols: m and n counts in a bin, M and N counts of all pictures.
 *
 * <p>Source: Siddiqi 2006, "Credit Risk Scorecards", chapter 9. It is the symmetric divergence of Jeffreys 1946. By chance: Yurdakul 2018,
 * "Statistical Properties of Population Stability Index", which shows that PSI / (1/N + 1/M) is distributed as χ² with B − 1 degrees of freedom
 * where nothing has changed.
 *
 * @param value    the index
 * @param byChance its mean where nothing has changed, for so few pictures: (B − 1) · (1/N + 1/M). Where this is not small beside the
 *                 index, there are too few pictures to tell
 */
public record StabilityIndex(double value, double byChance) {

    /** Returns that of counts; both are of 1 picture at least. */
    static StabilityIndex of(List<Long> reference, long[] latest) {
        int bins = latest.length;
        double referencePictures = 0;
        double latestPictures = 0;
        for (int i = 0; i < bins; i++) {
            referencePictures += reference.get(i);
            latestPictures += latest[i];
        }
        double value = 0;
        for (int i = 0; i < bins; i++) {
            double q = (reference.get(i) + 0.5) / (referencePictures + bins / 2.0);
            double p = (latest[i] + 0.5) / (latestPictures + bins / 2.0);
            value += (p - q) * Math.log(p / q);
        }
        return new StabilityIndex(value, (bins - 1) * (1 / latestPictures + 1 / referencePictures));
    }
}
