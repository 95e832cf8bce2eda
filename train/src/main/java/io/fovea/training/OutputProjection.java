package io.fovea.training;

import io.fovea.codec.PngWriter;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.image.Pixels;
import io.fovea.image.Resize;
import io.fovea.image.ResizeMode;
import io.fovea.module.TrainableModule;
import io.fovea.task.ModelOutput;
import io.fovea.tensorboard.Projection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The logits of validation pictures as points with class, prediction and a small picture. */
final class OutputProjection {

    /** The page itself draws a sample of a few thousand points. */
    private static final int MOST_POINTS = 2000;

    private static final int LONGEST_SIDE = 64;

    private OutputProjection() {}

    /** Whether outputs are points with a class each: logits of a picture. */
    static boolean isPossible(Dataset dataset) {
        return !dataset.classNames().isEmpty()
                && dataset.task().result().equals(ModelOutput.LOGITS)
                && dataset.task()
                                .outputs(List.of(dataset.classNames().size()))
                                .getFirst()
                                .shape()
                                .size()
                        == 1;
    }

    /** Returns the points; of many pictures, some at even distances. */
    static Projection of(TrainableModule module, Dataset dataset) {
        int count = dataset.count(Split.VALIDATION);
        int points = Math.min(count, MOST_POINTS);
        int outputs = module.outputs();
        float[] all = Scoring.outputs(module, dataset, Split.VALIDATION);
        float[] logits = new float[points * outputs];
        List<String> classes = new ArrayList<>();
        List<String> predictions = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        List<Pixels> pictures = new ArrayList<>();
        for (int point = 0; point < points; point++) {
            int index = (int) ((long) point * count / points);
            float[] row = Arrays.copyOfRange(all, index * outputs, (index + 1) * outputs);
            System.arraycopy(row, 0, logits, point * outputs, outputs);
            classes.add(dataset.classNames().get(dataset.label(Split.VALIDATION, index)));
            predictions.add(dataset.classNames().get(largest(row)));
            sources.add(dataset.source(Split.VALIDATION, index));
            pictures.add(small(dataset.picture(Split.VALIDATION, index)));
        }
        Map<String, List<String>> columns = new LinkedHashMap<>();
        columns.put("class", classes);
        columns.put("prediction", predictions);
        columns.put("picture", sources);
        return new Projection("logits", outputs, logits, columns, Optional.of(sprite(pictures)));
    }

    private static int largest(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
        return best;
    }

    private static Pixels small(Pixels picture) {
        int side = Math.max(picture.height(), picture.width());
        if (side <= LONGEST_SIDE) return picture;
        int height = Math.max(1, picture.height() * LONGEST_SIDE / side);
        int width = Math.max(1, picture.width() * LONGEST_SIDE / side);
        return Resize.to(picture, height, width, ResizeMode.SQUASH);
    }

    /** All pictures have the same size, that of the dataset's preparation. */
    private static Projection.Sprite sprite(List<Pixels> pictures) {
        Pixels first = pictures.getFirst();
        int columns = Projection.Sprite.columns(pictures.size());
        int rowLength = first.width() * first.channels();
        byte[] values = new byte[columns * columns * first.height() * rowLength];
        for (int i = 0; i < pictures.size(); i++) {
            for (int y = 0; y < first.height(); y++) {
                int row = i / columns * first.height() + y;
                System.arraycopy(
                        pictures.get(i).values(),
                        y * rowLength,
                        values,
                        (row * columns + i % columns) * rowLength,
                        rowLength);
            }
        }
        Pixels all = new Pixels(columns * first.height(), columns * first.width(), first.channels(), values);
        return new Projection.Sprite(PngWriter.bytes(all), first.width(), first.height());
    }
}
