package io.fovea.serve;

import io.fovea.repository.ModelRepository;
import io.fovea.repository.VersionStatus;
import io.fovea.tensorflow.ServingWords;
import io.fovea.tensorflow.message.GetModelStatusRequest;
import io.fovea.tensorflow.message.GetModelStatusResponse;
import io.fovea.tensorflow.message.ModelServiceGrpc;
import io.fovea.wire.ModelName;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;

/** How versions stand, as TensorFlow Serving tells it over gRPC. Threads share it. */
final class GrpcModelService implements BindableService, ModelServiceGrpc.AsyncService {

    private final ModelRepository models;

    GrpcModelService(ModelRepository models) {
        this.models = models;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ModelServiceGrpc.bindService(this);
    }

    @Override
    public void getModelStatus(GetModelStatusRequest request, StreamObserver<GetModelStatusResponse> answers) {
        GrpcStatus.answer(answers, () -> {
            ModelName name = ModelName.of(request.getModelSpec().getName(), models);
            Optional<Long> version = GrpcTensorFlow.version(request.getModelSpec());
            version.ifPresent(_ -> models.model(name.name(), version));
            List<VersionStatus> wanted = models.versions(name.name()).stream()
                    .filter(each -> version.isEmpty() || each.version() == version.get())
                    .toList();
            return Messages.of(ServingWords.status(wanted), GetModelStatusResponse.newBuilder())
                    .build();
        });
    }
}
