package io.fovea.work;

import io.fovea.result.JobResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A job that has been looked at: what it needs is there, and what can be known to fail has not been found. It is open until it is closed. */
interface Work extends AutoCloseable {

    /** Returns what its folder is called, before the number. */
    String name();

    /** Returns what a person should know before; mostly nothing. */
    default List<String> notes() {
        return List.of();
    }

    /** Returns what it works on, each with a hash: a job that goes on must find the same. */
    Map<String, String> inputs();

    /** Returns the files and folders of this machine that a process on another one needs to share in it, absolute. */
    default List<Path> places() {
        return List.of();
    }

    /** Does it, or goes on where the site's folder says that it stood; empty if it was stopped and can go on. */
    Optional<JobResult> run(JobSite site);

    /** Whether other machines can share in it. */
    default boolean isShareable() {
        return false;
    }

    @Override
    void close();
}
