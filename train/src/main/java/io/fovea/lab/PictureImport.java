package io.fovea.lab;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.ExistingDataset;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportSettings;
import io.fovea.problem.Problem;
import io.fovea.source.Source;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Imports what a lab learns from, once. */
final class PictureImport {

    private final Site site;

    PictureImport(Site site) {
        this.site = site;
    }

    /** Opens the dataset of that name, if the workspace has it, complete and so prepared. */
    Optional<Dataset> kept(ImportSettings settings) {
        Path folder = site.workspace().dataset(settings.name());
        if (!Files.isDirectory(folder)) return Optional.empty();
        try {
            Dataset kept = Dataset.open(folder);
            if (kept.preparation().equals(settings.preparation())) return Optional.of(kept);
            kept.close();
        } catch (Problem damaged) {
            site.note("The dataset " + settings.name() + " is damaged and is made again: " + damaged.what());
        }
        return Optional.empty();
    }

    /** Makes the dataset, split as the settings say, in place of one of the same name, and opens it. */
    Dataset made(List<Source> sources, ImportSettings settings, String noun) {
        site.workspace().checkWritable();
        Path folder = site.workspace().dataset(settings.name());
        ImportSettings replacing = settings.withExisting(ExistingDataset.REPLACE);
        DatasetImport.run(sources, replacing, folder, (done, total) -> site.progressed("importing", done, total, noun));
        return Dataset.open(folder);
    }

    /** Makes the dataset of files that are written for that alone. */
    Dataset ofFiles(Consumer<Path> writing, ImportSettings settings) {
        Workspace workspace = site.workspace();
        workspace.checkWritable();
        Path folder = null;
        try {
            Files.createDirectories(workspace.cache());
            folder = Files.createTempDirectory(workspace.cache(), "digits-");
            writing.accept(folder);
            return made(List.of(Source.of(folder)), settings, "digits");
        } catch (IOException failure) {
            throw new Problem(
                    "The digits cannot be written: " + failure.getMessage() + ".",
                    workspace.cache().toString(),
                    "check the permissions and the free space of the workspace",
                    failure);
        } finally {
            if (folder != null) delete(folder);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) Files.delete(file);
            Files.delete(folder);
        } catch (IOException leftover) {
            throw new UncheckedIOException(leftover);
        }
    }
}
