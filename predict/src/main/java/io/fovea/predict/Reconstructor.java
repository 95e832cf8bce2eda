package io.fovea.predict;

import io.fovea.bundle.Bundle;
import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import io.fovea.task.ModelOutput;
import io.fovea.task.Reconstruction;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * A loaded model that makes a picture of a picture, for example one without noise.
 *
 * <pre>{@code
 * try (Reconstructor reconstructor = Reconstructor.load(Path.of("denoise.fovea"))) {
 *     PngWriter.write(reconstructor.reconstruct(Path.of("noisy.png")), Path.of("clean.png"));
 * }
 * }</pre>
 *
 * <p>Pictures come out in the model's size and number of channels: value v becomes the byte round(255 · v), below 0 and above 1 cut off.
 *
 * <p>Any number of threads may share it; each gets its own buffers. Closing frees native memory and waits for predictions that are under
 * way.
 */
public final class Reconstructor implements Decoder {

    private final Model model;
    private final int channels;
    private final int height;
    private final int width;
    private final Runs runs;

    private Reconstructor(Model model) {
        this.model = model;
        List<Integer> shape = model.manifest().result().shape(); // [C, H, W]
        this.channels = shape.get(0);
        this.height = shape.get(1);
        this.width = shape.get(2);
        this.runs = model.runs(List.of(ModelOutput.PIXELS));
    }

    /**
     * Loads a model file, checks all of it, and replays its golden pictures.
     *
     * @throws Problem if the file is damaged or its model answers something else, or a golden picture comes out otherwise than when the
     *     model was made
     */
    public static Reconstructor load(Path file) {
        return load(file, PredictionOptions.DEFAULT);
    }

    /**
     * Loads a model file.
     *
     * @throws Problem as {@link #load(Path)}, as far as {@code options} ask for
     */
    public static Reconstructor load(Path file, PredictionOptions options) {
        return of(Model.load(file, options));
    }

    /**
     * Loads a model that is in memory already; nothing of {@code bundle} but its manifest is kept.
     *
     * @throws Problem as {@link #load(Path)}, as far as {@code options} ask for
     */
    public static Reconstructor of(Bundle bundle, PredictionOptions options) {
        return of(Model.of(bundle, options));
    }

    /**
     * Returns a model's reconstructor, which closes the model when it is closed.
     *
     * @throws Problem if the model's task is another; the model is then closed
     */
    public static Reconstructor of(Model model) {
        if (model.manifest().task() instanceof Reconstruction) return new Reconstructor(model);
        model.close();
        throw model.otherTask(Reconstruction.WORD);
    }

    /**
     * Returns what the model makes of a picture file.
     *
     * @throws Problem if it cannot be read or is no picture
     */
    public Pixels reconstruct(Path picture) {
        return reconstruct(model.decode(picture));
    }

    /**
     * Returns what the model makes of the bytes of a picture file that has a name.
     *
     * @param name what a problem calls the picture
     * @throws Problem if they are no picture
     */
    public Pixels reconstruct(byte[] picture, String name) {
        return reconstruct(model.decode(picture, name));
    }

    /** Returns what the model makes of a picture that a Java program holds. */
    public Pixels reconstruct(BufferedImage picture) {
        return reconstruct(model.decode(picture));
    }

    /**
     * Returns what the model makes of a decoded picture of any size.
     *
     * @throws IllegalArgumentException if it has not the model's number of channels
     */
    public Pixels reconstruct(Pixels picture) {
        return answer(picture).picture();
    }

    /**
     * Returns what the model makes of pictures that are as the network takes them already, as a dataset of the same preparation holds them.
     *
     * @throws IllegalArgumentException if one has not the size and channels of the model's preprocessing
     */
    public List<Pixels> reconstructPrepared(List<Pixels> prepared) {
        IntFunction<Pixels> checked = i -> model.checkedShape(prepared.get(i));
        return runs.answers(prepared.size(), checked, (lane, row, index) -> pixels(lane, row));
    }

    @Override
    public Reconstructed answer(Path picture) {
        return answer(model.decode(picture));
    }

    @Override
    public Reconstructed answer(byte[] picture, String name) {
        return answer(model.decode(picture, name));
    }

    private Reconstructed answer(Pixels picture) {
        return runs.answer(model.resized(picture), this::reconstructed);
    }

    @Override
    public List<Reconstructed> answers(List<PlacedPicture> pictures) {
        return runs.answers(
                pictures.size(), i -> model.checkedShape(pictures.get(i).prepared()), this::reconstructed);
    }

    private Reconstructed reconstructed(Lane lane, int row, int index) {
        return model.told(new Reconstructed(pixels(lane, row), model.unfamiliarity(lane, row)));
    }

    private Pixels pixels(Lane lane, int row) {
        float[] values = lane.output(0, row); // [C, H, W]
        int area = height * width;
        byte[] bytes = new byte[values.length]; // [H, W, C]
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < area; i++) bytes[i * channels + c] = (byte) rounded(values[c * area + i]);
        }
        return new Pixels(height, width, channels, bytes);
    }

    private int rounded(float value) {
        if (Float.isNaN(value)) throw model.diverged("The network gives NaN for a pixel");
        return Math.round(Math.max(0, Math.min(1, value)) * 255);
    }

    @Override
    public Model model() {
        return model;
    }

    @Override
    public Set<Drawing> drawings() {
        return Set.of(Drawing.ANSWER);
    }
}
