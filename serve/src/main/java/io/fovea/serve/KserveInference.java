package io.fovea.serve;

import io.fovea.batching.Caller;
import io.fovea.kserve.InferAnswer;
import io.fovea.kserve.InferRequest;
import io.fovea.kserve.RequestedOutput;
import io.fovea.repository.LoadedModel;
import io.fovea.repository.ModelCall;
import io.fovea.repository.ModelRepository;
import io.fovea.traffic.Asked;
import io.fovea.traffic.Traffic;
import io.fovea.wire.ModelName;
import io.fovea.wire.ModelView;
import io.fovea.wire.WireShape;
import io.fovea.wire.WireTensor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Inference as the Open Inference Protocol has it, whether REST or gRPC carries it. Threads may share it. */
final class KserveInference {

    private final Traffic traffic;
    private final Duration deadline;

    KserveInference(Traffic traffic, Duration deadline) {
        this.traffic = traffic;
        this.deadline = deadline;
    }

    /**
     * Answers a request; its place is free once the answer was handed over.
     *
     * @param asked as the request names the model
     * @param key   of whoever asks, for a split
     * @param read  makes the request of what was sent, for a model of that input
     */
    void answer(
            String asked,
            Optional<Long> version,
            Optional<String> key,
            Function<WireShape, InferRequest> read,
            Caller caller,
            BiConsumer<LoadedModel, InferAnswer> answer) {
        ModelRepository models = traffic.models();
        ModelName name = ModelName.of(asked, models);
        ModelView view = name.of(models.model(name.name(), version));
        InferRequest request = read.apply(view.input());
        view.check(request.input());
        Duration patience = request.timeout()
                .filter(each -> each.compareTo(deadline) < 0 && !each.isZero())
                .orElse(deadline);
        long until = System.nanoTime() + patience.toNanos();
        int pictures = request.input().shape().getFirst();
        Asked whom = new Asked(name.name(), version, key);
        try (ModelCall call =
                traffic.call(whom, model -> name.of(model).input().equals(view.input()), pictures, caller, until)) {
            ModelView called = name.of(call.model());
            called.check(request.input());
            List<String> names = request.outputs().isEmpty()
                    ? called.usual()
                    : called.checked(request.outputs().stream()
                            .map(RequestedOutput::name)
                            .toList());
            Map<String, WireTensor> outputs = called.outputs(call, request.input(), names);
            answer.accept(
                    call.model(),
                    InferAnswer.of(
                            asked,
                            call.model().version(),
                            request,
                            outputs,
                            call.model().manifest().task().names()));
        }
    }
}
