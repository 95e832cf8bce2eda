package io.fovea.lab;

import io.fovea.dataset.Dataset;
import io.fovea.importer.ImportSettings;
import io.fovea.problem.Problem;
import io.fovea.source.Source;
import io.fovea.source.SourceRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A set of pictures in folders {@code train} and {@code val}. Nothing is chosen on {@code val}: it is the test.
 *
 * @param name    of the set's folder, for example {@code hymenoptera}
 * @param address where people find the set
 */
record PictureFolder(String name, String address) {

    /** Opens the set as a recipe prepares it, after importing it if this workspace does not have it or a folder is named. */
    static Dataset open(Site site, PictureRecipe recipe, Optional<Path> data) {
        ImportSettings settings = recipe.settings(recipe.dataset().orElseThrow());
        PictureImport imports = new PictureImport(site);
        Optional<Dataset> kept = data.isEmpty() ? imports.kept(settings) : Optional.empty();
        return kept.orElseGet(() -> {
            Path folder = recipe.set().find(site, data);
            return recipe.masks().isPresent()
                    ? imports.made(List.of(Source.of(folder)), settings, "pictures with masks")
                    : imports.made(parts(folder), settings, "pictures");
        });
    }

    private static List<Source> parts(Path folder) {
        return List.of(
                Source.of(folder.resolve("train"), SourceRole.TRAINING),
                Source.of(folder.resolve("val"), SourceRole.TEST));
    }

    /** Returns the folder that holds {@code train} and {@code val}: the named one, or that in $FOVEA_DATA. */
    private Path find(Site site, Optional<Path> data) {
        Optional<Path> place = data.or(site::dataFolder);
        for (Path folder : place.stream().toList()) {
            for (Path candidate : List.of(folder, folder.resolve(name))) {
                if (Files.isDirectory(candidate.resolve("train")) && Files.isDirectory(candidate.resolve("val"))) {
                    return candidate;
                }
            }
        }
        throw new Problem(
                "The pictures of the lab, " + name
                        + ", are not here: there is no folder with \"train\" and \"val\" in it.",
                place.map(Path::toString).orElse("neither --data nor $FOVEA_DATA is given"),
                "fetch them (" + address + "), unpack them, and name the folder with --data DIR");
    }
}
