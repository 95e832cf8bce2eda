package io.fovea.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.kserve.message.GRPCInferenceServiceGrpc;
import io.fovea.kserve.message.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.RepositorySettings;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A server that many ask at once")
class LoadTest {

    private static final byte[] PICTURE = ExampleModels.picture(25, 31, 11);

    @TempDir
    Path folder;

    private ModelRepository models;
    private PredictionServer server;

    @BeforeEach
    void a_model() {
        ExampleModels.write(ExampleModels.CLASSIFIER, ExampleModels.CLASSES, 1, folder.resolve("pets.fovea"));
        models = ModelRepository.open(List.of(folder), RepositorySettings.USUAL, Duration.ZERO);
        server = PredictionServer.start(models, ServerSettings.onThisMachine(0).withGrpc(0));
    }

    @AfterEach
    void ends() {
        server.close();
        models.close();
    }

    private long answeredByTheModel() {
        return models.model("pets", Optional.empty()).statistics().answered().count();
    }

    /** Asks until the server is gone, and counts the answers. */
    private static Thread client(Runnable request, AtomicInteger answers) {
        return Thread.ofPlatform().start(() -> {
            while (true) {
                try {
                    request.run();
                } catch (UncheckedIOException | StatusRuntimeException gone) {
                    return;
                }
                answers.incrementAndGet();
            }
        });
    }

    @Test
    void every_answer_of_the_model_reaches_its_client_though_the_server_ends_meanwhile() throws InterruptedException {
        AtomicInteger overHttp = new AtomicInteger();
        AtomicInteger overGrpc = new AtomicInteger();
        List<Thread> clients = new ArrayList<>();
        ManagedChannel channel = GrpcTest.channel(server);
        GRPCInferenceServiceBlockingStub stub = GRPCInferenceServiceGrpc.newBlockingStub(channel);
        for (int i = 0; i < 4; i++) {
            Asked asked = new Asked(server.address());
            clients.add(client(
                    () -> {
                        int status = asked.put("/predictions/pets", PICTURE).status();
                        if (status == 503) throw new UncheckedIOException(new IOException("too late"));
                        assertThat(status).isEqualTo(200);
                    },
                    overHttp));
            clients.add(client(() -> stub.modelInfer(GrpcTest.picture("pets").build()), overGrpc));
        }
        BusyModel.until(() -> overHttp.get() > 100 && overGrpc.get() > 100);
        server.close();
        for (Thread each : clients) each.join();
        channel.shutdownNow();
        assertThat(overHttp.get() + overGrpc.get())
                .as("%d over HTTP, %d over gRPC", overHttp.get(), overGrpc.get())
                .isEqualTo((int) answeredByTheModel());
        assertThat(models.model("pets", Optional.empty()).statistics().failed().count())
                .isZero();
    }

    @Test
    void answers_while_a_thousand_connections_say_nothing() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                silent.add(new Socket("127.0.0.1", server.address().getPort()));
                silent.add(new Socket("127.0.0.1", server.grpcPort().orElseThrow()));
            }
            ManagedChannel channel = GrpcTest.channel(server);
            Asked asked = new Asked(server.address());
            AtomicLong outputs = new AtomicLong();
            for (int i = 0; i < 20; i++) {
                assertThat(asked.put("/predictions/pets", PICTURE).status()).isEqualTo(200);
                outputs.addAndGet(GRPCInferenceServiceGrpc.newBlockingStub(channel)
                        .modelInfer(GrpcTest.picture("pets").build())
                        .getOutputsCount());
            }
            channel.shutdownNow();
            assertThat(outputs.get()).isEqualTo(40);
        } finally {
            for (Socket each : silent) each.close();
        }
    }
}
