package io.fovea.cli;

import io.fovea.collection.IdxWriter;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
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
import java.util.stream.Stream;

/**
 * The talk's two sets: all digits, and few of them.
 *
 * <p>The few are the first 4,000 training pictures. They are judged on all test pictures, and the first 1,000 of these are counted besides: a model
 * then has both figures.
 *
 * @param all 60,000 to train on, 10,000 to test on
 * @param few the first 4,000 to train on, the same to test on
 */
record LabHybridSets(Dataset all, Dataset few) implements AutoCloseable {

    /** Pictures to train on. */
    static final int FEW = 4_000;

    /** Pictures to test on. */
    static final int FEW_TESTED = 1_000;

    /** Opens both, after making those that this workspace does not have yet. */
    static LabHybridSets open(Console console, Workspace workspace, Optional<String> data, long seed) {
        Dataset all =
                new LabData(console, workspace, LabSize.FULL, seed).open(data).dataset();
        try {
            return new LabHybridSets(all, few(console, workspace, all));
        } catch (RuntimeException failure) {
            all.close();
            throw failure;
        }
    }

    private static Dataset few(Console console, Workspace workspace, Dataset all) {
        // the name tells the contents, so that another --data never meets a set of the former one
        String name = all.name() + "-first-4000-" + all.contentHash().substring(0, 8);
        ImportSettings settings = ImportSettings.of(name, all.preparation()).withSeed(all.seed());
        LabImport lab = new LabImport(console, workspace);
        Optional<Dataset> kept = lab.kept(settings);
        if (kept.isPresent()) return kept.get();
        workspace.checkWritable();
        try {
            Files.createDirectories(workspace.cache());
            Path files = Files.createTempDirectory(workspace.cache(), "digits-");
            try {
                write(all, Split.TRAINING, Math.min(FEW, all.count(Split.TRAINING)), files, "train");
                write(all, Split.TEST, all.count(Split.TEST), files, "t10k");
                return lab.made(List.of(Source.of(files)), settings, "digits");
            } finally {
                delete(files);
            }
        } catch (IOException failure) {
            throw new Problem(
                    "The digits cannot be written: " + failure.getMessage() + ".",
                    workspace.cache().toString(),
                    "check the permissions and the free space of the workspace",
                    failure);
        }
    }

    private static void write(Dataset all, Split split, int count, Path folder, String prefix) {
        int size = all.preparation().sizeInBytes();
        byte[] pictures = new byte[count * size];
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            all.copyPicture(split, i, pictures, i * size);
            labels[i] = (byte) all.label(split, i);
        }
        IdxWriter.writePictures(
                pictures,
                all.preparation().height(),
                all.preparation().width(),
                folder.resolve(prefix + "-images-idx3-ubyte.gz"));
        IdxWriter.writeLabels(labels, folder.resolve(prefix + "-labels-idx1-ubyte.gz"));
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) Files.delete(file);
            Files.delete(folder);
        } catch (IOException leftover) {
            throw new UncheckedIOException(leftover);
        }
    }

    /** Returns what is learned in a column. */
    Dataset of(LabHybridColumn column) {
        return switch (column.pictures()) {
            case FEW -> few;
            case ALL -> all;
        };
    }

    /** Returns how many of the first test pictures a column counts. */
    int tested(LabHybridColumn column) {
        int whole = of(column).count(Split.TEST);
        return column.pictures() == LabHybridColumn.Pictures.FEW ? Math.min(FEW_TESTED, whole) : whole;
    }

    @Override
    public void close() {
        few.close();
        all.close();
    }
}
