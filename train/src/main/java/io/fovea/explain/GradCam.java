package io.fovea.explain;

import io.fovea.module.LayerProbe;
import io.fovea.network.Shape;

/**
 * Grad-CAM: a layer's maps, each weighed by the mean of the score's gradient over it.
 *
 * <p>Formula: L = max(0, Σ α[c]·A[c]), α[c] = 1/(H·W) · Σ ∂s/∂A[c, i, j]. Of a target's value, to which places may add or from which they may take,
 * the sum stays as it is.
 *
 * <p>Symbols: A the maps [C, H, W], s the score, L the heat map [H, W]. Source: Selvaraju et al. 2017, arXiv:1610.02391, equations 1 and 2.
 */
final class GradCam {

    private GradCam() {}

    /** Returns L. */
    static float[] of(LayerProbe.Sensitivity sensitivity, Shape maps, boolean isSigned) {
        int area = maps.size(1) * maps.size(2);
        double[] sums = new double[area];
        for (int c = 0; c < maps.size(0); c++) {
            double weight = 0;
            for (int i = 0; i < area; i++) weight += sensitivity.gradient()[c * area + i];
            weight /= area;
            for (int i = 0; i < area; i++) sums[i] += weight * sensitivity.activation()[c * area + i];
        }
        float[] heat = new float[area];
        for (int i = 0; i < area; i++) heat[i] = (float) (isSigned ? sums[i] : Math.max(0, sums[i]));
        return heat;
    }
}
