package io.fovea.cli;

import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that every verb has which reads or writes the workspace. */
final class WorkspaceOption {

    @Option(
            order = 90,
            names = "--workspace",
            paramLabel = "DIR",
            description = "The folder of datasets, runs and models. Default: $FOVEA_WORKSPACE, else ~/fovea.")
    private Path folder;

    Workspace workspace() {
        return folder != null
                ? Workspace.at(folder)
                : Workspace.standard(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /** Returns what a printed command needs to find this workspace again: a space and the option, or nothing. */
    String words() {
        return folder == null ? "" : " --workspace " + folder;
    }
}
