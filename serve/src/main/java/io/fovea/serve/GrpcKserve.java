package io.fovea.serve;

import io.fovea.kserve.InferMessages;
import io.fovea.kserve.KserveWords;
import io.fovea.kserve.message.GRPCInferenceServiceGrpc;
import io.fovea.kserve.message.ModelConfigRequest;
import io.fovea.kserve.message.ModelConfigResponse;
import io.fovea.kserve.message.ModelInferRequest;
import io.fovea.kserve.message.ModelInferResponse;
import io.fovea.kserve.message.ModelMetadataRequest;
import io.fovea.kserve.message.ModelMetadataResponse;
import io.fovea.kserve.message.ModelReadyRequest;
import io.fovea.kserve.message.ModelReadyResponse;
import io.fovea.kserve.message.ModelRepositoryParameter;
import io.fovea.kserve.message.ModelStatisticsRequest;
import io.fovea.kserve.message.ModelStatisticsResponse;
import io.fovea.kserve.message.RepositoryIndexRequest;
import io.fovea.kserve.message.RepositoryIndexResponse;
import io.fovea.kserve.message.RepositoryModelLoadRequest;
import io.fovea.kserve.message.RepositoryModelLoadResponse;
import io.fovea.kserve.message.RepositoryModelUnloadRequest;
import io.fovea.kserve.message.RepositoryModelUnloadResponse;
import io.fovea.kserve.message.ServerLiveRequest;
import io.fovea.kserve.message.ServerLiveResponse;
import io.fovea.kserve.message.ServerMetadataRequest;
import io.fovea.kserve.message.ServerMetadataResponse;
import io.fovea.kserve.message.ServerReadyRequest;
import io.fovea.kserve.message.ServerReadyResponse;
import io.fovea.repository.LoadedModel;
import io.fovea.repository.ModelAbsence;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.VersionStatus;
import io.fovea.traffic.Traffic;
import io.fovea.wire.ModelName;
import io.fovea.wire.ModelView;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Open Inference Protocol over gRPC: what {@link KserveRoutes} answers over HTTP, in messages. Threads share it. */
final class GrpcKserve implements BindableService, GRPCInferenceServiceGrpc.AsyncService {

    private final ModelRepository models;
    private final KserveInference inference;

    GrpcKserve(Traffic traffic, Duration deadline) {
        this.models = traffic.models();
        this.inference = new KserveInference(traffic, deadline);
    }

    @Override
    public ServerServiceDefinition bindService() {
        return GRPCInferenceServiceGrpc.bindService(this);
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> answers) {
        Context call = Context.current(); // ends when the client goes away, or its own deadline passes
        try {
            inference.answer(
                    request.getModelName(),
                    version(request.getModelVersion()),
                    GrpcGate.key(),
                    input -> InferMessages.read(request, input),
                    call::isCancelled,
                    (model, answer) -> {
                        GrpcGate.answeredBy(model);
                        answers.onNext(InferMessages.write(answer));
                    });
            answers.onCompleted();
        } catch (RuntimeException | Error thrown) {
            answers.onError(GrpcStatus.of(thrown).asRuntimeException());
        }
    }

    private static Optional<Long> version(String word) {
        return word.isEmpty() ? Optional.empty() : Optional.of(Addresses.version(word));
    }

    private ModelView view(String word, String version) {
        ModelName name = ModelName.of(word, models);
        return name.of(models.model(name.name(), version(version)));
    }

    @Override
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> answers) {
        GrpcStatus.answer(
                answers, () -> ServerLiveResponse.newBuilder().setLive(true).build());
    }

    @Override
    public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> answers) {
        GrpcStatus.answer(answers, () -> ServerReadyResponse.newBuilder()
                .setReady(models.isReady())
                .build());
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> answers) {
        GrpcStatus.answer(answers, () -> ModelReadyResponse.newBuilder()
                .setReady(isReady(request.getName(), request.getVersion()))
                .build());
    }

    private boolean isReady(String name, String version) {
        try {
            view(name, version);
            return true;
        } catch (ModelAbsence absence) {
            if (absence.kind() == ModelAbsence.Kind.UNKNOWN) throw absence;
            return false;
        }
    }

    @Override
    public void serverMetadata(ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> answers) {
        GrpcStatus.answer(answers, () -> Messages.of(
                        KserveWords.server(KserveRoutes.version()), ServerMetadataResponse.newBuilder())
                .build());
    }

    @Override
    public void modelMetadata(ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> answers) {
        GrpcStatus.answer(answers, () -> Messages.of(
                        KserveWords.model(view(request.getName(), request.getVersion())),
                        ModelMetadataResponse.newBuilder())
                .build());
    }

    @Override
    public void modelConfig(ModelConfigRequest request, StreamObserver<ModelConfigResponse> answers) {
        GrpcStatus.answer(answers, () -> Messages.of(
                        Map.of("config", KserveWords.config(view(request.getName(), request.getVersion()))),
                        ModelConfigResponse.newBuilder())
                .build());
    }

    @Override
    public void modelStatistics(ModelStatisticsRequest request, StreamObserver<ModelStatisticsResponse> answers) {
        GrpcStatus.answer(answers, () -> {
            List<LoadedModel> wanted = request.getName().isEmpty()
                    ? models.serving()
                    : List.of(view(request.getName(), request.getVersion()).model());
            return Messages.of(KserveWords.statistics(wanted), ModelStatisticsResponse.newBuilder())
                    .build();
        });
    }

    @Override
    public void repositoryIndex(RepositoryIndexRequest request, StreamObserver<RepositoryIndexResponse> answers) {
        GrpcStatus.answer(answers, () -> {
            List<VersionStatus> wanted = models.versions().stream()
                    .filter(each -> !request.getReady() || each.state() == VersionStatus.State.READY)
                    .toList();
            return Messages.of(Map.of("models", KserveWords.index(wanted)), RepositoryIndexResponse.newBuilder())
                    .build();
        });
    }

    @Override
    public void repositoryModelLoad(
            RepositoryModelLoadRequest request, StreamObserver<RepositoryModelLoadResponse> answers) {
        GrpcStatus.answer(answers, () -> {
            String version = request.getParametersOrDefault("version", ModelRepositoryParameter.getDefaultInstance())
                    .getStringParam();
            models.load(request.getModelName(), version(version));
            return RepositoryModelLoadResponse.getDefaultInstance();
        });
    }

    @Override
    public void repositoryModelUnload(
            RepositoryModelUnloadRequest request, StreamObserver<RepositoryModelUnloadResponse> answers) {
        GrpcStatus.answer(answers, () -> {
            models.unload(request.getModelName());
            return RepositoryModelUnloadResponse.getDefaultInstance();
        });
    }
}
