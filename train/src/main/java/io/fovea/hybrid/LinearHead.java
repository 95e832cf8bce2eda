package io.fovea.hybrid;

import io.fovea.product.RowProduct;
import io.fovea.thread.Workers;
import java.util.Arrays;

/**
 * A linear map of features to outputs: y = weight·x + bias.
 *
 * @param weight [outputs, D], features in the order [PH, PW, OC₂]
 * @param bias   [outputs]
 */
record LinearHead(float[] weight, float[] bias) {

    int outputs() {
        return bias.length;
    }

    int features() {
        return weight.length / bias.length;
    }

    /** Returns y [N, outputs] for features [N, D]. */
    float[] outputs(float[] features, int count, Workers workers) {
        float[] y = new float[count * outputs()];
        new RowProduct(weight, bias).multiply(features, count, y, 0, workers);
        return y;
    }

    /** Returns the head of the first outputs alone. */
    LinearHead first(int count) {
        return new LinearHead(Arrays.copyOf(weight, count * features()), Arrays.copyOf(bias, count));
    }
}
