package io.fovea.repository;

import io.fovea.predict.Answer;
import io.fovea.predict.Neighbourhood;
import io.fovea.predict.Tensor;
import java.util.List;
import java.util.Map;

/** What a model replies to a {@link Question} of the same kind. */
sealed interface Reply {

    /** About pictures, in their order. */
    record Answers(List<? extends Answer> answers) implements Reply {}

    /** About pictures, in their order. */
    record Neighbourhoods(List<Neighbourhood> neighbourhoods) implements Reply {}

    /** Outputs by name. */
    record Outputs(Map<String, Tensor> outputs) implements Reply {}
}
