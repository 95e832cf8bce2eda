package io.fovea.server;

import io.fovea.download.Hosts;
import io.fovea.file.FolderBounds;
import io.fovea.job.Job;
import io.fovea.job.JobPaths;
import io.fovea.problem.Problem;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which folders of the machine a request may name: the workspace, and those that whoever started the server named. Links count as what they lead to. And
 * which hosts: those of the public internet, unless whoever started the server says otherwise ({@link Hosts#VARIABLE}).
 */
final class Reach {

    private final FolderBounds bounds;
    private final FolderBounds ofProcesses;
    private final Hosts hosts = Hosts.of(System.getenv(), Hosts.PUBLIC);

    /**
     * Opens some folders.
     *
     * @param sets where ready-made sets lie: jobs read there what a set's name stands for, and no request may name these folders
     * @throws Problem if one of them is not there
     */
    Reach(Path workspace, List<Path> named, List<Path> sets) {
        for (Path folder : named) {
            if (Files.isDirectory(folder)) continue;
            throw new Problem(
                    "There is no folder that the workbench could read from.",
                    folder.toString(),
                    "check the path given with --folder");
        }
        List<Path> open = Stream.concat(Stream.of(workspace), named.stream()).toList();
        bounds = FolderBounds.of(open);
        ofProcesses =
                FolderBounds.of(Stream.concat(open.stream(), sets.stream()).toList());
    }

    /**
     * Checks every path and every address that a job names.
     *
     * @throws Refusal if one of them lies elsewhere
     */
    void check(Job job) {
        addresses(job).forEach(this::check);
        JobPaths.of(job)
                .forEach(path -> check(path, "The job names a place that this workbench may not read or write."));
    }

    /**
     * Checks a file that is to be shown, or a folder that is to be listed.
     *
     * @throws Refusal if it lies elsewhere
     */
    void check(Path file) {
        check(file, "This is a place that this workbench may not read or write.");
    }

    private void check(Path path, String what) {
        if (holds(path)) return;
        throw new Refusal(
                403,
                new Problem(
                        what,
                        path.toString(),
                        "start it with --folder and a folder that holds it; open are "
                                + folders().stream().map(Path::toString).collect(Collectors.joining(", "))));
    }

    /**
     * Checks an address that a request names. Where it sends on to is looked at once more by whoever asks it.
     *
     * @throws Refusal if its host may not be asked
     */
    void check(URI address) {
        try {
            hosts.check(address);
        } catch (Problem notPublic) {
            throw new Refusal(403, notPublic);
        }
    }

    /** Whether what a path leads to lies in an open folder. */
    boolean holds(Path path) {
        return bounds.holds(path);
    }

    /** Returns the open folders, the workspace first. */
    List<Path> folders() {
        return bounds.folders();
    }

    /** Returns where processes of the server may read: in the open folders, and where ready-made sets lie. */
    FolderBounds ofProcesses() {
        return ofProcesses;
    }

    private static Stream<URI> addresses(Job job) {
        return switch (job) {
            case Job.ImportWeights wanted ->
                wanted.source().filter(source -> source.matches("https?://.*")).map(URI::create).stream();
            case Job.Recipe wanted -> wanted.jobs().stream().flatMap(Reach::addresses);
            default -> Stream.empty();
        };
    }
}
