package io.fovea.predict;

import io.fovea.bundle.Bundle;
import io.fovea.image.Pixels;
import io.fovea.image.Placement;
import io.fovea.image.Preprocessing;
import io.fovea.problem.Problem;
import io.fovea.task.ModelOutput;
import io.fovea.task.Segmentation;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * A loaded model that tells the class of every pixel.
 *
 * <pre>{@code
 * try (Segmenter segmenter = Segmenter.load(Path.of("streets.fovea"))) {
 *     segmenter.segment(Path.of("photo.jpg")).writePng(Path.of("mask.png"));
 * }
 * }</pre>
 *
 * <p>Masks are in the size of the picture that was given, turned upright as its camera noted: the probabilities of each class are resized
 * bilinearly to where the picture lay, then the largest wins. Pixels that the model's preparation cuts away are
 * {@link Segmentation#UNLABELLED}.
 *
 * <p>Any number of threads may share it; each gets its own buffers. Closing frees native memory and waits for predictions that are under
 * way.
 */
public final class Segmenter implements Decoder {

    /** Where a picture lies that is prepared already. */
    private static final Placement IN_PLACE = new Placement(1, 1, 0, 0);

    private final Model model;
    private final List<String> classNames;
    private final Preprocessing preprocessing;
    private final int mapHeight;
    private final int mapWidth;
    private final Runs runs;

    private Segmenter(Model model, List<String> classNames) {
        this.model = model;
        this.classNames = classNames;
        this.preprocessing = model.manifest().preprocessing();
        List<Integer> shape = model.manifest().result().shape(); // [K, H, W]
        this.mapHeight = shape.get(1);
        this.mapWidth = shape.get(2);
        this.runs = model.runs(List.of(ModelOutput.PROBABILITIES));
    }

    /**
     * Loads a model file, checks all of it, and replays its golden pictures.
     *
     * @throws Problem if the file is damaged or its model answers something else, or a golden picture comes out otherwise than when the
     *     model was made
     */
    public static Segmenter load(Path file) {
        return load(file, PredictionOptions.DEFAULT);
    }

    /**
     * Loads a model file.
     *
     * @throws Problem as {@link #load(Path)}, as far as {@code options} ask for
     */
    public static Segmenter load(Path file, PredictionOptions options) {
        return of(Model.load(file, options));
    }

    /**
     * Loads a model that is in memory already; nothing of {@code bundle} but its manifest is kept.
     *
     * @throws Problem as {@link #load(Path)}, as far as {@code options} ask for
     */
    public static Segmenter of(Bundle bundle, PredictionOptions options) {
        return of(Model.of(bundle, options));
    }

    /**
     * Returns a model's segmenter, which closes the model when it is closed.
     *
     * @throws Problem if the model's task is another; the model is then closed
     */
    public static Segmenter of(Model model) {
        if (model.manifest().task() instanceof Segmentation segmentation)
            return new Segmenter(model, segmentation.classNames());
        model.close();
        throw model.otherTask(Segmentation.WORD);
    }

    /**
     * Tells the classes of a picture file's pixels.
     *
     * @throws Problem if it cannot be read or is no picture
     */
    public Mask segment(Path picture) {
        return segment(model.decode(picture));
    }

    /**
     * Tells the classes of the pixels of a picture file's bytes.
     *
     * @param name what a problem calls the picture
     * @throws Problem if they are no picture
     */
    public Mask segment(byte[] picture, String name) {
        return segment(model.decode(picture, name));
    }

    /** Tells the classes of the pixels of a picture that a Java program holds. */
    public Mask segment(BufferedImage picture) {
        return segment(model.decode(picture));
    }

    /**
     * Tells the classes of the pixels of a decoded picture of any size.
     *
     * @throws IllegalArgumentException if it has not the model's number of channels
     */
    public Mask segment(Pixels picture) {
        Placement placement = preprocessing.placement(picture.height(), picture.width());
        return runs.answer(
                model.resized(picture),
                (lane, row, index) -> mask(lane, row, placement, picture.height(), picture.width()));
    }

    /**
     * Tells the classes of the pixels of pictures that are as the network takes them already, as a dataset of the same preparation holds
     * them; masks are in the prepared size.
     *
     * @throws IllegalArgumentException if one has not the size and channels of the model's preprocessing
     */
    public List<Mask> segmentPrepared(List<Pixels> prepared) {
        IntFunction<Pixels> checked = i -> model.checkedShape(prepared.get(i));
        return runs.answers(
                prepared.size(),
                checked,
                (lane, row, index) -> mask(lane, row, IN_PLACE, preprocessing.height(), preprocessing.width()));
    }

    @Override
    public List<Mask> answers(List<PlacedPicture> pictures) {
        return runs.answers(
                pictures.size(), i -> model.checkedShape(pictures.get(i).prepared()), (lane, row, index) -> {
                    PlacedPicture picture = pictures.get(index);
                    return mask(lane, row, picture.placement(), picture.height(), picture.width());
                });
    }

    private Mask mask(Lane lane, int row, Placement placement, int height, int width) {
        float[] maps = lane.output(0, row); // [K, h, w]
        try {
            byte[] labels = MapLabels.of(
                    maps,
                    classNames.size(),
                    mapHeight,
                    mapWidth,
                    placement,
                    height,
                    width,
                    preprocessing.height(),
                    preprocessing.width());
            return model.told(new Mask(height, width, classNames, labels, model.unfamiliarity(lane, row)));
        } catch (ArithmeticException e) {
            throw model.diverged("The network gives probabilities that are not numbers");
        }
    }

    @Override
    public Mask answer(Path picture) {
        return segment(picture);
    }

    @Override
    public Mask answer(byte[] picture, String name) {
        return segment(picture, name);
    }

    @Override
    public Model model() {
        return model;
    }

    @Override
    public Set<Drawing> drawings() {
        return Set.of(Drawing.ANSWER, Drawing.OVERLAY);
    }
}
