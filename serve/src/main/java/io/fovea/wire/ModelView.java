package io.fovea.wire;

import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.repository.LoadedModel;
import io.fovea.repository.ModelCall;
import java.util.List;
import java.util.Map;

/** A model as protocols of tensors see it. Immutable; threads may share it. */
public sealed interface ModelView permits PictureView, TensorView {

    /** Returns the model. */
    LoadedModel model();

    /** Returns what it takes. */
    WireShape input();

    /** Returns all that it can be asked for. */
    List<WireShape> outputs();

    /** Returns the names of the outputs that it gives where none is named. */
    List<String> usual();

    /** Returns the name of the output that is the answer, where a protocol wants one only. */
    String answer();

    /**
     * Returns the outputs of these names, in their order.
     *
     * @param call  at this model, of as many pictures as the input has
     * @param input checked by {@link #check}
     * @throws Problem if the content is none that the model can answer for
     * @throws io.fovea.batching.Rejection if the call is not answered
     */
    Map<String, WireTensor> outputs(ModelCall call, WireTensor input, List<String> names);

    /**
     * Checks an input before a place is taken for it.
     *
     * @throws Problem if name, datatype or shape are others
     */
    default void check(WireTensor input) {
        WireShape expected = input();
        boolean fits = input.name().equals(expected.name())
                && input.datatype() == expected.datatype()
                && input.shape().size() == expected.shape().size();
        for (int axis = 0; fits && axis < input.shape().size(); axis++) {
            int size = expected.shape().get(axis);
            fits = size == WireShape.ANY
                    ? input.shape().get(axis) > 0
                    : size == input.shape().get(axis);
        }
        if (fits) return;
        throw new Problem(
                "Expected the input \"" + expected.name() + "\" as " + expected.datatype() + " " + expected.shape()
                        + ", found \"" + input.name() + "\" as " + input.datatype() + " " + input.shape() + ".",
                "model \"" + ModelName.of(this) + "\"",
                "send what the model's metadata describe; −1 stands for any number of pictures");
    }

    /**
     * Returns the names as they are.
     *
     * @throws Problem if one is no output
     */
    default List<String> checked(List<String> names) {
        List<String> known = outputs().stream().map(WireShape::name).toList();
        for (String name : names)
            if (!known.contains(name))
                throw new Problem(
                        "The model has no output \"" + name + "\".",
                        "model \"" + ModelName.of(this) + "\"",
                        Nearest.suggestion(name, known));
        return names;
    }
}
