package io.fovea.predict;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.References;
import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import io.fovea.task.Classification;
import io.fovea.task.ModelOutput;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
public final class Classifier implements Decoder {

    private final Model model;
    private final List<String> classNames;
    private final Runs runs;

    private Classifier(Model model, List<String> classNames) {
        this.model = model;
        this.classNames = classNames;
        this.runs = model.runs(List.of(ModelOutput.LOGITS, ModelOutput.PROBABILITIES));
    }

    /**
     * Loads a model file, checks all of it, and replays its golden pictures.
     *
     * @throws Problem if the file is damaged or its model regresses values, or a golden picture comes out otherwise than when the model was made
     */
    public static Classifier load(Path file) {
        return load(file, PredictionOptions.DEFAULT);
    }

    /**
     * Loads a model file.
     *
     * @throws Problem as {@link #load(Path)}, as far as {@code options} ask for
     */
    public static Classifier load(Path file, PredictionOptions options) {
        return of(Model.load(file, options));
    }

    /**
     * Loads a model that is in memory already; nothing of {@code bundle} but its manifest and references is kept.
     *
     * @throws Problem as {@link #load(Path)}, as far as {@code options} ask for
     */
    public static Classifier of(Bundle bundle, PredictionOptions options) {
        return of(Model.of(bundle, options));
    }

    /**
     * Returns a model's classifier, which closes the model when it is closed.
     *
     * @throws Problem if the model's task is another; the model is then closed
     */
    public static Classifier of(Model model) {
        if (model.manifest().task() instanceof Classification classification)
            return new Classifier(model, classification.classNames());
        model.close();
        throw model.otherTask(Classification.WORD);
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
    public Prediction answer(Path picture) {
        return classify(picture);
    }

    @Override
    public Prediction answer(byte[] picture, String name) {
        return classify(picture, name);
    }

    /**
     * Classifies a picture file.
     *
     * @throws Problem if it cannot be read or is no picture
     */
    public Prediction classify(Path picture) {
        return classify(model.decode(picture));
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
        return classify(model.decode(picture, name));
    }

    /** Classifies a picture that a Java program holds. */
    public Prediction classify(BufferedImage picture) {
        return classify(model.decode(picture));
    }

    /**
     * Classifies a decoded picture of any size.
     *
     * @throws IllegalArgumentException if it has not the model's number of channels
     */
    public Prediction classify(Pixels picture) {
        return runs.answer(model.resized(picture), this::prediction);
    }

    /**
     * Classifies picture files in batches, with less work per picture than one at a time; answers are in the order of the files.
     *
     * @throws Problem if one cannot be read or is no picture; it names that one
     */
    public List<Prediction> classifyAll(List<Path> pictures) {
        return inBatches(pictures.size(), i -> model.decode(pictures.get(i)));
    }

    /** Classifies decoded pictures of any sizes in batches; answers are in the order of the pictures. */
    public List<Prediction> classifyBatch(List<Pixels> pictures) {
        return inBatches(pictures.size(), pictures::get);
    }

    /**
     * Classifies pictures that are as the network takes them already, as a dataset of the same preparation holds them: nothing is
     * resized or cut again.
     *
     * @throws IllegalArgumentException if one has not the size and channels of the model's preprocessing
     */
    public List<Prediction> classifyPrepared(List<Pixels> prepared) {
        return runs.answers(prepared.size(), i -> model.checkedShape(prepared.get(i)), this::prediction);
    }

    @Override
    public List<Prediction> answers(List<PlacedPicture> pictures) {
        return classifyPrepared(pictures.stream().map(PlacedPicture::prepared).toList());
    }

    /** Returns whether the model decides by neighbours and shows them. */
    public boolean showsNeighbours() {
        return model.showsNeighbours();
    }

    /** Returns the pictures that the model compares others with, if it carries them. */
    public Optional<References> references() {
        return model.references();
    }

    /**
     * Classifies a picture file and shows the references that decided.
     *
     * @throws Problem if it cannot be read or is no picture, or the model does not decide by neighbours
     */
    public Neighbourhood neighbours(Path picture) {
        checkNeighbours();
        return neighbours(model.decode(picture));
    }

    /**
     * Classifies the bytes of a picture file that has a name, and shows the references that decided.
     *
     * @param name what a problem calls the picture
     * @throws Problem if they are no picture, or the model does not decide by neighbours
     */
    public Neighbourhood neighbours(byte[] picture, String name) {
        checkNeighbours();
        return neighbours(model.decode(picture, name));
    }

    /**
     * Classifies a decoded picture of any size and shows the references that decided.
     *
     * @throws Problem if the model does not decide by neighbours
     * @throws IllegalArgumentException if it has not the model's number of channels
     */
    public Neighbourhood neighbours(Pixels picture) {
        return neighboursOfPrepared(List.of(model.resized(picture))).get(0);
    }

    /**
     * Classifies pictures that are as the network takes them already, and shows the references that decided; as
     * {@link #classifyPrepared}.
     *
     * @throws Problem if the model does not decide by neighbours
     * @throws IllegalArgumentException if one has not the size and channels of the model's preprocessing
     */
    public List<Neighbourhood> neighboursOfPrepared(List<Pixels> prepared) {
        checkNeighbours();
        return runs.searched(prepared.size(), i -> model.checkedShape(prepared.get(i)), this::neighbourhood);
    }

    private void checkNeighbours() {
        if (showsNeighbours()) return;
        throw new Problem(
                "The model \"" + manifest().name() + "\" does not decide by neighbours, so it has none to show",
                model.where(),
                "use a model that does: \"fovea shrink hybrid\" makes one");
    }

    private Neighbourhood neighbourhood(NeighbourOutputs search, int row) {
        List<Neighbour> neighbours = new ArrayList<>(search.ranks());
        for (int rank = 0; rank < search.ranks(); rank++) {
            int reference = search.neighbour(row, rank);
            int label = search.label(row, rank);
            neighbours.add(new Neighbour(
                    rank + 1,
                    reference,
                    label,
                    classNames.get(label),
                    Math.sqrt(search.squaredDistance(row, rank)),
                    references().map(each -> each.at(reference).source()).orElse("")));
        }
        Prediction prediction = model.told(new Prediction(
                classNames, search.logits(row), search.probabilities(row), model.unfamiliarity(search, row)));
        return new Neighbourhood(prediction, neighbours, search.code(row));
    }

    private List<Prediction> inBatches(int count, IntFunction<Pixels> pictures) {
        return runs.answers(count, i -> model.resized(pictures.apply(i)), this::prediction);
    }

    private Prediction prediction(Lane lane, int row, int index) {
        return model.told(
                new Prediction(classNames, lane.output(0, row), lane.output(1, row), model.unfamiliarity(lane, row)));
    }
}
