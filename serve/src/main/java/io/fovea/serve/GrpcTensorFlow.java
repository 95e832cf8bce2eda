package io.fovea.serve;

import com.google.protobuf.Any;
import com.google.protobuf.Int64Value;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.repository.ModelRepository;
import io.fovea.tensorflow.PredictMessages;
import io.fovea.tensorflow.ServingWords;
import io.fovea.tensorflow.message.ClassificationRequest;
import io.fovea.tensorflow.message.ClassificationResponse;
import io.fovea.tensorflow.message.GetModelMetadataRequest;
import io.fovea.tensorflow.message.GetModelMetadataResponse;
import io.fovea.tensorflow.message.ModelSpec;
import io.fovea.tensorflow.message.PredictRequest;
import io.fovea.tensorflow.message.PredictResponse;
import io.fovea.tensorflow.message.PredictionServiceGrpc;
import io.fovea.tensorflow.message.RegressionRequest;
import io.fovea.tensorflow.message.RegressionResponse;
import io.fovea.tensorflow.message.SignatureDefMap;
import io.fovea.traffic.Traffic;
import io.fovea.wire.ModelName;
import io.fovea.wire.ModelView;
import io.fovea.wire.WireShape;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** TensorFlow Serving's predictions over gRPC: what {@link TensorFlowRoutes} answers over HTTP, in messages. Threads share it. */
final class GrpcTensorFlow implements BindableService, PredictionServiceGrpc.AsyncService {

    private static final String SIGNATURES = "signature_def";

    private final ModelRepository models;
    private final TensorFlowPrediction prediction;

    GrpcTensorFlow(Traffic traffic, Duration deadline) {
        this.models = traffic.models();
        this.prediction = new TensorFlowPrediction(traffic, deadline);
    }

    @Override
    public ServerServiceDefinition bindService() {
        return PredictionServiceGrpc.bindService(this);
    }

    @Override
    public void predict(PredictRequest request, StreamObserver<PredictResponse> answers) {
        answer(request.getModelSpec(), input -> PredictMessages.predict(request, input), answers, answered -> {
            PredictResponse.Builder response =
                    PredictResponse.newBuilder().setModelSpec(spec(request.getModelSpec(), answered.model()));
            answered.outputs().forEach(each -> response.putOutputs(each.name(), PredictMessages.tensor(each)));
            answers.onNext(response.build());
        });
    }

    @Override
    public void classify(ClassificationRequest request, StreamObserver<ClassificationResponse> answers) {
        answer(
                request.getModelSpec(),
                input -> PredictMessages.examples(request.getModelSpec(), request.getInput(), input),
                answers,
                answered -> answers.onNext(ClassificationResponse.newBuilder()
                        .setModelSpec(spec(request.getModelSpec(), answered.model()))
                        .setResult(PredictMessages.classes(answered.output(), answered.classNames()))
                        .build()));
    }

    @Override
    public void regress(RegressionRequest request, StreamObserver<RegressionResponse> answers) {
        answer(
                request.getModelSpec(),
                input -> PredictMessages.examples(request.getModelSpec(), request.getInput(), input),
                answers,
                answered -> answers.onNext(RegressionResponse.newBuilder()
                        .setModelSpec(spec(request.getModelSpec(), answered.model()))
                        .setResult(PredictMessages.values(answered.output(), answered.isRegression()))
                        .build()));
    }

    private void answer(
            ModelSpec spec,
            Function<WireShape, io.fovea.tensorflow.PredictRequest> read,
            StreamObserver<?> answers,
            Consumer<TensorFlowPrediction.Answered> answer) {
        Context call = Context.current(); // ends when the client goes away, or its own deadline passes
        try {
            prediction.answer(spec.getName(), version(spec), GrpcGate.key(), read, call::isCancelled, answered -> {
                GrpcGate.answeredBy(answered.model().model());
                answer.accept(answered);
            });
            answers.onCompleted();
        } catch (RuntimeException | Error thrown) {
            answers.onError(GrpcStatus.of(thrown).asRuntimeException());
        }
    }

    /** Returns the version that is asked for. */
    static Optional<Long> version(ModelSpec spec) {
        return switch (spec.getVersionChoiceCase()) {
            case VERSION -> Optional.of(spec.getVersion().getValue());
            case VERSIONCHOICE_NOT_SET -> Optional.empty();
            case VERSION_LABEL ->
                throw new Problem(
                        "Versions have no labels here, such as \"" + spec.getVersionLabel() + "\".",
                        "model_spec.version_label",
                        "name the version by its number, or leave it out");
        };
    }

    private static ModelSpec spec(ModelSpec asked, ModelView model) {
        return asked.toBuilder()
                .setVersion(Int64Value.of(model.model().version()))
                .build();
    }

    @Override
    public void getModelMetadata(GetModelMetadataRequest request, StreamObserver<GetModelMetadataResponse> answers) {
        GrpcStatus.answer(answers, () -> {
            List<String> fields = request.getMetadataFieldList();
            for (String field : fields)
                if (!field.equals(SIGNATURES))
                    throw new Problem(
                            "There are no metadata \"" + field + "\".",
                            "metadata_field",
                            Nearest.suggestion(field, List.of(SIGNATURES)));
            ModelName name = ModelName.of(request.getModelSpec().getName(), models);
            ModelView view = name.of(models.model(name.name(), version(request.getModelSpec())));
            SignatureDefMap signatures = Messages.of(ServingWords.signatures(view), SignatureDefMap.newBuilder())
                    .build();
            return GetModelMetadataResponse.newBuilder()
                    .setModelSpec(spec(request.getModelSpec(), view))
                    .putMetadata(SIGNATURES, Any.pack(signatures))
                    .build();
        });
    }
}
