package io.fovea.predict;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.Manifest;
import io.fovea.codec.PictureLimits;
import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import io.fovea.task.Classification;
import io.fovea.task.Regression;
import io.fovea.task.Segmentation;
import io.fovea.task.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A loaded model that turns outputs into answers, as its task asks for: the view of {@link Model} that knows what its numbers mean.
 *
 * <p>Any number of threads may share it. Closing it closes its model.
 */
public sealed interface Decoder extends AutoCloseable permits Classifier, Regressor, Segmenter, Reconstructor {

    /**
     * Loads a model file for its task.
     *
     * @throws Problem as {@link Model#load(Path, PredictionOptions)}
     */
    static Decoder load(Path file, PredictionOptions options) {
        return of(Model.load(file, options));
    }

    /**
     * Loads a model that is in memory already for its task.
     *
     * @throws Problem as {@link Model#of(Bundle, PredictionOptions)}
     */
    static Decoder of(Bundle bundle, PredictionOptions options) {
        return of(Model.of(bundle, options));
    }

    /** Returns the decoder for a model's task, which closes the model when it is closed. */
    static Decoder of(Model model) {
        Task task = model.manifest().task();
        if (task instanceof Classification) return Classifier.of(model);
        if (task instanceof Regression) return Regressor.of(model);
        if (task instanceof Segmentation) return Segmenter.of(model);
        return Reconstructor.of(model);
    }

    /** Returns which decoder {@link #of(Model)} gives for a task. */
    static Class<? extends Decoder> typeFor(Task task) {
        if (task instanceof Classification) return Classifier.class;
        if (task instanceof Regression) return Regressor.class;
        if (task instanceof Segmentation) return Segmenter.class;
        return Reconstructor.class;
    }

    /** A picture that an answer can be drawn as. */
    enum Drawing {
        /** The answer itself. */
        ANSWER,
        /** The answer over the picture that it is about. */
        OVERLAY
    }

    /** Returns what its answers can be drawn as; empty where they are numbers and names. */
    Set<Drawing> drawings();

    /**
     * Returns what the model says about a picture file.
     *
     * @throws Problem if it cannot be read or is no picture
     */
    Answer answer(Path picture);

    /**
     * Returns what the model says about the bytes of a picture file.
     *
     * @param name what a problem calls the picture
     * @throws Problem if they are no picture
     */
    Answer answer(byte[] picture, String name);

    /**
     * Returns the bytes of a picture file ready for the network. Where many ask at once, this is what each can do by itself before their
     * pictures are answered for together.
     *
     * @param name   what a problem calls the picture
     * @param limits what the picture may cost
     * @throws Problem if they are no picture within the limits
     */
    default PlacedPicture place(byte[] picture, String name, PictureLimits limits) {
        Pixels decoded = model().decode(picture, name, limits);
        return new PlacedPicture(
                model().resized(decoded),
                manifest().preprocessing().placement(decoded.height(), decoded.width()),
                decoded.height(),
                decoded.width());
    }

    /**
     * Returns what the model says about pictures that are ready, in their order, computed together. One alone gives the same bits as
     * {@link #answer(byte[], String)}.
     *
     * @throws IllegalArgumentException if one has not the size and channels of the model's preprocessing
     */
    List<? extends Answer> answers(List<PlacedPicture> pictures);

    /** Returns the model with named tensors; closing one closes the other. */
    Model model();

    /** Returns what the model is. */
    default Manifest manifest() {
        return model().manifest();
    }

    /** Returns what the replay of the golden pictures found; empty if it was skipped. */
    default Optional<ReplayReport> replay() {
        return model().replay();
    }

    /** Frees native memory, after predictions that are under way; closing again does nothing. */
    @Override
    default void close() {
        model().close();
    }
}
