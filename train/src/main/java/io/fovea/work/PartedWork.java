package io.fovea.work;

import io.fovea.training.StopSignal;
import io.fovea.training.TrainingListener;
import java.nio.file.Path;

/** A work made of runs that need nothing of each other, so that other processes can make them. */
interface PartedWork extends Work {

    @Override
    default boolean isShareable() {
        return true;
    }

    /** Returns what a run is called, for people: {@code trial 2}. */
    String partName(int number);

    /** Returns the folder of a run, in that of the work. */
    Path partFolder(Path folder, int number);

    /** Whether a run has come so far, or to its end. */
    boolean isPartMade(Path folder, int number, int epochs);

    /**
     * Brings a run to at least so many epochs, or to its end, in this thread.
     *
     * @param folder of the work
     * @return false if it was stopped before
     */
    boolean makePart(Path folder, int number, int epochs, TrainingListener listener, StopSignal stop);
}
