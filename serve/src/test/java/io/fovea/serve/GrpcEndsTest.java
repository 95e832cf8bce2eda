package io.fovea.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import io.fovea.kserve.message.GRPCInferenceServiceGrpc;
import io.fovea.kserve.message.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.fovea.kserve.message.ModelInferRequest;
import io.fovea.kserve.message.ModelInferResponse;
import io.fovea.kserve.message.ServerLiveRequest;
import io.fovea.kserve.message.ServerMetadataRequest;
import io.fovea.problem.Problem;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The port for gRPC")
class GrpcEndsTest {

    private static final String TOKEN = "sixteen-letters-and-more";

    @TempDir
    static Path folder;

    private static BusyModel busy;

    private PredictionServer server;
    private ManagedChannel channel;

    @BeforeAll
    static void a_model() {
        busy = new BusyModel(folder.resolve("models"));
    }

    @AfterAll
    static void ends() {
        busy.close();
    }

    @AfterEach
    void closes() {
        if (channel != null) channel.shutdownNow();
        if (server != null) server.close();
    }

    private GRPCInferenceServiceBlockingStub started(ServerSettings settings) {
        server = PredictionServer.start(busy.models, settings);
        channel = GrpcTest.channel(server);
        return GRPCInferenceServiceGrpc.newBlockingStub(channel);
    }

    private GRPCInferenceServiceBlockingStub started() {
        return started(ServerSettings.onThisMachine(0).withGrpc(0));
    }

    private static ModelInferRequest picture() {
        return GrpcTest.picture("slow").build();
    }

    @Test
    void frees_the_places_of_calls_that_are_cancelled_or_expire() {
        GRPCInferenceServiceBlockingStub stub = started();
        stub.modelInfer(picture());
        try (BusyModel.Occupation work = busy.occupied()) {
            long failed = busy.failed();
            Future<ModelInferResponse> leaving = waiting(work);
            leaving.cancel(true);
            BusyModel.until(() -> busy.failed() == failed + 1 || work.isOver());
            assertThat(busy.failed()).isEqualTo(failed + 1);
            assertThat(busy.others()).isZero();
            assertThat(work.isOver()).isFalse();
            assertThat(GrpcTest.failure(() -> stub.withDeadlineAfter(100, TimeUnit.MILLISECONDS)
                                    .modelInfer(picture()))
                            .getCode())
                    .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            BusyModel.until(() -> busy.others() == 0);
        }
    }

    /** Returns a call that the server has accepted, and that waits for the model. */
    private Future<ModelInferResponse> waiting(BusyModel.Occupation work) {
        Future<ModelInferResponse> call =
                GRPCInferenceServiceGrpc.newFutureStub(channel).modelInfer(picture());
        BusyModel.until(() -> busy.others() == 1 || call.isDone() || work.isOver());
        assertThat(call).as("a call to a busy model").isNotDone();
        assertThat(work.isOver()).isFalse();
        return call;
    }

    @Test
    void answers_what_it_accepted_when_it_is_closed_and_tells_who_watches() throws Exception {
        started();
        Iterator<HealthCheckResponse> watched =
                HealthGrpc.newBlockingStub(channel).watch(HealthCheckRequest.getDefaultInstance());
        assertThat(watched.next().getStatus()).isEqualTo(ServingStatus.SERVING);
        Future<ModelInferResponse> accepted;
        Future<Void> closed;
        try (BusyModel.Occupation work = busy.occupied()) {
            accepted = waiting(work);
            closed = CompletableFuture.runAsync(server::close);
            assertThatThrownBy(watched::hasNext)
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            ended -> assertThat(ended.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
            assertThat(accepted).isNotDone();
        }
        closed.get();
        assertThat(accepted.get().getModelName()).isEqualTo("slow");
    }

    @Test
    void needs_the_token_for_all_but_probes() {
        GRPCInferenceServiceBlockingStub stub =
                started(ServerSettings.onThisMachine(0).withGrpc(0).withToken(Optional.of(TOKEN)));
        assertThat(stub.serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
                .isTrue();
        Status refused = GrpcTest.failure(() -> stub.serverMetadata(ServerMetadataRequest.getDefaultInstance()));
        assertThat(refused.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(refused.getDescription()).contains("shows no token");
        assertThat(GrpcTest.failure(() -> with("Bearer wrong", stub).modelInfer(picture()))
                        .getDescription())
                .contains("not the right one");
        assertThat(with("Bearer " + TOKEN, stub).modelInfer(picture()).getModelName())
                .isEqualTo("slow");
    }

    private static GRPCInferenceServiceBlockingStub with(String authorization, GRPCInferenceServiceBlockingStub stub) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), authorization);
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    @Test
    void refuses_messages_that_are_too_long() {
        GRPCInferenceServiceBlockingStub stub = started();
        ModelInferRequest long65 = ModelInferRequest.newBuilder()
                .setModelName("slow")
                .addInputs(GrpcTest.image())
                .addRawInputContents(ByteString.copyFrom(new byte[65 << 20]))
                .build();
        assertThat(GrpcTest.failure(() -> stub.modelInfer(long65)).getCode())
                .isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.CANCELLED);
        assertThat(stub.modelInfer(picture()).getModelName()).isEqualTo("slow");
    }

    @Test
    void encrypts_with_the_certificate_of_the_other_door() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not here");
        ServerSettings.Tls tls = AccessTest.certificate(folder);
        server = PredictionServer.start(
                busy.models,
                new ServerSettings(
                        "127.0.0.1",
                        0,
                        Optional.empty(),
                        List.of(),
                        Optional.of(tls),
                        ServerSettings.USUAL_DEADLINE,
                        Optional.of(0)));
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort().orElseThrow())
                .sslContext(GrpcSslContexts.forClient()
                        .trustManager(tls.certificate().toFile())
                        .build())
                .build();
        assertThat(GRPCInferenceServiceGrpc.newBlockingStub(channel)
                        .modelInfer(picture())
                        .getModelName())
                .isEqualTo("slow");
    }

    @Test
    void says_that_its_port_is_taken() {
        started();
        ServerSettings same =
                ServerSettings.onThisMachine(0).withGrpc(server.grpcPort().orElseThrow());
        assertThatThrownBy(() -> PredictionServer.start(busy.models, same))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("--grpc-port");
    }
}
