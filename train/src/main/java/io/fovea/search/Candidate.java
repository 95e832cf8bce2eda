package io.fovea.search;

/**
 * A point that was evaluated.
 *
 * @param values  its coordinates [n]
 * @param fitness what the caller said about it; lower is better
 */
public record Candidate(double[] values, double fitness) {

    /** Keeps a copy of the values. */
    public Candidate {
        values = values.clone();
    }

    /** Returns a copy of the coordinates [n]. */
    @Override
    public double[] values() {
        return values.clone();
    }
}
