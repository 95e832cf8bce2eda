package io.fovea.cli;

import io.fovea.weights.Pretrained;
import io.fovea.weights.PretrainedFolder;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;

/** Gets a lab its pretrained weights: those of the workspace. */
final class LabWeights {

    private final Console console;
    private final Workspace workspace;

    LabWeights(Console console, Workspace workspace) {
        this.console = console;
        this.workspace = workspace;
    }

    Pretrained find(String name) {
        console.progress("Reading the weights " + name + ".");
        return PretrainedFolder.read(workspace.existing(Shelf.WEIGHTS, name));
    }
}
