package io.fovea.cli;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.ExistingDataset;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitSettings;
import io.fovea.problem.Problem;
import io.fovea.source.Source;
import io.fovea.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Imports what a lab learns from, once. */
final class LabImport {

    private final Console console;
    private final Workspace workspace;

    LabImport(Console console, Workspace workspace) {
        this.console = console;
        this.workspace = workspace;
    }

    /** Opens the dataset of that name, if the workspace has it, complete and so prepared. */
    Optional<Dataset> kept(ImportSettings settings) {
        Path folder = workspace.dataset(settings.name());
        if (!Files.isDirectory(folder)) return Optional.empty();
        try {
            Dataset kept = Dataset.open(folder);
            if (kept.preparation().equals(settings.preparation())) return Optional.of(kept);
            kept.close();
        } catch (Problem damaged) {
            console.progress("The dataset " + settings.name() + " is damaged and is made again: " + damaged.what());
        }
        return Optional.empty();
    }

    /** Makes the dataset of the parts that the sources bring, in place of one of the same name, and opens it. */
    Dataset made(List<Source> sources, ImportSettings settings, String noun) {
        return split(sources, settings.withSplits(new SplitSettings(0, 0)), noun);
    }

    /** Makes the dataset, split as the settings say, in place of one of the same name, and opens it. */
    Dataset split(List<Source> sources, ImportSettings settings, String noun) {
        workspace.checkWritable();
        Path folder = workspace.dataset(settings.name());
        ImportSettings replacing = settings.withExisting(ExistingDataset.REPLACE);
        ProgressBar bar = new ProgressBar(console);
        try {
            DatasetImport.run(sources, replacing, folder, (done, total) -> {
                synchronized (bar) {
                    bar.draw(
                            "importing",
                            total <= 0 ? 0 : (double) done / total,
                            String.format(Locale.ROOT, "%,d %s", done, noun));
                }
            });
        } finally {
            bar.clear();
        }
        return Dataset.open(folder);
    }
}
