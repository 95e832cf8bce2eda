package io.fovea.resource;

import io.fovea.batch.Augmentation;
import io.fovea.batch.Batch;
import io.fovea.batch.BatchLoader;
import io.fovea.batch.BatchSettings;
import io.fovea.batch.Order;
import io.fovea.codec.PngWriter;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.DatasetSelection;
import io.fovea.dataset.DatasetSelection.Example;
import io.fovea.dataset.Split;
import io.fovea.image.PictureSheet;
import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A dataset's own pictures as training would see them: a row as they are, and below it the same in some epochs. */
final class AugmentationPreview {

    private static final int EPOCHS = 3;

    /** Pictures in a row. */
    private static final int COLUMNS = 10;

    private AugmentationPreview() {}

    /**
     * Returns the sheet as PNG: [4 rows, {@value PictureSheet#COLUMNS} columns] of pictures.
     *
     * @throws Problem if the dataset has no training pictures
     */
    static byte[] of(Dataset dataset, Augmentation augmentation, long seed) {
        int all = dataset.count(Split.TRAINING);
        if (all == 0)
            throw new Problem(
                    "The dataset has no training pictures.",
                    "dataset \"" + dataset.name() + "\"",
                    "import it with a training part");
        int shown = Math.min(COLUMNS, all);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < shown; i++) examples.add(new Example(Split.TRAINING, (int) ((long) i * all / shown)));
        List<Pixels> pictures = new ArrayList<>();
        for (Example example : examples) pictures.add(dataset.picture(Split.TRAINING, example.index()));
        pad(pictures, shown);
        Dataset few = dataset.select(new DatasetSelection(examples, List.of()));
        BatchSettings settings =
                BatchSettings.forTraining(shown, augmentation, seed, 0).withOrder(Order.SEQUENTIAL);
        try (BatchLoader loader = new BatchLoader(few, Split.TRAINING, settings)) {
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                loader.start(epoch, 0);
                add(loader.next().orElseThrow(), pictures);
                pad(pictures, shown);
            }
        }
        return PngWriter.bytes(PictureSheet.of(pictures, COLUMNS));
    }

    private static void add(Batch batch, List<Pixels> pictures) {
        int length = batch.height() * batch.width() * batch.channels();
        for (int i = 0; i < batch.size(); i++) {
            byte[] values = Arrays.copyOfRange(batch.pixels(), i * length, (i + 1) * length);
            pictures.add(new Pixels(batch.height(), batch.width(), batch.channels(), values));
        }
    }

    /** A row of few pictures is filled, so that the next begins below it. */
    private static void pad(List<Pixels> pictures, int shown) {
        Pixels last = pictures.getLast();
        byte[] blank = new byte[last.values().length];
        for (int i = shown; i < COLUMNS; i++)
            pictures.add(new Pixels(last.height(), last.width(), last.channels(), blank));
    }
}
