package io.fovea.choice;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.Provenance;
import io.fovea.dataset.Dataset;
import io.fovea.hybrid.NewClass;
import io.fovea.problem.Problem;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The dataset that a model was made from, in a workspace: known by the hash of its content, whatever it is called.
 *
 * @param classNames of the model
 * @param provenance of the model
 * @param workspace  where it is looked for
 */
public record ModelDataset(List<String> classNames, Provenance provenance, Workspace workspace) {

    private static final int LONGEST_NAME = 90;

    public static ModelDataset of(Path model, Workspace workspace) {
        Bundle bundle = Bundle.open(model);
        return new ModelDataset(
                bundle.manifest().task().names(), bundle.manifest().provenance(), workspace);
    }

    /**
     * Returns its folder: of the dataset that was named, or else of one with the right content.
     *
     * @throws Problem if there is none of that name
     */
    public Optional<Path> find(Optional<String> named) {
        if (named.isPresent()) return Optional.of(workspace.existing(Shelf.DATASETS, named.get()));
        return workspace.names(Shelf.DATASETS).stream()
                .map(workspace::dataset)
                .filter(this::isIt)
                .findFirst();
    }

    private boolean isIt(Path folder) {
        try (Dataset dataset = Dataset.open(folder)) {
            return dataset.contentHash().equals(provenance.datasetHash())
                    && dataset.classNames().equals(classNames);
        } catch (Problem damaged) {
            return false; // and so not the one that is looked for
        }
    }

    /** Returns a folder that is free for a dataset with these classes too. */
    public Path withMore(List<NewClass> classes) {
        String names = classes.stream()
                .map(each -> each.name().replaceAll("[^A-Za-z0-9]+", "-"))
                .collect(Collectors.joining("-"));
        String name = (provenance.dataset() + "-" + names).replaceAll("[^A-Za-z0-9._-]", "-");
        String base = name.substring(0, Math.min(LONGEST_NAME, name.length())).replaceFirst("^[^A-Za-z0-9]+", "");
        String known = base.isEmpty() ? "grown" : base;
        Path folder = workspace.dataset(known);
        for (int number = 2; Files.exists(folder); number++) folder = workspace.dataset(known + "-" + number);
        return folder;
    }
}
