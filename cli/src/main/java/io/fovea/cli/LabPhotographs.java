package io.fovea.cli;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.importer.ImportSettings;
import io.fovea.problem.Problem;
import io.fovea.source.Source;
import io.fovea.source.SourceRole;
import io.fovea.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Gets a lab a set of pictures in folders {@code train} and {@code val}. Nothing is chosen on {@code val}: it becomes the test split.
 *
 * @param name    of the set's folder, for example {@code hymenoptera}
 * @param address where people find the set
 */
record LabPhotographs(String name, String address) {

    /** Opens the set as prepared pictures, after importing it if this workspace does not have it or a folder is named. */
    Dataset open(Console console, Workspace workspace, Optional<Path> data, Preparation preparation) {
        ImportSettings settings = ImportSettings.of("lab-" + name + "-" + preparation.height(), preparation);
        LabImport lab = new LabImport(console, workspace);
        if (data.isEmpty()) {
            Optional<Dataset> kept = lab.kept(settings);
            if (kept.isPresent()) return kept.get();
        }
        Path photographs = find(data);
        List<Source> sources = List.of(
                Source.of(photographs.resolve("train"), SourceRole.TRAINING),
                Source.of(photographs.resolve("val"), SourceRole.TEST));
        return lab.made(sources, settings, "pictures");
    }

    /** Returns the folder that holds {@code train} and {@code val}: the named one, or that in $FOVEA_DATA. */
    Path find(Optional<Path> data) {
        List<Path> places = data.map(List::of).orElseGet(() -> Optional.ofNullable(System.getenv("FOVEA_DATA"))
                .filter(place -> !place.isBlank())
                .map(place -> List.of(Path.of(place)))
                .orElse(List.of()));
        for (Path place : places) {
            for (Path candidate : List.of(place, place.resolve(name))) {
                if (Files.isDirectory(candidate.resolve("train")) && Files.isDirectory(candidate.resolve("val"))) {
                    return candidate;
                }
            }
        }
        throw new Problem(
                "The pictures of the lab, " + name
                        + ", are not here: there is no folder with \"train\" and \"val\" in it.",
                places.isEmpty()
                        ? "neither --data nor $FOVEA_DATA is given"
                        : places.getFirst().toString(),
                "fetch them (" + address + "), unpack them, and name the folder with --data DIR");
    }
}
