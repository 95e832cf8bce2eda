package io.fovea.work;

/** Where a job stands: seen from its folder and its lock, never stored. */
public enum JobState {
    /** Nothing is done yet: it waits for another job, or for a process. */
    QUEUED,
    /** A process works on it. */
    RUNNING,
    /** No process works on it: it was asked to stop, or its process was killed. It can go on. */
    STOPPED,
    /** A problem is in the way. It can be tried again. */
    FAILED,
    /** What stands in its folder cannot be read, so that it cannot go on; its problem says which file. */
    DAMAGED,
    /** All is done. */
    DONE
}
