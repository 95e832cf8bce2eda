package io.fovea.repository;

import io.fovea.batching.BatchQueue;
import io.fovea.batching.Rejection;
import io.fovea.predict.Answer;
import io.fovea.predict.Neighbourhood;
import io.fovea.predict.PlacedPicture;
import io.fovea.predict.Tensor;
import io.fovea.problem.Problem;
import java.util.List;
import java.util.Map;

/**
 * A request's place at a model: its pictures are made ready by the thread that holds it, and answered for together with those of others.
 * Closing it frees the place. For one thread.
 */
public final class ModelCall implements AutoCloseable {

    private final LoadedModel model;
    private final Decoding decoding;
    private final BatchQueue<Question, Reply>.Place place;
    private final long begin = System.nanoTime();
    private boolean answered;

    ModelCall(LoadedModel model, Decoding decoding, BatchQueue<Question, Reply>.Place place) {
        this.model = model;
        this.decoding = decoding;
        this.place = place;
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
        return placed;
    }

    /**
     * Returns what the model says about pictures, in their order.
     *
     * @throws Rejection if the deadline passes or the caller goes away before they are computed
     * @throws ModelFailure if the model gives no answer, such as one that has diverged
     */
    public List<? extends Answer> answers(List<PlacedPicture> pictures) {
        return ((Reply.Answers) asked(new Question.OfPictures(pictures))).answers();
    }

    /**
     * Returns the same with the references that decided; of a {@link io.fovea.predict.Classifier} that shows them.
     *
     * @throws Rejection as {@link #answers}
     * @throws ModelFailure as {@link #answers}, and if it shows none
     */
    public List<Neighbourhood> neighbours(List<PlacedPicture> pictures) {
        return ((Reply.Neighbourhoods) asked(new Question.OfNeighbours(pictures))).neighbourhoods();
    }

    /**
     * Returns the model's outputs of these names.
     *
     * @param input [N, C, H, W]
     * @throws IllegalArgumentException if the input is of another shape, or an output is unknown
     * @throws Rejection as {@link #answers}
     */
    public Map<String, Tensor> outputs(Tensor input, List<String> names) {
        return ((Reply.Outputs) asked(new Question.OfTensor(input, names))).outputs();
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
        if (answered) model.statistics().answered(took);
        else model.statistics().failed(took);
    }
}
