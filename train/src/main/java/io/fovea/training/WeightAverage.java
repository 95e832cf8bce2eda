package io.fovea.training;

import io.fovea.module.ParameterVector;
import io.fovea.module.TrainableModule;
import io.fovea.network.LayerRates;
import io.fovea.optimize.Averaging;
import io.fovea.thread.Workers;
import io.fovea.weights.Weights;
import java.util.List;

/** The mean weights of a run under way: trained parameters and buffers. */
final class WeightAverage {

    private static final int GRAIN = 4096;

    private final Averaging.Exponential rule;
    private final TrainableModule module;
    private final ParameterVector vector;
    private final float[] parameters; // [P']
    private float[] buffers;

    /** Starts from the module's weights. */
    WeightAverage(Averaging.Exponential rule, TrainableModule module, LayerRates rates) {
        this.rule = rule;
        this.module = module;
        vector = new ParameterVector(module.network(), rates);
        parameters = new float[module.trained()];
        System.arraycopy(module.parameters(), 0, parameters, 0, parameters.length);
        buffers = module.buffers();
    }

    /** Takes in the module's weights after step {@code t}, counted from 1. */
    void add(long t, Workers workers) {
        float share = (float) (1 - rule.decay(t));
        float[] latest = module.parameters();
        workers.ranges(parameters.length, GRAIN, (from, to) -> {
            for (int i = from; i < to; i++) parameters[i] += share * (latest[i] - parameters[i]);
        });
        float[] latestBuffers = module.buffers();
        for (int i = 0; i < buffers.length; i++) buffers[i] += share * (latestBuffers[i] - buffers[i]);
    }

    /** Returns a copy under the tensors' names, frozen parameters as they are. */
    Weights weights() {
        float[] all = module.parameters().clone();
        System.arraycopy(parameters, 0, all, 0, parameters.length);
        return vector.weights(all, buffers);
    }

    /** Returns what a checkpoint keeps, live. */
    List<float[]> memory() {
        return List.of(parameters, buffers);
    }

    /** Takes over what a checkpoint kept. */
    void restore(List<float[]> memory) {
        if (memory.size() != 2
                || memory.getFirst().length != parameters.length
                || memory.getLast().length != buffers.length) {
            throw new IllegalArgumentException("The state is not of this network's average");
        }
        System.arraycopy(memory.getFirst(), 0, parameters, 0, parameters.length);
        buffers = memory.getLast().clone();
    }
}
