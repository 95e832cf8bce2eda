package io.fovea.optimize;

import java.util.List;
import java.util.stream.IntStream;

/**
 * An optimizer at work: the numbers it remembers per parameter, and the number of steps taken.
 *
 * <p>A step may be done in ranges by several threads, as each parameter's change depends on that parameter alone.
 */
public final class Optimization {

    private final Optimizer optimizer;
    private final Regularisation regularisation;
    private final List<ParameterRange> ranges;
    private final float[][] slots;
    private long step;

    /** Starts with everything remembered at zero, for P parameters at the same rate. */
    public Optimization(Optimizer optimizer, Regularisation regularisation, int parameters) {
        this(optimizer, regularisation, List.of(new ParameterRange(0, Math.max(1, parameters), 1)), parameters);
    }

    /**
     * Starts with everything remembered at zero.
     *
     * @param ranges     rising, apart from each other; parameters outside of them stay as they are
     * @param parameters P, of which no range goes beyond
     */
    public Optimization(
            Optimizer optimizer, Regularisation regularisation, List<ParameterRange> ranges, int parameters) {
        this.optimizer = optimizer;
        this.regularisation = regularisation;
        this.ranges = List.copyOf(ranges);
        this.slots = new float[optimizer.slots()][parameters];
    }

    /** Counts a new step; call once before its ranges. */
    public void beginStep() {
        step++;
    }

    /** Returns the number of steps begun. */
    public long steps() {
        return step;
    }

    /** Returns the remembered numbers, live: {@link Optimizer#slots()} arrays of [P]. */
    public List<float[]> memory() {
        return List.of(slots);
    }

    /** Takes over the state of an earlier run. */
    public void restore(long steps, List<float[]> memory) {
        if (memory.size() != slots.length
                || IntStream.range(0, slots.length).anyMatch(i -> memory.get(i).length != slots[i].length)) {
            throw new IllegalArgumentException("The state is not of this optimizer: " + optimizer);
        }
        step = steps;
        for (int i = 0; i < slots.length; i++) System.arraycopy(memory.get(i), 0, slots[i], 0, slots[i].length);
    }

    /** Changes the parameters {@code from} (inclusive) to {@code to} (exclusive) by the current step, each at its range's rate. */
    public void update(float[] parameters, float[] gradients, double learningRate, int from, int to) {
        for (ParameterRange range : ranges) {
            int first = Math.max(from, range.from());
            int end = Math.min(to, range.to());
            if (first < end) updateRange(parameters, gradients, learningRate * range.factor(), first, end);
        }
    }

    private void updateRange(float[] parameters, float[] gradients, double learningRate, int from, int to) {
        float rate = (float) learningRate;
        regularise(parameters, gradients, from, to);
        switch (optimizer) {
            case Optimizer.GradientDescent ignored -> {
                for (int i = from; i < to; i++) parameters[i] -= rate * gradients[i];
            }
            case Optimizer.Momentum rule -> momentum(parameters, gradients, rate, (float) rule.momentum(), from, to);
            case Optimizer.Nesterov rule -> nesterov(parameters, gradients, rate, (float) rule.momentum(), from, to);
            case Optimizer.Adam rule -> adam(parameters, gradients, rate, rule, from, to);
            case Optimizer.AdamW rule -> {
                float keep = (float) (1 - learningRate * rule.decay());
                for (int i = from; i < to; i++) parameters[i] *= keep;
                adam(
                        parameters,
                        gradients,
                        rate,
                        new Optimizer.Adam(rule.beta1(), rule.beta2(), rule.epsilon()),
                        from,
                        to);
            }
            case Optimizer.RmsProp rule -> rmsProp(parameters, gradients, rate, rule, from, to);
            case Optimizer.Adagrad rule -> adagrad(parameters, gradients, rate, (float) rule.epsilon(), from, to);
            case Optimizer.AdaDelta rule -> adaDelta(parameters, gradients, rate, rule, from, to);
        }
    }

    private void regularise(float[] w, float[] g, int from, int to) {
        float l2 = (float) regularisation.l2();
        float l1 = (float) regularisation.l1();
        if (l2 != 0) for (int i = from; i < to; i++) g[i] += l2 * w[i];
        if (l1 != 0) for (int i = from; i < to; i++) g[i] += l1 * Math.signum(w[i]);
    }

    private void momentum(float[] w, float[] g, float rate, float momentum, int from, int to) {
        float[] v = slots[0];
        for (int i = from; i < to; i++) {
            float velocity = momentum * v[i] + g[i];
            v[i] = velocity;
            w[i] -= rate * velocity;
        }
    }

    private void nesterov(float[] w, float[] g, float rate, float momentum, int from, int to) {
        float[] v = slots[0];
        for (int i = from; i < to; i++) {
            float velocity = momentum * v[i] + g[i];
            v[i] = velocity;
            w[i] -= rate * (g[i] + momentum * velocity);
        }
    }

    private void adam(float[] w, float[] g, float rate, Optimizer.Adam rule, int from, int to) {
        float[] m = slots[0];
        float[] v = slots[1];
        float beta1 = (float) rule.beta1();
        float beta2 = (float) rule.beta2();
        float epsilon = (float) rule.epsilon();
        float stepSize = (float) (rate / (1 - Math.pow(rule.beta1(), step)));
        float scale = (float) (1 / Math.sqrt(1 - Math.pow(rule.beta2(), step)));
        for (int i = from; i < to; i++) {
            float first = beta1 * m[i] + (1 - beta1) * g[i];
            float second = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
            m[i] = first;
            v[i] = second;
            w[i] -= stepSize * first / ((float) Math.sqrt(second) * scale + epsilon);
        }
    }

    private void rmsProp(float[] w, float[] g, float rate, Optimizer.RmsProp rule, int from, int to) {
        float[] s = slots[0];
        float decay = (float) rule.decay();
        float epsilon = (float) rule.epsilon();
        for (int i = from; i < to; i++) {
            float mean = decay * s[i] + (1 - decay) * g[i] * g[i];
            s[i] = mean;
            w[i] -= rate * g[i] / ((float) Math.sqrt(mean) + epsilon);
        }
    }

    private void adagrad(float[] w, float[] g, float rate, float epsilon, int from, int to) {
        float[] s = slots[0];
        for (int i = from; i < to; i++) {
            float sum = s[i] + g[i] * g[i];
            s[i] = sum;
            w[i] -= rate * g[i] / ((float) Math.sqrt(sum) + epsilon);
        }
    }

    private void adaDelta(float[] w, float[] g, float rate, Optimizer.AdaDelta rule, int from, int to) {
        float[] s = slots[0];
        float[] d = slots[1];
        float decay = (float) rule.decay();
        float epsilon = (float) rule.epsilon();
        for (int i = from; i < to; i++) {
            float mean = decay * s[i] + (1 - decay) * g[i] * g[i];
            float change = (float) Math.sqrt(d[i] + epsilon) / (float) Math.sqrt(mean + epsilon) * g[i];
            s[i] = mean;
            d[i] = decay * d[i] + (1 - decay) * change * change;
            w[i] -= rate * change;
        }
    }
}
