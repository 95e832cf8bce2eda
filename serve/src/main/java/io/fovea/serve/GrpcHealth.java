package io.fovea.serve;

import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.repository.ModelAbsence;
import io.fovea.repository.ModelRepository;
import io.fovea.wire.ModelName;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Health as gRPC has it: of the server (no name), of a service by its name, of a model by its. Threads share it.
 *
 * <p>Source: grpc/grpc, doc/health-checking.md.
 */
final class GrpcHealth implements BindableService, HealthGrpc.AsyncService {

    private static final List<String> SERVICES = List.of(
            "",
            "inference.GRPCInferenceService",
            "tensorflow.serving.PredictionService",
            "tensorflow.serving.ModelService");

    private static final int LOOK_MILLISECONDS = 500;

    private final ModelRepository models;

    GrpcHealth(ModelRepository models) {
        this.models = models;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return HealthGrpc.bindService(this);
    }

    @Override
    public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> answers) {
        GrpcStatus.answer(answers, () -> {
            ServingStatus status = status(request.getService());
            if (status == ServingStatus.SERVICE_UNKNOWN)
                throw new Refusal(
                        404,
                        new Problem(
                                "There is no service and no model \"" + request.getService() + "\".",
                                "service",
                                Nearest.suggestion(request.getService(), models.names())));
            return response(status);
        });
    }

    /** Tells each change until the client has heard enough. */
    @Override
    public void watch(HealthCheckRequest request, StreamObserver<HealthCheckResponse> answers) {
        CountDownLatch over = new CountDownLatch(1);
        Context.current().addListener(_ -> over.countDown(), Runnable::run);
        try {
            ServingStatus told = ServingStatus.UNRECOGNIZED;
            do {
                ServingStatus now = status(request.getService());
                if (now != told) answers.onNext(response(now));
                told = now;
            } while (!over.await(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static HealthCheckResponse response(ServingStatus status) {
        return HealthCheckResponse.newBuilder().setStatus(status).build();
    }

    private ServingStatus status(String service) {
        if (SERVICES.contains(service)) return models.isReady() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
        try {
            models.model(ModelName.of(service, models).name(), Optional.empty());
            return ServingStatus.SERVING;
        } catch (ModelAbsence absence) {
            return absence.kind() == ModelAbsence.Kind.UNKNOWN
                    ? ServingStatus.SERVICE_UNKNOWN
                    : ServingStatus.NOT_SERVING;
        }
    }
}
