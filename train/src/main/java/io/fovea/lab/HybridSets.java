package io.fovea.lab;

import io.fovea.collection.IdxWriter;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitSettings;
import java.nio.file.Path;

/**
 * The talk's two sets: all digits, and few of them.
 *
 * <p>The few are the first 4,000 training pictures. They are judged on all test pictures, and the first 1,000 of these are counted besides: a model
 * then has both figures.
 *
 * @param all 60,000 to train on, 10,000 to test on
 * @param few the first 4,000 to train on, the same to test on
 */
record HybridSets(Dataset all, Dataset few) implements AutoCloseable {

    /** Pictures to train on. */
    static final int FEW = 4_000;

    /** Pictures to test on. */
    static final int FEW_TESTED = 1_000;

    /** Opens both, after making those that this workspace does not have yet. */
    static HybridSets open(Site site, PictureRecipe recipe, Choice choice) {
        Dataset all = new DigitSource(site, recipe, DigitSize.FULL, choice.seed())
                .open(choice.data())
                .dataset();
        try {
            return new HybridSets(all, few(site, all));
        } catch (RuntimeException failure) {
            all.close();
            throw failure;
        }
    }

    private static Dataset few(Site site, Dataset all) {
        // the name tells the contents, so that another --data never meets a set of the former one
        String name = all.name() + "-first-4000-" + all.contentHash().substring(0, 8);
        ImportSettings settings =
                ImportSettings.of(name, all.preparation()).withSeed(all.seed()).withSplits(new SplitSettings(0, 0));
        PictureImport imports = new PictureImport(site);
        return imports.kept(settings)
                .orElseGet(() -> imports.ofFiles(
                        files -> {
                            write(all, Split.TRAINING, Math.min(FEW, all.count(Split.TRAINING)), files, "train");
                            write(all, Split.TEST, all.count(Split.TEST), files, "t10k");
                        },
                        settings));
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

    /** Returns what is learned in a column. */
    Dataset of(HybridColumn column) {
        return switch (column.pictures()) {
            case FEW -> few;
            case ALL -> all;
        };
    }

    /** Returns how many of the first test pictures a column counts. */
    int tested(HybridColumn column) {
        int whole = of(column).count(Split.TEST);
        return column.pictures() == HybridColumn.Pictures.FEW ? Math.min(FEW_TESTED, whole) : whole;
    }

    @Override
    public void close() {
        few.close();
        all.close();
    }
}
