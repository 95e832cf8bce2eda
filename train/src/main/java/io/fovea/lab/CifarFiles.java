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

/** Finds CIFAR-10: as archives of pictures, or in its own binary files. */
final class CifarFiles {

    private CifarFiles() {}

    /** Opens the set as a recipe prepares it, after importing it if this workspace does not have it or a folder is named. */
    static Dataset open(Site site, PictureRecipe recipe, Optional<Path> data) {
        ImportSettings settings = recipe.settings(recipe.dataset().orElseThrow());
        PictureImport imports = new PictureImport(site);
        Optional<Dataset> kept = data.isEmpty() ? imports.kept(settings) : Optional.empty();
        return kept.orElseGet(() -> imports.made(sources(data.or(site::dataFolder)), settings, "pictures"));
    }

    private static List<Source> sources(Optional<Path> place) {
        for (Path named : place.stream().toList()) {
            for (Path folder : List.of(named, named.resolve("cifar10"))) {
                Path train = folder.resolve("cifar10-jpeg-train.tar.gz");
                Path test = folder.resolve("cifar10-jpeg-test.tar.gz");
                if (Files.isRegularFile(train) && Files.isRegularFile(test)) {
                    return List.of(Source.of(train, SourceRole.TRAINING), Source.of(test, SourceRole.TEST));
                }
                if (Files.isRegularFile(folder.resolve("data_batch_5.bin"))) return List.of(Source.of(folder));
            }
        }
        throw new Problem(
                "CIFAR-10 is not here.",
                place.map(Path::toString).orElse("neither --data nor $FOVEA_DATA is given"),
                "fetch https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz, unpack it, and name its folder with"
                        + " --data DIR");
    }
}
