package io.fovea.cli;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.GeneratedDigits;
import io.fovea.dataset.ImportSettings;
import io.fovea.dataset.LocalData;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.PublicDataset;
import io.fovea.dataset.Source;
import io.fovea.download.Download;
import io.fovea.download.DownloadSettings;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.problem.Problem;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Gets the lab its digits: real ones that are on this machine or can be downloaded, or generated ones; imported once. */
final class LabData {

    /** What a user writes for digits that Fovea draws itself. */
    static final String GENERATED = "generated";

    private static final Preparation DIGITS = new Preparation(28, 28, ColorMode.GREY, ResizeMode.SQUASH);
    private static final int TEST_PER_CLASS = 1_000;

    private final Console console;
    private final Workspace workspace;
    private final LabSize size;
    private final long seed;

    LabData(Console console, Workspace workspace, LabSize size, long seed) {
        this.console = console;
        this.workspace = workspace;
        this.size = size;
        this.seed = seed;
    }

    /** Opens the dataset, after making it if this workspace does not have it yet. */
    Dataset open(Optional<String> data) {
        boolean generated = data.filter(GENERATED::equals).isPresent();
        String name = String.format(
                Locale.ROOT,
                "%s-%s%s",
                generated ? "generated" : "mnist",
                size.name().toLowerCase(Locale.ROOT),
                generated || size == LabSize.SMALL ? "-seed" + seed : "");
        ImportSettings settings = ImportSettings.of(name, DIGITS).withSeed(seed);
        if (size == LabSize.SMALL) settings = settings.withMaximumPerClass(size.perClass());
        LabImport lab = new LabImport(console, workspace);
        if (data.isEmpty() || generated) {
            Optional<Dataset> kept = lab.kept(settings);
            if (kept.isPresent()) return kept.get();
        }
        return generated ? generated(lab, settings) : lab.made(List.of(Source.of(source(data))), settings, "digits");
    }

    private Path source(Optional<String> data) {
        ProgressBar bar = new ProgressBar(console);
        LocalData local = LocalData.of(data.map(Path::of), System.getenv(), Path.of(System.getProperty("user.home")));
        try {
            return local.provide(
                    PublicDataset.MNIST,
                    new Download(DownloadSettings.DEFAULT),
                    (file, received, total) -> bar.draw("downloading", (double) received / total, file));
        } finally {
            bar.clear();
        }
    }

    private Dataset generated(LabImport lab, ImportSettings settings) {
        console.progress(
                "Drawing digits. They are easier than real handwriting: they show that everything works, not how good"
                        + " a network is.");
        workspace.checkWritable();
        Path drawn = null;
        try {
            Files.createDirectories(workspace.cache());
            drawn = Files.createTempDirectory(workspace.cache(), "digits-");
            GeneratedDigits.generate(size.perClass(), TEST_PER_CLASS, seed).write(drawn);
            return lab.made(List.of(Source.of(drawn)), settings, "digits");
        } catch (IOException failure) {
            throw new Problem(
                    "The digits cannot be written: " + failure.getMessage() + ".",
                    workspace.cache().toString(),
                    "check the permissions and the free space of the workspace",
                    failure);
        } finally {
            if (drawn != null) delete(drawn);
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
