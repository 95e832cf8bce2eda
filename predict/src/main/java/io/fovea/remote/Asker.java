package io.fovea.remote;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Whoever waits for an answer, as the process sees it that works on it. Threads may share it. */
public interface Asker {

    /** Says something before the answer is there. */
    void tell(byte[] word);

    /**
     * Returns once all that was told has reached whoever waits, so that it is known there even if this process is lost.
     *
     * @throws IOException if nobody waits any more
     */
    void flush() throws IOException;

    /**
     * Gives a word to all processes that were asked together with this one, and returns the words of all in the order of their questions, once all have
     * given theirs.
     *
     * @throws IOException if one of them is lost
     */
    List<byte[]> share(byte[] word) throws IOException;

    /**
     * Returns where a file or folder that whoever waits has lies on this machine: in the same place if it is the same there, else a copy, which is
     * fetched once for all processes of the machine. It is only to be read.
     *
     * @param place as in {@link RemoteProcesses.Order#places}
     * @throws IOException if it cannot be fetched
     */
    Path find(Path place) throws IOException;

    /** Whether an answer is wanted soon, as it stands. */
    boolean isStopping();
}
