package io.fovea.work;

import io.fovea.problem.Problem;
import io.fovea.remote.RemoteProcesses;
import java.util.OptionalInt;

/**
 * Other machines that share in a job.
 *
 * @param on    how their scheduler calls them: {@code local-cluster[2,1,2048]}, {@code spark://host:7077}
 * @param ranks how many processes train one network together; empty for as many as there is room for
 */
public record Machines(String on, OptionalInt ranks) {

    /** As many ranks as there is room for. */
    public Machines(String on) {
        this(on, OptionalInt.empty());
    }

    /** Checks. */
    public Machines {
        if (ranks.isPresent() && ranks.getAsInt() < 1)
            throw new IllegalArgumentException("ranks must be at least 1: " + ranks.getAsInt());
    }

    /**
     * Reaches for them.
     *
     * @param name    of the job, for people who look at the cluster
     * @param work    whose places they read
     * @param threads that a process computes with
     * @throws Problem if nothing here can reach machines, or nobody answers
     */
    RemoteProcesses open(String name, Work work, int threads) {
        return RemoteProcesses.Opener.find()
                .orElseThrow(() -> new Problem(
                        "The libraries of Spark are not there.",
                        "option --on",
                        "start Fovea by its launcher ./fovea, which fetches them where a word --on stands"))
                .open(new RemoteProcesses.Order(on, name, RemoteWorker.class.getName(), threads, work.places()));
    }
}
