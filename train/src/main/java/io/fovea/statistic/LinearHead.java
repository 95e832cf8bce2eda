package io.fovea.statistic;

import io.fovea.product.RowProduct;
import io.fovea.thread.Workers;
import java.util.Arrays;

/**
 * A linear map of features to outputs: y = weight·x + bias.
 *
 * @param weight [outputs, D]
 * @param bias   [outputs]
 */
public record LinearHead(float[] weight, float[] bias) {

    /** Returns how many outputs it has. */
    public int outputs() {
        return bias.length;
    }

    /** Returns D. */
    public int features() {
        return weight.length / bias.length;
    }

    /** Returns y [N, outputs] for features [N, D]. */
    public float[] outputs(float[] features, int count, Workers workers) {
        float[] y = new float[count * outputs()];
        new RowProduct(weight, bias).multiply(features, count, y, 0, workers);
        return y;
    }

    /** Returns the head of the first outputs alone. */
    public LinearHead first(int count) {
        return new LinearHead(Arrays.copyOf(weight, count * features()), Arrays.copyOf(bias, count));
    }
}
