package io.fovea.predict;

import io.fovea.bundle.Bundle;
import io.fovea.image.Pixels;
import io.fovea.image.Placement;
import io.fovea.image.Preprocessing;
import io.fovea.image.Target;
import io.fovea.problem.Problem;
import io.fovea.task.ModelOutput;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * A loaded model that reads numbers from pictures: places, such as the tip of a nose, and plain values.
 *
 * <pre>{@code
 * try (Regressor regressor = Regressor.load(Path.of("nose.fovea"))) {
 *     System.out.println(regressor.predict(Path.of("face.jpg")).points());
 * }
 * }</pre>
 *
 * <p>Places are in pixels of the picture that was given, whatever its size: x′ of the prepared picture is traced back through
 * {@link Placement#original}. The picture is upright, turned as its camera noted. Coordinates run along pixel edges, from 0 to the width.
 *
 * <p>Any number of threads may predict at once; each gets its own buffers. Closing frees native memory and waits for predictions
 * that are under way.
 */
public final class Regressor implements Decoder {

    /** Where the points of a picture that is prepared already lie. */
    private static final Placement IN_PLACE = new Placement(1, 1, 0, 0);

    private final Model model;
    private final Preprocessing preprocessing;
    private final List<Target> targets;
    private final Runs runs;

    private Regressor(Model model, List<Target> targets) {
        this.model = model;
        this.preprocessing = model.manifest().preprocessing();
        this.targets = targets;
        this.runs = model.runs(List.of(ModelOutput.VALUES));
    }

    /**
     * Loads a model file, checks all of it, and replays its golden pictures.
     *
     * @throws Problem if the file is damaged or its model tells classes apart, or a golden picture comes out otherwise than when the
     *     model was made
     */
    public static Regressor load(Path file) {
        return load(file, PredictionOptions.DEFAULT);
    }

    /**
     * Loads a model file.
     *
     * @throws Problem as {@link #load(Path)}, as far as {@code options} ask for
     */
    public static Regressor load(Path file, PredictionOptions options) {
        return of(Model.load(file, options));
    }

    /**
     * Loads a model that is in memory already; nothing of {@code bundle} but its manifest is kept.
     *
     * @throws Problem as {@link #load(Path)}, as far as {@code options} ask for
     */
    public static Regressor of(Bundle bundle, PredictionOptions options) {
        return of(Model.of(bundle, options));
    }

    /**
     * Returns a model's regressor, which closes the model when it is closed.
     *
     * @throws Problem if the model's task is another; the model is then closed
     */
    public static Regressor of(Model model) {
        if (model.manifest().task() instanceof io.fovea.task.Regression regression)
            return new Regressor(model, regression.targets());
        model.close();
        throw model.otherTask(io.fovea.task.Regression.WORD);
    }

    @Override
    public Model model() {
        return model;
    }

    @Override
    public Set<Drawing> drawings() {
        return Set.of();
    }

    @Override
    public Regression answer(Path picture) {
        return predict(picture);
    }

    @Override
    public Regression answer(byte[] picture, String name) {
        return predict(picture, name);
    }

    /**
     * Reads the values of a picture file.
     *
     * @throws Problem if it cannot be read or is no picture
     */
    public Regression predict(Path picture) {
        return predict(model.decode(picture));
    }

    /**
     * Reads the values of the bytes of a picture file.
     *
     * @throws Problem if they are no picture
     */
    public Regression predict(byte[] picture) {
        return predict(picture, "picture");
    }

    /**
     * Reads the values of the bytes of a picture file that has a name.
     *
     * @param name what a problem calls the picture
     * @throws Problem if they are no picture
     */
    public Regression predict(byte[] picture, String name) {
        return predict(model.decode(picture, name));
    }

    /** Reads the values of a picture that a Java program holds. */
    public Regression predict(BufferedImage picture) {
        return predict(model.decode(picture));
    }

    /**
     * Reads the values of a decoded picture of any size.
     *
     * @throws IllegalArgumentException if it has not the model's number of channels
     */
    public Regression predict(Pixels picture) {
        Placement placement = preprocessing.placement(picture.height(), picture.width());
        return runs.answer(model.resized(picture), (lane, row, index) -> regression(lane, row, placement));
    }

    /**
     * Reads the values of picture files in batches, with less work per picture than one at a time; answers are in the order of the
     * files.
     *
     * @throws Problem if one cannot be read or is no picture; it names that one
     */
    public List<Regression> predictAll(List<Path> pictures) {
        return inBatches(pictures.size(), i -> model.decode(pictures.get(i)));
    }

    /** Reads the values of decoded pictures of any sizes in batches; answers are in the order of the pictures. */
    public List<Regression> predictBatch(List<Pixels> pictures) {
        return inBatches(pictures.size(), pictures::get);
    }

    /**
     * Reads the values of pictures that are as the network takes them already, as a dataset of the same preparation holds them:
     * nothing is resized or cut again, and places are in pixels of these pictures.
     *
     * @throws IllegalArgumentException if one has not the size and channels of the model's preprocessing
     */
    public List<Regression> predictPrepared(List<Pixels> prepared) {
        return runs.answers(
                prepared.size(),
                i -> model.checkedShape(prepared.get(i)),
                (lane, row, index) -> regression(lane, row, IN_PLACE));
    }

    @Override
    public List<Regression> answers(List<PlacedPicture> pictures) {
        return runs.answers(
                pictures.size(),
                i -> model.checkedShape(pictures.get(i).prepared()),
                (lane, row, index) -> regression(lane, row, pictures.get(index).placement()));
    }

    private List<Regression> inBatches(int count, IntFunction<Pixels> pictures) {
        List<Placement> placements = new ArrayList<>(count);
        return runs.answers(
                count,
                i -> {
                    Pixels picture = pictures.apply(i);
                    placements.add(preprocessing.placement(picture.height(), picture.width()));
                    return model.resized(picture);
                },
                (lane, row, index) -> regression(lane, row, placements.get(index)));
    }

    private Regression regression(Lane lane, int row, Placement placement) {
        float[] outputs = lane.output(0, row);
        List<RegressedValue> values = new ArrayList<>(outputs.length);
        for (int t = 0; t < outputs.length; t++) {
            Target target = targets.get(t);
            if (!Float.isFinite(outputs[t])) {
                throw model.diverged("The network gives " + outputs[t] + " for the target \"" + target.name() + "\"");
            }
            double value = placement.original(target.axis(), target.value(outputs[t]));
            values.add(new RegressedValue(target.name(), target.axis(), value));
        }
        return model.told(new Regression(values, model.unfamiliarity(lane, row)));
    }
}
