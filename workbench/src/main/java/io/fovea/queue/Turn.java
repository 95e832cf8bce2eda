package io.fovea.queue;

import java.time.Instant;

/**
 * The process that does a job whose turn it is. It is known again by its number and the time that it began at.
 *
 * @param job   its name
 * @param pid   of the process
 * @param began by the clock of the system
 */
record Turn(String job, long pid, Instant began) {

    /** A process that was just started. */
    static Turn of(String job, Process process) {
        return new Turn(job, process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    /** Whether the process still runs; another one that was given the same number does not count. */
    boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process ->
                        process.info().startInstant().orElse(Instant.EPOCH).equals(began))
                .isPresent();
    }

    /** Asks the process to end, as Ctrl-C does in a terminal. */
    void end() {
        if (isAlive()) ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }
}
