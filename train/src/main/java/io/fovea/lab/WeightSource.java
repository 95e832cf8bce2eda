package io.fovea.lab;

import io.fovea.download.Download;
import io.fovea.download.DownloadSettings;
import io.fovea.network.Catalogue;
import io.fovea.pretrained.Pretrained;
import io.fovea.pretrained.PretrainedFolder;
import io.fovea.pretrained.PublicWeights;
import io.fovea.pretrained.UsualPreprocessing;
import io.fovea.pretrained.WeightImport;
import io.fovea.problem.Problem;
import io.fovea.weights.ChannelOrder;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Gets a lab its pretrained weights: those of the workspace, else a file in $FOVEA_DATA, else published ones; imported once. */
final class WeightSource {

    private final Site site;
    private final Workspace workspace;

    WeightSource(Site site) {
        this.site = site;
        this.workspace = site.workspace();
    }

    /**
     * Returns weights by their name in the workspace, or by that of their network.
     *
     * @throws Problem if they are nowhere and cannot be fetched
     */
    Pretrained find(String name) {
        Path folder = workspace.weights(name);
        if (Files.isDirectory(folder)) return PretrainedFolder.read(folder);
        boolean isNetwork = Catalogue.names().contains(name);
        if (!isNetwork) return PretrainedFolder.read(workspace.existing(Shelf.WEIGHTS, name));
        Optional<Path> file = file(name);
        Pretrained pretrained = file.isPresent()
                ? imported(name, file.get(), file.get().getFileName().toString(), "")
                : published(name);
        workspace.checkWritable();
        PretrainedFolder.write(pretrained, folder);
        return pretrained;
    }

    private Pretrained published(String network) {
        PublicWeights weights = PublicWeights.named(network + "-imagenet");
        site.note("Fetching the weights of " + network + ": " + weights.address() + ", " + weights.licence());
        workspace.checkWritable();
        Path file = weights.fetch(
                workspace.cache().resolve("weights"), new Download(DownloadSettings.DEFAULT), site.downloads());
        return imported(network, file, weights.address().toString(), weights.licence());
    }

    private Pretrained imported(String network, Path file, String source, String licence) {
        site.note("Taking the weights of " + network + " from " + file + ".");
        WeightImport.Settings settings = new WeightImport.Settings(
                network,
                network,
                UsualPreprocessing.of(Catalogue.entry(network)),
                ChannelOrder.RGB,
                List.of(),
                source,
                licence);
        return WeightImport.of(file, settings).pretrained();
    }

    /** Returns the file of a network's weights in $FOVEA_DATA: {@code pretrained-imagenet/<name>/<name>*.safetensors}. */
    private Optional<Path> file(String name) {
        Path folder = site.dataFolder()
                .orElse(Path.of(""))
                .resolve("pretrained-imagenet")
                .resolve(name);
        if (!Files.isDirectory(folder)) return Optional.empty();
        PathMatcher weights = FileSystems.getDefault().getPathMatcher("glob:*.safetensors");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> weights.matches(file.getFileName()))
                    .sorted()
                    .findFirst();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
