package io.fovea.module;

import io.fovea.optimize.Averaging;
import io.fovea.thread.Workers;
import java.util.List;

/** The mean weights of a training under way: trained parameters and buffers. */
final class WeightAverage {

    private static final int GRAIN = 4096;

    private final Averaging.Exponential rule;
    private final float[] parameters; // [P']
    private final float[] buffers;

    /** Starts from weights, of which the first {@code trained} parameters change. */
    WeightAverage(Averaging.Exponential rule, float[] parameters, int trained, float[] buffers) {
        this.rule = rule;
        this.parameters = new float[trained];
        System.arraycopy(parameters, 0, this.parameters, 0, trained);
        this.buffers = buffers.clone();
    }

    /** Takes in the weights after step {@code t}, counted from 1. */
    void add(long t, float[] latest, float[] latestBuffers, Workers workers) {
        float share = (float) (1 - rule.decay(t));
        workers.ranges(parameters.length, GRAIN, (from, to) -> {
            for (int i = from; i < to; i++) parameters[i] += share * (latest[i] - parameters[i]);
        });
        for (int i = 0; i < buffers.length; i++) buffers[i] += share * (latestBuffers[i] - buffers[i]);
    }

    /** Returns all parameters, frozen ones as they are. */
    float[] parameters(float[] latest) {
        float[] all = latest.clone();
        System.arraycopy(parameters, 0, all, 0, parameters.length);
        return all;
    }

    /** Returns the mean buffers, live. */
    float[] buffers() {
        return buffers;
    }

    /** Returns all that is needed to go on, live. */
    List<float[]> memory() {
        return List.of(parameters, buffers);
    }

    /** Goes on from {@link #memory}. */
    void restore(List<float[]> memory) {
        if (memory.size() != 2
                || memory.getFirst().length != parameters.length
                || memory.getLast().length != buffers.length) {
            throw new IllegalArgumentException("The state is not of this network's average");
        }
        System.arraycopy(memory.getFirst(), 0, parameters, 0, parameters.length);
        System.arraycopy(memory.getLast(), 0, buffers, 0, buffers.length);
    }
}
