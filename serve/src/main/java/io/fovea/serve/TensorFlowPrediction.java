package io.fovea.serve;

import io.fovea.batching.Caller;
import io.fovea.predict.Regressor;
import io.fovea.repository.ModelCall;
import io.fovea.repository.ModelRepository;
import io.fovea.tensorflow.PredictRequest;
import io.fovea.traffic.Asked;
import io.fovea.traffic.Traffic;
import io.fovea.wire.ModelName;
import io.fovea.wire.ModelView;
import io.fovea.wire.WireShape;
import io.fovea.wire.WireTensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Predictions as TensorFlow Serving has them, whether REST or gRPC carries them. Threads may share it. */
final class TensorFlowPrediction {

    private final Traffic traffic;
    private final Duration deadline;

    TensorFlowPrediction(Traffic traffic, Duration deadline) {
        this.traffic = traffic;
        this.deadline = deadline;
    }

    /**
     * An answer, before REST or gRPC writes it.
     *
     * @param model   that answered
     * @param request that it answers
     * @param outputs that the request names, or the model's answer
     */
    record Answered(ModelView model, PredictRequest request, List<WireTensor> outputs) {

        WireTensor output() {
            return outputs.getFirst();
        }

        boolean isRegression() {
            return model.model().decoder() instanceof Regressor;
        }

        /** Returns the names of the classes; none of a model that has no classes. */
        List<String> classNames() {
            return isRegression() ? List.of() : model.model().manifest().task().names();
        }
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
            Function<WireShape, PredictRequest> read,
            Caller caller,
            Consumer<Answered> answer) {
        ModelRepository models = traffic.models();
        ModelName name = ModelName.of(asked, models);
        ModelView view = name.of(models.model(name.name(), version));
        PredictRequest request = read.apply(view.input());
        view.check(request.input());
        long until = System.nanoTime() + deadline.toNanos();
        int pictures = request.input().shape().getFirst();
        Asked whom = new Asked(name.name(), version, key);
        try (ModelCall call =
                traffic.call(whom, model -> name.of(model).input().equals(view.input()), pictures, caller, until)) {
            ModelView called = name.of(call.model());
            called.check(request.input());
            List<String> wanted =
                    called.checked(request.outputs().isEmpty() ? List.of(called.answer()) : request.outputs());
            Map<String, WireTensor> outputs = called.outputs(call, request.input(), wanted);
            answer.accept(new Answered(called, request, new ArrayList<>(outputs.values())));
        }
    }
}
