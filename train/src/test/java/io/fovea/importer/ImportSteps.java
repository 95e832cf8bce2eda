package io.fovea.importer;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.codec.PngWriter;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.ResizeMode;
import io.fovea.problem.Problem;
import io.fovea.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the tests of imports do again and again: small pictures, imports into a folder, reading back. */
public final class ImportSteps {

    /** Grey pictures of 2x2. */
    public static final Preparation TINY = new Preparation(2, 2, ColorMode.GREY, ResizeMode.SQUASH);

    /** Everything stays training, and one picture per class is enough. */
    public static final ImportSettings ALL_TRAINING = ImportSettings.of("tiny", TINY)
            .withSplits(new SplitSettings(0, 0))
            .withMinimumPerClass(1)
            .withThreads(2);

    private ImportSteps() {}

    /** Writes a 2x2 PNG of one grey, and makes its folders. */
    public static Path picture(Path file, int grey) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, png(grey));
    }

    public static byte[] png(int grey) {
        byte[] values = new byte[4];
        Arrays.fill(values, (byte) grey);
        return PngWriter.bytes(new Pixels(2, 2, 1, values));
    }

    /** Writes a black grey PNG. */
    public static Path picture(Path file, int height, int width) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, PngWriter.bytes(new Pixels(height, width, 1, new byte[height * width])));
    }

    /** Returns "source target target …" for every picture of a split. */
    public static List<String> targets(Path target, Split split) {
        List<String> lines = new ArrayList<>();
        try (Dataset dataset = Dataset.open(target)) {
            float[] values = new float[dataset.targets().size()];
            for (int i = 0; i < dataset.count(split); i++) {
                dataset.copyTargets(split, i, values, 0);
                StringBuilder line = new StringBuilder(dataset.source(split, i));
                for (float value : values) line.append(' ').append(value);
                lines.add(line.toString());
            }
        }
        return lines;
    }

    /** Imports into {@code target}. */
    public static ImportReport run(Path target, ImportSettings settings, Source... sources) {
        return DatasetImport.run(List.of(sources), settings, target, ImportListener.NONE);
    }

    public static ImportReport run(Path target, ImportSettings settings, Path source) {
        return run(target, settings, Source.of(source));
    }

    /** Imports what must be refused. */
    public static Problem problem(Path target, ImportSettings settings, Source... sources) {
        return catchThrowableOfType(Problem.class, () -> run(target, settings, sources));
    }

    public static Problem problem(Path target, Path source) {
        return problem(target, ALL_TRAINING, Source.of(source));
    }

    /** Returns "class source first-value" for every picture of a split. */
    public static List<String> contents(Path target, Split split) {
        List<String> lines = new ArrayList<>();
        try (Dataset dataset = Dataset.open(target)) {
            for (int i = 0; i < dataset.count(split); i++) {
                lines.add(dataset.classNames().get(dataset.label(split, i)) + " " + dataset.source(split, i) + " "
                        + dataset.picture(split, i).at(0, 0, 0));
            }
        }
        return lines;
    }

    /** Returns the names in a folder, hidden ones too, sorted. */
    public static List<String> names(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
