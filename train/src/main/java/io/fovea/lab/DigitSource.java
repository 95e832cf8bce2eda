package io.fovea.lab;

import io.fovea.collection.GeneratedDigits;
import io.fovea.collection.LocalData;
import io.fovea.collection.PublicDataset;
import io.fovea.dataset.Dataset;
import io.fovea.download.Download;
import io.fovea.download.DownloadSettings;
import io.fovea.download.ImpatientDownload;
import io.fovea.download.RemoteFile;
import io.fovea.importer.ImportSettings;
import io.fovea.problem.Problem;
import io.fovea.result.DataJson;
import io.fovea.source.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gets a lab its digits: real ones that are on this machine or can be downloaded, or those that Fovea draws; imported once. */
final class DigitSource {

    private static final int TEST_PER_CLASS = 1_000;

    private final Site site;
    private final PictureRecipe recipe;
    private final DigitSize size;
    private final long seed;
    private final PictureImport imports;

    DigitSource(Site site, PictureRecipe recipe, DigitSize size, long seed) {
        this.site = site;
        this.recipe = recipe;
        this.size = size;
        this.seed = seed;
        this.imports = new PictureImport(site);
    }

    /**
     * Opens the digits that were named, after making them if this workspace does not have them yet; without a name, MNIST.
     *
     * @param data a folder, {@code mnist} wherever it lies, or {@code generated}
     * @throws Problem if they cannot be had; nothing else is taken in their place
     */
    Digits open(Optional<String> data) {
        if (data.filter(Digits.Origin.GENERATED.word()::equals).isPresent()) return drawn(List.of());
        Optional<Path> folder =
                data.filter(name -> !name.equals(Digits.Origin.MNIST.word())).map(Path::of);
        Optional<Digits> kept = folder.isEmpty() ? keptMnist() : Optional.empty();
        return kept.orElseGet(() -> mnist(site.local(folder)
                .provide(PublicDataset.MNIST, new Download(DownloadSettings.DEFAULT), site.downloads())));
    }

    /** Opens the digits that were named; without a name MNIST, or digits that Fovea draws where MNIST cannot be had within seconds. */
    Digits openOrDraw(Optional<String> data) {
        if (data.isPresent()) return open(data);
        Optional<Digits> kept = keptMnist();
        if (kept.isPresent()) return kept.get();
        LocalData local = site.local(Optional.empty());
        Path folder;
        try {
            folder = ImpatientDownload.run(
                    ImpatientDownload.FIRST_BYTE,
                    (download, listener) -> local.provide(PublicDataset.MNIST, download, listener),
                    site.downloads());
        } catch (Problem absent) {
            site.note("MNIST is not on this machine and cannot be downloaded: " + absent.where());
            return drawn(List.of("These are digits that Fovea drew, not MNIST. " + remedy(local)));
        }
        return mnist(folder);
    }

    /**
     * Opens Fashion-MNIST if its files are on this machine; nothing is downloaded.
     *
     * @param data a folder that it may lie in; a name of digits asks for these alone
     */
    Optional<Digits> clothes(Optional<String> data) {
        boolean digitsAlone = data.filter(
                        name -> name.equals(Digits.Origin.GENERATED.word()) || name.equals(Digits.Origin.MNIST.word()))
                .isPresent();
        if (digitsAlone) return Optional.empty();
        PublicDataset clothes = PublicDataset.FASHION_MNIST;
        Optional<Path> named = data.map(name -> Path.of(name).resolve(clothes.name()));
        if (named.isPresent() && !clothes.isIn(named.get())) return Optional.empty();
        ImportSettings settings = settings(Digits.Origin.FASHION);
        Optional<Dataset> kept = named.isEmpty() ? imports.kept(settings) : Optional.empty();
        return kept.or(() -> site.local(named).find(clothes).map(folder -> made(folder, settings)))
                .map(pictures -> new Digits(pictures, Digits.Origin.FASHION, List.of()));
    }

    private Dataset made(Path folder, ImportSettings settings) {
        return imports.made(List.of(Source.of(folder)), settings, "pictures");
    }

    private static String remedy(LocalData local) {
        Stream<String> files = PublicDataset.MNIST.files().stream().map(RemoteFile::name);
        return "For the real ones run the same command with a network, or put "
                + files.collect(Collectors.joining(", ")) + " from "
                + PublicDataset.MNIST.mirrors().getFirst() + " into "
                + local.cacheFolder().resolve(PublicDataset.MNIST.name()) + ".";
    }

    private Optional<Digits> keptMnist() {
        return imports.kept(settings(Digits.Origin.MNIST))
                .map(digits -> new Digits(digits, Digits.Origin.MNIST, List.of()));
    }

    private Digits mnist(Path folder) {
        return new Digits(made(folder, settings(Digits.Origin.MNIST)), Digits.Origin.MNIST, List.of());
    }

    private Digits drawn(List<String> remarks) {
        ImportSettings settings = settings(Digits.Origin.GENERATED);
        site.note("Training on digits that Fovea draws, named \"generated\". They are easier than real"
                + " handwriting: they show that everything works, not how good a network is.");
        Dataset digits = imports.kept(settings).orElseGet(() -> generated(settings));
        return new Digits(digits, Digits.Origin.GENERATED, remarks);
    }

    private ImportSettings settings(Digits.Origin origin) {
        boolean drawnBySeed = origin == Digits.Origin.GENERATED || size == DigitSize.SMALL || recipe.isValidated();
        String name = origin.word() + "-" + DataJson.word(size) + (drawnBySeed ? "-seed" + seed : "")
                + (recipe.isValidated() ? "-validated" : "");
        ImportSettings settings = recipe.settings(name).withSeed(seed);
        return size == DigitSize.SMALL ? settings.withMaximumPerClass(size.perClass()) : settings;
    }

    private Dataset generated(ImportSettings settings) {
        return imports.ofFiles(
                folder -> GeneratedDigits.generate(size.perClass(), TEST_PER_CLASS, seed)
                        .write(folder),
                settings);
    }
}
