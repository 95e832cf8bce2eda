package io.fovea.repository;

import io.fovea.batching.BatchQueue;
import io.fovea.batching.Rejection;
import io.fovea.predict.Answer;
import io.fovea.predict.Neighbourhood;
import io.fovea.predict.PlacedPicture;
import io.fovea.predict.Tensor;
import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request's place at a model: its pictures are made ready by the thread that holds it, and answered for together with those of others.
 * Closing it frees the place. For one thread.
 */
public final class ModelCall implements AutoCloseable {

    private final LoadedModel model;
    private final Decoding decoding;
    private final BatchQueue<Question, Reply>.Place place;
    private final List<AnswerListener> listeners;
    private final List<byte[]> files = new ArrayList<>();
    private final long begin = System.nanoTime();
    private List<? extends Answer> answers = List.of();
    private Optional<Tensor> input = Optional.empty();
    private Map<String, Tensor> outputs = Map.of();
    private boolean answered;

    ModelCall(
            LoadedModel model,
            Decoding decoding,
            BatchQueue<Question, Reply>.Place place,
            List<AnswerListener> listeners) {
        this.model = model;
        this.decoding = decoding;
        this.place = place;
        this.listeners = new ArrayList<>(listeners);
    }

    /** Lets a listener hear of the answer to this call. */
    public void onAnswer(AnswerListener listener) {
        listeners.add(listener);
    }

    /** Returns the version that is called. */
    public LoadedModel model() {
        return model;
    }

    /**
     * Returns a picture file's bytes ready for the model.
     *
     * @param name what a problem calls the picture
     * @throws Problem if they are no picture within the limits
     * @throws Rejection if its turn does not come before the deadline, or the caller goes away
     */
    public PlacedPicture place(byte[] picture, String name) {
        long since = System.nanoTime();
        PlacedPicture placed = decoding.place(model.decoder(), picture, name, place);
        model.statistics().prepared(System.nanoTime() - since);
        files.add(picture);
        return placed;
    }

    /**
     * Returns what the model says about pictures, in their order.
     *
     * @throws Rejection if the deadline passes or the caller goes away before they are computed
     * @throws ModelFailure if the model gives no answer, such as one that has diverged
     */
    public List<? extends Answer> answers(List<PlacedPicture> pictures) {
        answers = ((Reply.Answers) asked(new Question.OfPictures(pictures))).answers();
        return answers;
    }

    /**
     * Returns the same with the references that decided; of a {@link io.fovea.predict.Classifier} that shows them.
     *
     * @throws Rejection as {@link #answers}
     * @throws ModelFailure as {@link #answers}, and if it shows none
     */
    public List<Neighbourhood> neighbours(List<PlacedPicture> pictures) {
        List<Neighbourhood> found =
                ((Reply.Neighbourhoods) asked(new Question.OfNeighbours(pictures))).neighbourhoods();
        answers = found.stream().map(Neighbourhood::prediction).toList();
        return found;
    }

    /**
     * Returns the model's outputs of these names.
     *
     * @param input [N, C, H, W]
     * @throws IllegalArgumentException if the input is of another shape, or an output is unknown
     * @throws Rejection as {@link #answers}
     */
    public Map<String, Tensor> outputs(Tensor input, List<String> names) {
        outputs = ((Reply.Outputs) asked(new Question.OfTensor(input, names))).outputs();
        this.input = Optional.of(input);
        return outputs;
    }

    private Reply asked(Question question) {
        try {
            Reply reply = place.ask(question);
            answered = true;
            return reply;
        } catch (Problem problem) {
            throw new ModelFailure(problem);
        }
    }

    @Override
    public void close() {
        place.close();
        long took = System.nanoTime() - begin;
        if (!answered) {
            model.statistics().failed(took);
            return;
        }
        model.statistics().answered(took);
        answers.forEach(model.recent()::add);
        if (answers.isEmpty()) model.recent().add(outputs);
        if (listeners.isEmpty()) return;
        AnsweredCall call = new AnsweredCall(model, files, answers, input, outputs, took);
        for (AnswerListener each : listeners) each.answered(call);
    }
}
