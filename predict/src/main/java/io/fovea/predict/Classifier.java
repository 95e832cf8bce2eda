package io.fovea.predict;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.Manifest;
import io.fovea.image.PictureDecoder;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.problem.Problem;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.IntFunction;

/**
 * A loaded model: pictures in, ranked classes out.
 *
 * <pre>{@code
 * try (Classifier classifier = Classifier.load(Path.of("mnist-lenet.fovea"))) {
 *     System.out.println(classifier.classify(Path.of("digit.png")).best());
 * }
 * }</pre>
 *
 * <p>Any number of threads may classify at once; each gets its own buffers. Closing frees native memory and waits for predictions
 * that are under way.
 */
public final class Classifier implements AutoCloseable {

    /** Pictures of one run in {@link #classifyAll}: enough to keep processors busy, few enough for small machines. */
    private static final int BATCH = 16;

    private final Manifest manifest;
    private final OnnxModel model;
    private final Normaliser normaliser;
    private final Optional<ReplayReport> replay;
    private final Queue<Lane> idle = new ConcurrentLinkedQueue<>();
    private final Queue<Lane> idleBatches = new ConcurrentLinkedQueue<>();
    private final ReadWriteLock lifetime = new ReentrantReadWriteLock();
    private boolean closed;

    private Classifier(Manifest manifest, OnnxModel model, Normaliser normaliser, Optional<ReplayReport> replay) {
        this.manifest = manifest;
        this.model = model;
        this.normaliser = normaliser;
        this.replay = replay;
    }

    /**
     * Loads a model file, checks all of it, and replays its golden pictures.
     *
     * @throws Problem if the file is damaged, or a golden picture comes out otherwise than when the model was made
     */
    public static Classifier load(Path file) {
        return load(file, ClassifierOptions.DEFAULT);
    }

    /**
     * Loads a model file.
     *
     * @throws Problem as {@link #load(Path)}, as far as {@code options} ask for
     */
    public static Classifier load(Path file, ClassifierOptions options) {
        return of(Bundle.open(file), options, file.toString());
    }

    /**
     * Loads a model that is in memory already; nothing of {@code bundle} but its manifest is kept.
     *
     * @throws Problem as {@link #load(Path)}, as far as {@code options} ask for
     */
    public static Classifier of(Bundle bundle, ClassifierOptions options) {
        return of(bundle, options, "model \"" + bundle.manifest().name() + "\"");
    }

    private static Classifier of(Bundle bundle, ClassifierOptions options, String where) {
        Manifest manifest = bundle.manifest();
        Preprocessing preprocessing = manifest.preprocessing();
        long[] shape = {preprocessing.channels(), preprocessing.height(), preprocessing.width()};
        int threads = options.threadsFor(manifest.sizes().multiplyAccumulates());
        OnnxModel model =
                OnnxModel.load(bundle.onnx(), shape, manifest.classNames().size(), threads, where);
        try {
            Normaliser normaliser = new Normaliser(preprocessing);
            Optional<ReplayReport> report = options.verification() == Verification.REPLAY
                    ? Optional.of(new Replay(bundle, model, normaliser, where).run())
                    : Optional.empty();
            return new Classifier(manifest, model, normaliser, report);
        } catch (RuntimeException e) {
            model.close();
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
     * Classifies a picture file.
     *
     * @throws Problem if it cannot be read or is no picture
     */
    public Prediction classify(Path picture) {
        return classify(PictureDecoder.decode(picture, manifest.preprocessing().colorMode()));
    }

    /**
     * Classifies the bytes of a picture file.
     *
     * @throws Problem if they are no picture
     */
    public Prediction classify(byte[] picture) {
        return classify(picture, "picture");
    }

    /**
     * Classifies the bytes of a picture file that has a name.
     *
     * @param name what a problem calls the picture
     * @throws Problem if they are no picture
     */
    public Prediction classify(byte[] picture, String name) {
        return classify(
                PictureDecoder.decode(picture, name, manifest.preprocessing().colorMode()));
    }

    /** Classifies a picture that a Java program holds. */
    public Prediction classify(BufferedImage picture) {
        return classify(
                PictureDecoder.fromImage(picture, manifest.preprocessing().colorMode()));
    }

    /**
     * Classifies a decoded picture of any size.
     *
     * @throws IllegalArgumentException if it has not the model's number of channels
     */
    public Prediction classify(Pixels picture) {
        Pixels prepared = manifest.preprocessing().prepare(picture);
        Lock use = use();
        try {
            Lane lane = idle.poll();
            if (lane == null) lane = model.lane(1);
            try {
                normaliser.write(prepared, lane.input(), 0);
                model.run(lane);
                return prediction(lane, 0);
            } finally {
                idle.add(lane);
            }
        } finally {
            use.unlock();
        }
    }

    /**
     * Classifies picture files in batches, with less work per picture than one at a time; answers are in the order of the files.
     *
     * @throws Problem if one cannot be read or is no picture; it names that one
     */
    public List<Prediction> classifyAll(List<Path> pictures) {
        return inBatches(
                pictures.size(),
                i -> PictureDecoder.decode(
                        pictures.get(i), manifest.preprocessing().colorMode()));
    }

    /** Classifies decoded pictures of any sizes in batches; answers are in the order of the pictures. */
    public List<Prediction> classifyBatch(List<Pixels> pictures) {
        return inBatches(pictures.size(), pictures::get);
    }

    private List<Prediction> inBatches(int count, IntFunction<Pixels> pictures) {
        List<Prediction> predictions = new ArrayList<>(count);
        for (int first = 0; first < count; first += BATCH) {
            int size = Math.min(BATCH, count - first);
            List<Pixels> prepared = new ArrayList<>(size);
            for (int i = 0; i < size; i++) prepared.add(manifest.preprocessing().prepare(pictures.apply(first + i)));
            predictions.addAll(batch(prepared));
        }
        return predictions;
    }

    private List<Prediction> batch(List<Pixels> prepared) {
        Lock use = use();
        try {
            Lane whole = idleBatches.poll();
            if (whole == null) whole = model.lane(BATCH);
            try (Lane lane = model.part(whole, prepared.size())) {
                for (int i = 0; i < prepared.size(); i++) normaliser.write(prepared.get(i), lane.input(), i);
                model.run(lane);
                List<Prediction> predictions = new ArrayList<>(prepared.size());
                for (int i = 0; i < prepared.size(); i++) predictions.add(prediction(lane, i));
                return predictions;
            } finally {
                idleBatches.add(whole);
            }
        } finally {
            use.unlock();
        }
    }

    private Prediction prediction(Lane lane, int picture) {
        return new Prediction(manifest.classNames(), lane.logits(picture), lane.probabilities(picture));
    }

    /** Keeps the model open until the returned lock is unlocked. */
    private Lock use() {
        Lock use = lifetime.readLock();
        use.lock();
        if (closed) {
            use.unlock();
            throw new IllegalStateException("The classifier \"" + manifest.name() + "\" is closed");
        }
        return use;
    }

    /** Frees native memory, after predictions that are under way; closing again does nothing. */
    @Override
    public void close() {
        lifetime.writeLock().lock();
        try {
            if (closed) return;
            closed = true;
            idle.forEach(Lane::close);
            idleBatches.forEach(Lane::close);
            model.close();
        } finally {
            lifetime.writeLock().unlock();
        }
    }
}
