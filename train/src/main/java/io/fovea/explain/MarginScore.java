package io.fovea.explain;

import java.util.function.IntPredicate;

/**
 * A class of a model that decides by neighbours: by how much the nearest reference of the class is nearer than the nearest of any other. Votes are
 * counts, which have no gradient; above 0 the class wins the vote of one neighbour.
 *
 * <p>Formula: s = |x − q|² − |x − p|², ∂s/∂x = 2·(p − q). Symbols: x the code, p the nearest reference of the class, q the nearest of the others.
 *
 * @param name       of the class
 * @param label      its label
 * @param references [R, D]
 * @param labels     [R]; at least one is {@code label}, and at least one is another
 */
record MarginScore(String name, int label, float[] references, float[] labels) implements Score {

    @Override
    public String meaning() {
        return "margin to the nearest other class, in squared distance";
    }

    @Override
    public double value(float[] result) {
        return distance(result, other(result)) - distance(result, own(result));
    }

    @Override
    public float[] gradient(float[] result) {
        int own = own(result) * result.length;
        int other = other(result) * result.length;
        float[] gradient = new float[result.length];
        for (int d = 0; d < gradient.length; d++) gradient[d] = 2 * (references[own + d] - references[other + d]);
        return gradient;
    }

    @Override
    public String certaintyMeaning() {
        return meaning();
    }

    @Override
    public double certainty(float[] result) {
        return value(result);
    }

    @Override
    public boolean isSigned() {
        return false;
    }

    private int own(float[] code) {
        return nearest(code, each -> each == label);
    }

    private int other(float[] code) {
        return nearest(code, each -> each != label);
    }

    private int nearest(float[] code, IntPredicate isMeant) {
        int nearest = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int r = 0; r < labels.length; r++) {
            if (!isMeant.test((int) labels[r])) continue;
            double distance = distance(code, r);
            if (nearest >= 0 && distance >= least) continue;
            nearest = r;
            least = distance;
        }
        return nearest;
    }

    private double distance(float[] code, int reference) {
        double sum = 0;
        for (int d = 0; d < code.length; d++) {
            double difference = code[d] - references[reference * code.length + d];
            sum += difference * difference;
        }
        return sum;
    }
}
