package io.fovea.cli;

import io.fovea.collection.GeneratedDigits;
import io.fovea.collection.LocalData;
import io.fovea.collection.PublicDataset;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.download.Download;
import io.fovea.download.DownloadListener;
import io.fovea.download.DownloadSettings;
import io.fovea.download.RemoteFile;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitSettings;
import io.fovea.job.DataJson;
import io.fovea.problem.Problem;
import io.fovea.source.Source;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gets a lab its digits: real ones that are on this machine or can be downloaded, or those that Fovea draws; imported once. */
final class LabData {

    private static final Preparation DIGITS = new Preparation(28, 28, ColorMode.GREY, ResizeMode.SQUASH);
    private static final int TEST_PER_CLASS = 1_000;

    private final Console console;
    private final Workspace workspace;
    private final LabSize size;
    private final long seed;
    private final SplitSettings splits;

    /** Of which all that are not for the test are trained on. */
    LabData(Console console, Workspace workspace, LabSize size, long seed) {
        this(console, workspace, size, seed, new SplitSettings(0, 0));
    }

    /** @param splits what is split off the training digits for validation */
    LabData(Console console, Workspace workspace, LabSize size, long seed, SplitSettings splits) {
        this.console = console;
        this.workspace = workspace;
        this.size = size;
        this.seed = seed;
        this.splits = splits;
    }

    /**
     * Opens the digits that were named, after making them if this workspace does not have them yet; without a name, MNIST.
     *
     * @param data a folder, {@code mnist} wherever it lies, or {@code generated}
     * @throws Problem if they cannot be had; nothing else is taken in their place
     */
    LabDigits open(Optional<String> data) {
        if (data.filter(LabDigits.Origin.GENERATED.word()::equals).isPresent()) return drawn(List.of());
        Optional<Path> folder =
                data.filter(name -> !name.equals(LabDigits.Origin.MNIST.word())).map(Path::of);
        Optional<LabDigits> kept = folder.isEmpty() ? keptMnist() : Optional.empty();
        return kept.orElseGet(() -> mnist(provided(listener ->
                local(folder).provide(PublicDataset.MNIST, new Download(DownloadSettings.DEFAULT), listener))));
    }

    /** Opens the digits that were named; without a name MNIST, or digits that Fovea draws where MNIST cannot be had within seconds. */
    LabDigits openOrDraw(Optional<String> data) {
        if (data.isPresent()) return open(data);
        Optional<LabDigits> kept = keptMnist();
        if (kept.isPresent()) return kept.get();
        LocalData local = local(Optional.empty());
        Path folder;
        try {
            folder = provided(shown -> ImpatientDownload.run(
                    ImpatientDownload.FIRST_BYTE,
                    (download, listener) -> local.provide(PublicDataset.MNIST, download, listener),
                    shown));
        } catch (Problem absent) {
            console.progress("MNIST is not on this machine and cannot be downloaded: " + absent.where());
            return drawn(List.of("These are digits that Fovea drew, not MNIST. " + remedy(local)));
        }
        return mnist(folder);
    }

    /**
     * Opens Fashion-MNIST if its files are on this machine; nothing is downloaded.
     *
     * @param data a folder that it may lie in; a name of digits asks for these alone
     */
    Optional<LabDigits> clothes(Optional<String> data) {
        boolean digitsAlone = data.filter(name ->
                        name.equals(LabDigits.Origin.GENERATED.word()) || name.equals(LabDigits.Origin.MNIST.word()))
                .isPresent();
        if (digitsAlone) return Optional.empty();
        PublicDataset clothes = PublicDataset.FASHION_MNIST;
        Optional<Path> named = data.map(name -> Path.of(name).resolve(clothes.name()));
        if (named.isPresent() && !clothes.isIn(named.get())) return Optional.empty();
        ImportSettings settings = settings(LabDigits.Origin.FASHION);
        LabImport lab = new LabImport(console, workspace);
        Optional<Dataset> kept = named.isEmpty() ? lab.kept(settings) : Optional.empty();
        return kept.or(() -> local(named).find(clothes).map(folder -> made(folder, settings)))
                .map(pictures -> new LabDigits(pictures, LabDigits.Origin.FASHION, List.of()));
    }

    private Dataset made(Path folder, ImportSettings settings) {
        return new LabImport(console, workspace).split(List.of(Source.of(folder)), settings, "pictures");
    }

    private static LocalData local(Optional<Path> folder) {
        return LocalData.of(folder, System.getenv(), Path.of(System.getProperty("user.home")));
    }

    private Path provided(Function<DownloadListener, Path> provision) {
        ProgressBar bar = new ProgressBar(console);
        try {
            return provision.apply((file, received, total) ->
                    bar.draw("downloading", total <= 0 ? 0 : (double) received / total, file));
        } finally {
            bar.clear();
        }
    }

    private static String remedy(LocalData local) {
        Stream<String> files = PublicDataset.MNIST.files().stream().map(RemoteFile::name);
        return "For the real ones run the same command with a network, or put "
                + files.collect(Collectors.joining(", ")) + " from "
                + PublicDataset.MNIST.mirrors().getFirst() + " into "
                + local.cacheFolder().resolve(PublicDataset.MNIST.name()) + ".";
    }

    private Optional<LabDigits> keptMnist() {
        return new LabImport(console, workspace)
                .kept(settings(LabDigits.Origin.MNIST))
                .map(digits -> new LabDigits(digits, LabDigits.Origin.MNIST, List.of()));
    }

    private LabDigits mnist(Path folder) {
        Dataset digits = made(folder, settings(LabDigits.Origin.MNIST));
        return new LabDigits(digits, LabDigits.Origin.MNIST, List.of());
    }

    private LabDigits drawn(List<String> remarks) {
        ImportSettings settings = settings(LabDigits.Origin.GENERATED);
        LabImport lab = new LabImport(console, workspace);
        console.progress("Training on digits that Fovea draws, named \"generated\". They are easier than real"
                + " handwriting: they show that everything works, not how good a network is.");
        Dataset digits = lab.kept(settings).orElseGet(() -> generated(lab, settings));
        return new LabDigits(digits, LabDigits.Origin.GENERATED, remarks);
    }

    private ImportSettings settings(LabDigits.Origin origin) {
        boolean drawnBySeed =
                origin == LabDigits.Origin.GENERATED || size == LabSize.SMALL || splits.validationPercent() > 0;
        String validation = splits.validationPercent() > 0 ? "-validated" : "";
        String name = origin.word() + "-" + DataJson.word(size) + (drawnBySeed ? "-seed" + seed : "") + validation;
        ImportSettings settings = ImportSettings.of(name, DIGITS).withSeed(seed).withSplits(splits);
        return size == LabSize.SMALL ? settings.withMaximumPerClass(size.perClass()) : settings;
    }

    private Dataset generated(LabImport lab, ImportSettings settings) {
        workspace.checkWritable();
        Path drawn = null;
        try {
            Files.createDirectories(workspace.cache());
            drawn = Files.createTempDirectory(workspace.cache(), "digits-");
            GeneratedDigits.generate(size.perClass(), TEST_PER_CLASS, seed).write(drawn);
            return lab.split(List.of(Source.of(drawn)), settings, "digits");
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
