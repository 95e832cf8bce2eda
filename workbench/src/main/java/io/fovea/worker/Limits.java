package io.fovea.worker;

import java.time.Duration;

/**
 * What workers of a kind may take.
 *
 * @param processes at once, at most
 * @param waiting   questions that wait for one of them, at most
 * @param deadline  for an answer, and for the wait for a free process
 * @param heapBytes of memory that Java gives out
 * @param dataBytes of all memory that a process writes to, native code included; where the system keeps such a limit (Linux)
 */
public record Limits(int processes, int waiting, Duration deadline, long heapBytes, long dataBytes) {

    private static final long GIGABYTE = 1L << 30;

    /** Checks. */
    public Limits {
        if (processes < 1) throw new IllegalArgumentException("processes must be at least 1: " + processes);
        if (waiting < 0) throw new IllegalArgumentException("waiting must not be negative: " + waiting);
        if (!deadline.isPositive()) throw new IllegalArgumentException("deadline must be positive: " + deadline);
        if (heapBytes < 1 || dataBytes < heapBytes)
            throw new IllegalArgumentException("dataBytes must hold the heap: " + dataBytes + " and " + heapBytes);
    }

    /**
     * Returns limits in proportion to the machine: of its memory a quarter for the heap, 0.5 to 3 GB, and half for all, 2 to 8 GB.
     *
     * @param machineBytes of the machine's memory
     */
    public static Limits of(int processes, Duration deadline, long machineBytes) {
        long heap = Math.clamp(machineBytes / 4, GIGABYTE / 2, 3 * GIGABYTE);
        long data = Math.clamp(machineBytes / 2, 2 * GIGABYTE, 8 * GIGABYTE);
        return new Limits(processes, 64, deadline, heap, data);
    }
}
