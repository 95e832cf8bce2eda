package io.fovea.cli;

import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.problem.Problem;
import io.fovea.weights.ChannelOrder;
import io.fovea.weights.Pretrained;
import io.fovea.weights.PretrainedFolder;
import io.fovea.weights.WeightImport;
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

/** Gets a lab its pretrained weights: those of the workspace, else a file in $FOVEA_DATA, imported once. */
final class LabWeights {

    private static final float[] IMAGENET_MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] IMAGENET_DEVIATION = {0.229f, 0.224f, 0.225f};

    private final Console console;
    private final Workspace workspace;

    LabWeights(Console console, Workspace workspace) {
        this.console = console;
        this.workspace = workspace;
    }

    /**
     * Returns weights by their name.
     *
     * @throws Problem if they are nowhere
     */
    Pretrained find(String name) {
        Path folder = workspace.weights(name);
        if (Files.isDirectory(folder)) return PretrainedFolder.read(folder);
        Optional<Path> file = file(name);
        if (file.isEmpty()) return PretrainedFolder.read(workspace.existing(Shelf.WEIGHTS, name));
        console.progress("Taking the weights of " + name + " from " + file.get() + ".");
        Preprocessing preprocessing =
                new Preprocessing(224, 224, ColorMode.COLOR, ResizeMode.CROP, 32, IMAGENET_MEAN, IMAGENET_DEVIATION);
        Pretrained pretrained = WeightImport.of(
                        file.get(),
                        new WeightImport.Settings(
                                name,
                                name,
                                preprocessing,
                                ChannelOrder.RGB,
                                List.of(),
                                file.get().getFileName().toString(),
                                ""))
                .pretrained();
        workspace.checkWritable();
        PretrainedFolder.write(pretrained, folder);
        return pretrained;
    }

    /** Returns the file of a network's weights in $FOVEA_DATA: {@code pretrained-imagenet/<name>/<name>*.safetensors}. */
    private static Optional<Path> file(String name) {
        Path folder = Path.of(System.getenv().getOrDefault("FOVEA_DATA", ""))
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
