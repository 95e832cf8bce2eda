package io.fovea.transfer;

import io.fovea.optimize.Loss;
import io.fovea.optimize.Targets;

/** A loss whose outputs lie in columns [K, N], as heads compute them. Holds memory for them as rows [N, K]: not for several threads. */
final class HeadLoss {

    private final Loss loss;
    private final Targets targets;
    private final int outputs;
    private final float[] rows; // [N, K]
    private final float[] slopes; // [N, K]

    /** Of N pictures' targets and K outputs. */
    HeadLoss(Loss loss, Targets targets, int count, int outputs) {
        this.loss = loss;
        this.targets = targets;
        this.outputs = outputs;
        rows = new float[count * outputs];
        slopes = new float[count * outputs];
    }

    /** Returns K. */
    int outputs() {
        return outputs;
    }

    /**
     * Returns the mean loss and writes its gradient.
     *
     * @param columns  [K, N]
     * @param gradient [K, N], overwritten
     */
    double at(float[][] columns, float[][] gradient) {
        double mean = at(columns);
        for (int k = 0; k < outputs; k++)
            for (int n = 0; n < gradient[k].length; n++) gradient[k][n] = slopes[n * outputs + k];
        return mean;
    }

    /** Returns the mean loss of outputs [K, N]. */
    double at(float[][] columns) {
        for (int k = 0; k < outputs; k++)
            for (int n = 0; n < columns[k].length; n++) rows[n * outputs + k] = columns[k][n];
        return loss.of(rows, targets, rows.length / outputs, outputs, slopes).mean();
    }
}
