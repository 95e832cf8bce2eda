package io.fovea.explain;

import io.fovea.image.Pixels;
import io.fovea.image.Placement;
import io.fovea.predict.Answer;
import java.util.Objects;

/**
 * A picture as a model takes it, with the model's answer. Immutable; for the {@link Explainer} that made it.
 *
 * @param name      what problems call it
 * @param pixels    prepared, [H, W, C]
 * @param input     the same as the network reads it, [C, H, W]; not to be written to
 * @param placement where the points of the picture as it was given lie in the prepared one
 * @param answer    of the model file
 */
public record PreparedPicture(String name, Pixels pixels, float[] input, Placement placement, Answer answer) {

    /** Checks that nothing is missing. */
    public PreparedPicture {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(pixels, "pixels");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(placement, "placement");
        Objects.requireNonNull(answer, "answer");
    }
}
