package io.fovea.candidate;

/**
 * How good candidates are: the mean squared error of a head on some pictures, with a candidate in its place.
 *
 * <p>Formula: (1/N)·Σ_n |H·u(x_n) + b − t_n|², t one-hot, u the maps. It is the loss that the head itself minimises, so evolution and refitting descend the same
 * objective.
 *
 * <p>For one thread at a time.
 */
public interface CandidateLosses {

    /**
     * Returns the loss of each candidate [J].
     *
     * @param basis what follows from it may be kept for as long as the same one is given
     * @throws io.fovea.problem.Problem if the candidates are judged elsewhere and cannot be
     */
    double[] losses(Basis basis, Candidates candidates);
}
