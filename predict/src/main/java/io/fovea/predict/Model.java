package io.fovea.predict;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.GoldenPicture;
import io.fovea.bundle.Manifest;
import io.fovea.bundle.References;
import io.fovea.codec.PictureDecoder;
import io.fovea.codec.PictureLimits;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.task.ModelOutput;
import io.fovea.task.Task;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A loaded model of any task: named tensors in, named tensors out.
 *
 * <pre>{@code
 * try (Model model = Model.load(Path.of("pets.fovea"))) {
 *     Tensor input = model.prepare(Path.of("cat.jpg"));                     // [1, C, H, W]
 *     Map<String, Tensor> outputs = model.run(Map.of("input", input));      // logits and probabilities [1, K]
 * }
 * }</pre>
 *
 * <p>What the numbers mean is for a {@link Decoder}: {@link Classifier}, {@link Regressor}, {@link Segmenter}, {@link Reconstructor}.
 *
 * <p>Any number of threads may run it at once; each gets its own buffers. Closing frees native memory and waits for runs that are under
 * way.
 */
public final class Model implements AutoCloseable {

    private final Manifest manifest;
    private final List<ModelOutput> outputs;
    private final Optional<References> references;
    private final OnnxModel network;
    private final Normaliser normaliser;
    private final String where;
    private final PredictionListener listener;
    private final Optional<ReplayReport> replay;
    private final Runs asked;
    private final List<Runs> lent = new CopyOnWriteArrayList<>();
    private final ReadWriteLock lifetime = new ReentrantReadWriteLock();
    private boolean closed;

    private Model(
            Bundle bundle, List<ModelOutput> outputs, OnnxModel network, PredictionOptions options, String where) {
        this.manifest = bundle.manifest();
        this.outputs = outputs;
        this.references = bundle.references();
        this.network = network;
        this.where = where;
        this.listener = options.listener();
        this.normaliser = new Normaliser(manifest.preprocessing());
        this.replay = options.verification() == Verification.REPLAY
                ? Optional.of(new Replay(bundle.manifest(), bundle::golden, network, normaliser, where).run())
                : Optional.empty();
        this.asked = runs(List.of(), numbers(outputs));
    }

    /**
     * Loads a model file, checks all of it, and replays its golden pictures.
     *
     * @throws Problem if the file is damaged, or a golden picture comes out otherwise than when the model was made
     */
    public static Model load(Path file) {
        return load(file, PredictionOptions.DEFAULT);
    }

    /**
     * Loads a model file.
     *
     * @throws Problem as {@link #load(Path)}, as far as {@code options} ask for
     */
    public static Model load(Path file, PredictionOptions options) {
        return of(Bundle.open(file), options, file.toString());
    }

    /**
     * Loads a model that is in memory already; nothing of {@code bundle} but its manifest and references is kept.
     *
     * @throws Problem as {@link #load(Path)}, as far as {@code options} ask for
     */
    public static Model of(Bundle bundle, PredictionOptions options) {
        return of(bundle, options, "model \"" + bundle.manifest().name() + "\"");
    }

