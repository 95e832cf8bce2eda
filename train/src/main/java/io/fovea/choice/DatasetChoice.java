package io.fovea.choice;

import io.fovea.dataset.Dataset;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the dataset that a job names: one of the workspace, or a dataset's folder. */
public final class DatasetChoice {

    private DatasetChoice() {}

    public static Dataset open(Workspace workspace, String data) {
        boolean isPath = data.contains("/") && Files.isDirectory(Path.of(data));
        return Dataset.open(isPath ? Path.of(data) : workspace.existing(Shelf.DATASETS, data));
    }
}
