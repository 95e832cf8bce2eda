package io.fovea.dataset;

import java.io.IOException;
import java.util.function.IntPredicate;

/** Reads the pictures of one source. */
@FunctionalInterface
interface PictureReading {

    /**
     * Hands over the wanted pictures in the order of the listing; opens and closes what it needs itself.
     *
     * @param wanted says for each position in the listing whether it is needed
     */
    void read(IntPredicate wanted, Receiver receiver) throws IOException, InterruptedException;

    /** Takes a picture at its position in the listing; waits while too many are under way. */
    @FunctionalInterface
    interface Receiver {
        void receive(int position, PictureContent content) throws InterruptedException;
    }
}