    /**
     * Loads a model that is in memory already, such as one whose file was opened before.
     *
     * @param where what problems name
     * @throws Problem as {@link #load(Path)}, as far as {@code options} ask for
     */
    public static Model of(Bundle bundle, PredictionOptions options, String where) {
        Manifest manifest = bundle.manifest();
        Preprocessing preprocessing = manifest.preprocessing();
        long[] shape = {preprocessing.channels(), preprocessing.height(), preprocessing.width()};
        List<ModelOutput> outputs = new ArrayList<>(manifest.outputs());
        manifest.familiarity()
                .filter(familiarity ->
                        outputs.stream().noneMatch(each -> each.name().equals(familiarity.output())))
                .ifPresent(familiarity -> outputs.add(ModelOutput.floats(familiarity.output(), 1, "squared distance")));
        int threads = options.threadsFor(manifest.sizes().multiplyAccumulates());
        OnnxModel network = OnnxModel.load(bundle.onnx(), shape, outputs, threads, where);
        try {
            return new Model(bundle, List.copyOf(outputs), network, options, where);
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /** Returns what the model is. */
    public Manifest manifest() {
        return manifest;
    }

    /** Returns what the replay of the golden pictures found; empty if it was skipped. */
    public Optional<ReplayReport> replay() {
        return replay;
    }

    /**
     * Replays the golden pictures once more, on what is loaded: memory that was full, or a library that was replaced, shows after a start too.
     *
     * @param contents the bytes of a golden picture's file, as {@link Bundle#golden} gives; the model does not keep them
     * @throws Problem that names the picture and the first stage that differs
     * @throws IllegalStateException if the model is closed
     */
    public ReplayReport replayAgain(Function<GoldenPicture, byte[]> contents) {
        Lock use = use();
        try {
            return new Replay(manifest, contents, network, normaliser, where).run();
        } finally {
            use.unlock();
        }
    }

    /** Returns the pictures that the model compares others with, if it carries them. */
    public Optional<References> references() {
        return references;
    }

    /** Returns what it takes; N is free. */
    public List<ModelInput> inputs() {
        Preprocessing preprocessing = manifest.preprocessing();
        return List.of(new ModelInput(
                OnnxModel.INPUT,
                ModelOutput.Type.FLOAT32,
                List.of(preprocessing.channels(), preprocessing.height(), preprocessing.width())));
    }

    /** Returns all that it can be asked for, what every model of its task answers with first; N is free. */
    public List<ModelOutput> outputs() {
        return outputs;
    }

    /**
     * Returns a picture file as the network takes it, [1, C, H, W].
     *
     * @throws Problem if it cannot be read or is no picture
     */
    public Tensor prepare(Path picture) {
        return prepare(decode(picture));
    }

    /**
     * Returns the bytes of a picture file as the network takes them, [1, C, H, W].
     *
     * @param name what a problem calls the picture
     * @throws Problem if they are no picture
     */
    public Tensor prepare(byte[] picture, String name) {
        return prepare(decode(picture, name));
    }

    /** Returns a picture that a Java program holds as the network takes it, [1, C, H, W]. */
    public Tensor prepare(BufferedImage picture) {
        return prepare(decode(picture));
    }

    /**
     * Returns a decoded picture of any size as the network takes it, [1, C, H, W].
     *
     * @throws IllegalArgumentException if it has not the model's number of channels
     */
    public Tensor prepare(Pixels picture) {
        return normalise(resized(picture));
    }

    /**
     * Returns a picture that is in the network's size already as the network takes it, [1, C, H, W].
     *
     * @throws IllegalArgumentException if it has not the size and channels of the model's preprocessing
     */
    public Tensor normalise(Pixels prepared) {
        Preprocessing preprocessing = manifest.preprocessing();
        float[] values = new float[prepared.values().length];
        preprocessing.normalise(prepared, values, 0);
        return Tensor.ofFloats(new int[] {1, prepared.channels(), prepared.height(), prepared.width()}, values);
    }

    /**
     * Returns what every model of its task answers with, by name.
     *
     * @param inputs {@code input} [N, C, H, W]; {@link Tensor#batch} joins pictures
     * @throws IllegalArgumentException if an input is missing, unknown, or of another type or shape
     * @throws IllegalStateException if the model is closed
     */
    public Map<String, Tensor> run(Map<String, Tensor> inputs) {
        return run(
                inputs,
                manifest.task().outputs(manifest.result().shape()).stream()
                        .map(ModelOutput::name)
                        .toList());
    }

    /**
     * Returns the named outputs in the order of the names; no other is computed.
     *
     * @param inputs {@code input} [N, C, H, W]
     * @param names  some of {@link #outputs}
     * @throws IllegalArgumentException if an input is missing, unknown, or of another type or shape, or an output is unknown
     * @throws IllegalStateException if the model is closed
     */
    public Map<String, Tensor> run(Map<String, Tensor> inputs, Collection<String> names) {
        Tensor input = checkedInput(inputs);
        int count = input.size(0);
        Map<String, OnnxModel.Collected> collected = new LinkedHashMap<>();
        for (String name : names) collected.put(name, new OnnxModel.Collected(output(name), count));
        if (collected.isEmpty()) throw new IllegalArgumentException("No output is named; there are " + outputNames());
        for (int first = 0; first < count; first += asked.batch()) {
            int start = first;
            asked.lend(Math.min(asked.batch(), count - first), lane -> {
                input.put(lane.input(), start, lane.pictures());
                timed(PredictionListener.Stage.NETWORK, lane.pictures(), () -> {
                    network.run(lane, collected);
                    return collected;
                });
                return collected;
            });
        }
        Map<String, Tensor> found = new LinkedHashMap<>();
        collected.forEach((name, output) -> found.put(name, output.tensor()));
        return found;
    }

    private Tensor checkedInput(Map<String, Tensor> inputs) {
        ModelInput expected = inputs().get(0);
        for (String name : inputs.keySet()) {
            if (!expected.name().equals(name)) {
                throw new IllegalArgumentException("There is no input \"" + name + "\"; "
                        + Nearest.suggestion(String.valueOf(name), List.of(expected.name())));
            }
        }
        Tensor input = inputs.get(expected.name());
        if (input == null) throw new IllegalArgumentException("The input \"" + expected.name() + "\" is missing");
        List<Integer> shape = expected.shape();
        boolean fits = input.type() == expected.type() && input.rank() == shape.size() + 1;
        for (int axis = 0; fits && axis < shape.size(); axis++) fits = input.size(axis + 1) == shape.get(axis);
        if (fits) return input;
        throw new IllegalArgumentException("Expected \"" + expected.name() + "\" as " + expected.type() + " [N, "
                + shape.toString().substring(1) + ", found " + input.type() + " " + Arrays.toString(input.shape()));
    }

    /**
     * Returns an output by its name.
     *
     * @throws IllegalArgumentException if there is none
     */
    ModelOutput output(String name) {
        Objects.requireNonNull(name, "name");
        return outputs.stream()
                .filter(output -> output.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no output \"" + name + "\"; " + Nearest.suggestion(name, outputNames())));
    }

    private List<String> outputNames() {
        return outputs.stream().map(ModelOutput::name).toList();
    }

    /**
     * Returns runs for a decoder, which end with the model.
     *
     * @param names of the outputs it wants; the distance to familiar pictures is added where the model tells it
     */
    Runs runs(List<String> names) {
        List<ModelOutput> wanted = new ArrayList<>();
        for (String name : names) wanted.add(output(name));
        manifest.familiarity().ifPresent(familiarity -> wanted.add(output(familiarity.output())));
        return runs(List.copyOf(wanted), numbers(wanted));
    }

    private Runs runs(List<ModelOutput> wanted, long numbers) {
        Runs runs = new Runs(this, network, normaliser, wanted, numbers);
        lent.add(runs);
        return runs;
    }

    /** Returns how many numbers go in and come out for one picture. */
    private long numbers(List<ModelOutput> wanted) {
        Preprocessing preprocessing = manifest.preprocessing();
        long numbers = (long) preprocessing.channels() * preprocessing.height() * preprocessing.width();
        for (ModelOutput output : wanted) numbers += output.count();
        return numbers;
    }

    /** Returns how far a picture is from those that the model learned from, if it tells; by runs of {@link #runs(List)}. */
    Optional<Unfamiliarity> unfamiliarity(Lane lane, int row) {
        return manifest.familiarity()
                .map(familiarity ->
                        Unfamiliarity.of(lane.number(lane.outputs().size() - 1, row, 0), familiarity.threshold()));
    }

    /** Returns how far a picture of a search is from those that the model learned from, if it tells. */
    Optional<Unfamiliarity> unfamiliarity(NeighbourOutputs search, int row) {
        return manifest.familiarity().flatMap(familiarity -> search.unfamiliarity(row)
                .map(squared -> Unfamiliarity.of(squared, familiarity.threshold())));
    }

    /** Returns whether the network decides by neighbours and shows them. */
    boolean showsNeighbours() {
        return network.showsNeighbours();
    }

    /** Returns what problems name. */
    String where() {
        return where;
    }

    /** Returns the problem of a network that gives something that is not a number. */
    Problem diverged(String what) {
        return new Problem(what, where, "its training has diverged: train the model again with a lower learning rate");
    }

    /** Returns the problem of a model whose task is not the one that a decoder reads. */
    Problem otherTask(String expected) {
        Task task = manifest.task();
        List<String> names = task.names();
        return new Problem(
                "Expected a model for " + expected + ", found one for " + task.word()
                        + (names.isEmpty() ? "" : " of " + few(names)),
                where,
                "load it with the class that reads its task (Classifier, Regressor, Segmenter, Reconstructor), or with"
                        + " Decoder.load or \"fovea predict\", which take every model");
    }

    /** Returns the first names of a list that may hold a thousand. */
    private static String few(List<String> names) {
        StringBuilder shown = new StringBuilder();
        for (String name : names.subList(0, Math.min(3, names.size())))
            shown.append(shown.isEmpty() ? "" : ", ").append('"').append(name).append('"');
        return names.size() <= 3 ? shown.toString() : shown + " and " + (names.size() - 3) + " more";
    }

    Pixels decode(Path picture) {
        return decoded(colors -> PictureDecoder.decode(picture, colors));
    }

    Pixels decode(byte[] picture, String name) {
        return decoded(colors -> PictureDecoder.decode(picture, name, colors));
    }

    Pixels decode(byte[] picture, String name, PictureLimits limits) {
        return decoded(colors -> PictureDecoder.decode(picture, name, colors, limits));
    }

    Pixels decode(BufferedImage picture) {
        return decoded(colors -> PictureDecoder.fromImage(picture, colors));
    }

    private Pixels decoded(Function<ColorMode, Pixels> decode) {
        return timed(
                PredictionListener.Stage.DECODE,
                1,
                () -> decode.apply(manifest.preprocessing().colorMode()));
    }

    /** Returns a picture of any size in the size that the network takes. */
    Pixels resized(Pixels picture) {
        return timed(PredictionListener.Stage.RESIZE, 1, () -> manifest.preprocessing()
                .prepare(picture));
    }

    /** Does a step, and tells how long it took. */
    <T> T timed(PredictionListener.Stage stage, int pictures, Supplier<T> step) {
        if (listener == PredictionListener.NONE) return step.get();
        long begin = System.nanoTime();
        T result = step.get();
        listener.finished(stage, pictures, System.nanoTime() - begin);
        return result;
    }

    /** Tells of an answer, and returns it. */
    <T extends Answer> T told(T answer) {
        listener.answered(answer);
        return answer;
    }

    /** Returns a picture that needs no resizing any more, after a look at its shape. */
    Pixels checkedShape(Pixels prepared) {
        Preprocessing expected = manifest.preprocessing();
        if (prepared.height() == expected.height()
                && prepared.width() == expected.width()
                && prepared.channels() == expected.channels()) return prepared;
        throw new IllegalArgumentException("Expected a prepared picture [" + expected.height() + ", " + expected.width()
                + ", " + expected.channels() + "], found [" + prepared.height() + ", " + prepared.width() + ", "
                + prepared.channels() + "]");
    }

    /** Keeps the model open until the returned lock is unlocked. */
    Lock use() {
        Lock use = lifetime.readLock();
        use.lock();
        if (closed) {
            use.unlock();
            throw new IllegalStateException("The model \"" + manifest.name() + "\" is closed");
        }
        return use;
    }

    /** Frees native memory, after runs that are under way; closing again does nothing. */
    @Override
    public void close() {
        lifetime.writeLock().lock();
        try {
            if (closed) return;
            closed = true;
            lent.forEach(Runs::free);
            network.close();
        } finally {
            lifetime.writeLock().unlock();
        }
    }
}
