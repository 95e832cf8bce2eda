package io.fovea.module;

import io.fovea.batch.Batch;

/** What tests look at inside of a step: outputs in training, and the gradients that a gradient by the outputs gives. */
public final class GradientCheck {

    private GradientCheck() {}

    /** Returns [N, K], with auxiliary outputs [(A + 1) · N, K], as dropout and batch norm make them in training. */
    public static float[] outputs(TrainableModule module, Batch batch, long seed) {
        return module.forward(new ModuleInput.Pictures(batch), Mode.TRAINING, seed);
    }

    /** Returns the gradients by the parameters, a copy; the outputs must have been asked for before. */
    public static float[] gradients(TrainableModule module, float[] outputGradient) {
        module.backward(outputGradient);
        return module.lastGradients();
    }

    /** Changes one trained parameter. */
    public static void set(TrainableModule module, int parameter, float value) {
        module.parameters()[parameter] = value;
        module.parametersChanged();
    }

    /** Returns one parameter. */
    public static float get(TrainableModule module, int parameter) {
        return module.parameters()[parameter];
    }
}
