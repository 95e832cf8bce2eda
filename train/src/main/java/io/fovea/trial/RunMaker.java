package io.fovea.trial;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;

/** Brings runs that are parts of one work forward, one after the other or side by side, here or elsewhere; each in its own folder. */
@FunctionalInterface
public interface RunMaker {

    /**
     * Brings runs forward.
     *
     * @param runs   their numbers, from 1
     * @param epochs says how far each is to come, at least; fewer where it ends by itself
     * @param made   hears of each run that has come so far, in the calling thread
     * @return false if it was stopped before all had come so far
     * @throws io.fovea.problem.Problem if one fails
     */
    boolean make(List<Integer> runs, IntUnaryOperator epochs, IntConsumer made);
}
