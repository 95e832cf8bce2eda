package io.fovea.workspace;

import io.fovea.file.FileTree;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A workspace that stands for one of another machine: links to copies of some of its things, which lie anywhere. It goes when it is closed. */
public final class LinkedWorkspace implements AutoCloseable {

    private final Path folder;

    /**
     * Links.
     *
     * @param original folder of the other workspace
     * @param copies   where is here what lies there
     * @throws Problem if something lies outside of the other workspace
     */
    public LinkedWorkspace(Path original, Map<Path, Path> copies) {
        for (Path thing : copies.keySet()) {
            if (thing.startsWith(original)) continue;
            throw new Problem(
                    "What the job reads lies outside of the workspace, and is not on this machine.",
                    thing.toString(),
                    "put it into the workspace, or let all machines see it at the same path");
        }
        try {
            folder = Files.createTempDirectory("fovea-workspace-");
            for (Map.Entry<Path, Path> each : copies.entrySet()) {
                Path link = folder.resolve(original.relativize(each.getKey()));
                Files.createDirectories(link.getParent());
                Files.createSymbolicLink(link, each.getValue());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Returns it. */
    public Workspace workspace() {
        return Workspace.at(folder);
    }

    @Override
    public void close() {
        try {
            FileTree.remove(folder); // links are not followed
        } catch (IOException stillUsed) {
            // it lies in a folder for temporary files
        }
    }
}
