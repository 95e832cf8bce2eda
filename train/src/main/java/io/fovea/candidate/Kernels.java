package io.fovea.candidate;

import java.util.Arrays;

/**
 * The filters of the two convolutions; all that evolution changes.
 *
 * @param firstWeight  [OC₁, C, 3, 3]
 * @param firstBias    [OC₁]
 * @param secondWeight [OC₂, OC₁, 3, 3]
 * @param secondBias   [OC₂]
 */
public record Kernels(float[] firstWeight, float[] firstBias, float[] secondWeight, float[] secondBias) {

    /** Returns a copy that shares nothing. */
    public Kernels copy() {
        return new Kernels(firstWeight.clone(), firstBias.clone(), secondWeight.clone(), secondBias.clone());
    }

    /** Returns a number that other kernels are unlikely to have. */
    public int checksum() {
        return Arrays.deepHashCode(new float[][] {firstWeight, firstBias, secondWeight, secondBias});
    }

    /** Returns how many numbers there are: 18,816 for grey pictures and 32 and 64 filters. */
    public int count() {
        return firstWeight.length + firstBias.length + secondWeight.length + secondBias.length;
    }
}
