package io.fovea.predict;

import java.util.List;
import java.util.Objects;

/**
 * How a model that decides by neighbours came to its answer.
 *
 * @param prediction the answer
 * @param neighbours the k references whose classes made it, the nearest first
 * @param code       [D] the numbers that stand for the picture in the search
 */
public record Neighbourhood(Prediction prediction, List<Neighbour> neighbours, float[] code) {

    /** Checks that nothing is missing. The code is shared, not copied. */
    public Neighbourhood {
        Objects.requireNonNull(prediction, "prediction");
        Objects.requireNonNull(code, "code");
        neighbours = List.copyOf(neighbours);
    }
}
