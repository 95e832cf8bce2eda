package io.fovea.module;

import io.fovea.optimize.Counting;
import io.fovea.optimize.Targets;

/** For steps of which the loss alone matters. */
enum NothingCounted implements Counting {
    NOTHING;

    @Override
    public int counts() {
        return 0;
    }

    @Override
    public void count(float[] outputs, Targets wanted, int size, double[] counts) {}
}
