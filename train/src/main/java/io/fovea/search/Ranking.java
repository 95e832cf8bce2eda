package io.fovea.search;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Candidates from best to worst. */
final class Ranking {

    private Ranking() {}

    /** Returns the positions in the order of their fitness, the lowest first; equal ones in the order asked. */
    static int[] order(double[] fitness) {
        return IntStream.range(0, fitness.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> fitness[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
