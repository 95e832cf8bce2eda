package io.fovea.repository;

import io.fovea.predict.Answer;
import io.fovea.predict.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A request that a model has answered.
 *
 * @param model       that answered
 * @param files       the pictures as they came, in the order of the answers; empty where tensors were asked about
 * @param answers     about pictures; empty where outputs of the network alone were wanted
 * @param input       [N, C, H, W] of the network where outputs were wanted
 * @param outputs     of the network, by name; empty where pictures alone were asked about
 * @param nanoseconds from the place to the answer
 */
public record AnsweredCall(
        LoadedModel model,
        List<byte[]> files,
        List<? extends Answer> answers,
        Optional<Tensor> input,
        Map<String, Tensor> outputs,
        long nanoseconds) {

    /** Copies. */
    public AnsweredCall {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(input, "input");
        files = List.copyOf(files);
        answers = List.copyOf(answers);
        outputs = Map.copyOf(outputs);
    }
}
