package io.fovea.server;

import io.fovea.job.Job;
import io.fovea.job.JobPaths;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which folders of the machine a request may name: the workspace, and those that whoever started the server named. Links count as what they lead to. */
final class Reach {

    private final List<Path> folders;

    /**
     * Opens some folders.
     *
     * @throws Problem if one of them is not there
     */
    Reach(Path workspace, List<Path> named) {
        for (Path folder : named) {
            if (Files.isDirectory(folder)) continue;
            throw new Problem(
                    "There is no folder that the workbench could read from.",
                    folder.toString(),
                    "check the path given with --folder");
        }
        folders = Stream.concat(Stream.of(workspace), named.stream())
                .map(Reach::real)
                .toList();
    }

    /**
     * Checks every path that a job names.
     *
     * @throws Refusal if one of them lies elsewhere
     */
    void check(Job job) {
        for (Path path : JobPaths.of(job)) check(path, "The job names");
    }

    /**
     * Checks a folder that is to be listed.
     *
     * @throws Refusal if it lies elsewhere
     */
    void check(Path path) {
        check(path, "This is");
    }

    private void check(Path path, String beginning) {
        if (holds(path)) return;
        throw new Refusal(
                403,
                new Problem(
                        beginning + " a place that this workbench may not read or write.",
                        path.toString(),
                        "start it with --folder and a folder that holds it; open are "
                                + folders.stream().map(Path::toString).collect(Collectors.joining(", "))));
    }

    /** Whether what a path leads to lies in an open folder. */
    boolean holds(Path path) {
        Path real = real(path);
        return folders.stream().anyMatch(real::startsWith);
    }

    /** Returns the open folders, the workspace first. */
    List<Path> folders() {
        return folders;
    }

    /** Returns what a path leads to; of one that is not there, the part that is. */
    private static Path real(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        for (Path there = whole; there != null; there = there.getParent()) {
            try {
                return there.toRealPath().resolve(there.relativize(whole)).normalize();
            } catch (IOException absent) {
                // the folder above may be there
            }
        }
        return whole;
    }
}
