package io.fovea.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.batching.Caller;
import io.fovea.kserve.message.GRPCInferenceServiceGrpc;
import io.fovea.repository.ModelCall;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.RepositorySettings;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What clients do wrong, at the edge of what a server takes")
class LimitsTest {

    @TempDir
    Path folder;

    private ModelRepository models;
    private PredictionServer server;
    private Asked asked;

    @BeforeEach
    void a_model_with_few_places() {
        write(1);
        models = ModelRepository.open(
                List.of(folder), RepositorySettings.USUAL.withQueue(4, 4, 1), Duration.ofMillis(20));
        server = PredictionServer.start(models, ServerSettings.onThisMachine(0).withGrpc(0));
        asked = new Asked(server.address());
    }

    private void write(int version) {
        ExampleModels.write(
                ExampleModels.CLASSIFIER,
                ExampleModels.CLASSES,
                version,
                folder.resolve("pets/" + version + "/pets.fovea"));
    }

    @AfterEach
    void ends() {
        server.close();
        models.close();
    }

    @Test
    void many_who_announce_large_pictures_and_send_none_leave_room_for_one_who_does() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                Socket socket = new Socket("127.0.0.1", server.address().getPort());
                socket.getOutputStream()
                        .write(("PUT /predictions/pets HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + (32 << 20)
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(new byte[10_000]);
                silent.add(socket);
            }
            byte[] large = Arrays.copyOf(ExampleModels.picture(10, 12, 1), 30 << 20); // a picture with 30 MB behind it
            for (int i = 0; i < 3; i++)
                assertThat(asked.put("/predictions/pets", large).status()).isEqualTo(200);
        } finally {
            for (Socket each : silent) each.close();
        }
    }

    @Nested
    @DisplayName("over gRPC")
    class OverGrpc {

        private ManagedChannel channel;
        private GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub stub;

        @BeforeEach
        void a_client() {
            channel = GrpcTest.channel(server);
            stub = GRPCInferenceServiceGrpc.newBlockingStub(channel);
        }

        @AfterEach
        void gone() {
            channel.shutdownNow();
        }

        /** The beginning of a call whose message of a megabyte does not come whole, as HTTP/2 has it (RFC 9113, 4.1; RFC 7541, 6.2.2). */
        private byte[] begun() {
            ByteArrayOutputStream heads = new ByteArrayOutputStream();
            String[] fields = {
                ":method", "POST",
                ":scheme", "http",
                ":path", "/inference.GRPCInferenceService/ModelInfer",
                ":authority", "127.0.0.1",
                "content-type", "application/grpc",
                "te", "trailers"
            };
            for (int i = 0; i < fields.length; i++) {
                if (i % 2 == 0) heads.write(0); // a field that is written out, and not remembered
                heads.write(fields[i].length());
                heads.writeBytes(fields[i].getBytes(StandardCharsets.US_ASCII));
            }
            byte[] message = new byte[5 + 1_000];
            message[2] = 16; // its length, in four bytes behind a 0: 1,048,576
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            frame(bytes, 4, 0, 0, new byte[0]); // SETTINGS
            frame(bytes, 1, 4, 1, heads.toByteArray()); // HEADERS, END_HEADERS
            frame(bytes, 0, 0, 1, message); // DATA
            return bytes.toByteArray();
        }

        private static void frame(ByteArrayOutputStream bytes, int type, int flags, int stream, byte[] content) {
            bytes.write(content.length >> 16);
            bytes.write(content.length >> 8);
            bytes.write(content.length);
            bytes.write(type);
            bytes.write(flags);
            bytes.writeBytes(new byte[] {0, 0, 0, (byte) stream});
            bytes.writeBytes(content);
        }

        @Test
        void messages_that_come_slowly_or_are_cut_off_hold_up_nobody() throws IOException {
            List<Socket> slow = new ArrayList<>();
            try {
                for (int i = 0; i < 100; i++) {
                    Socket socket = new Socket("127.0.0.1", server.grpcPort().orElseThrow());
                    socket.getOutputStream().write(begun());
                    slow.add(socket);
                }
                for (int i = 0; i < 20; i++)
                    assertThat(stub.modelInfer(GrpcTest.picture("pets").build()).getModelName())
                            .isEqualTo("pets");
                assertThat(models.model("pets", Optional.empty()).underWay()).isZero();
            } finally {
                for (Socket each : slow) each.close();
            }
            BusyModel.until(() -> asked.get("/metrics")
                    .text()
                    .contains("fovea_grpc_calls_total{protocol=\"kserve\",code=\"CANCELLED\"} 100\n"));
        }

        @Test
        void a_full_queue_is_said_at_once_and_passes() {
            try (ModelCall all =
                    models.call("pets", Optional.empty(), 4, Caller.STAYS, System.nanoTime() + (1L << 40))) {
                Status status = GrpcTest.failure(
                        () -> stub.modelInfer(GrpcTest.picture("pets").build()));
                assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                assertThat(status.getDescription()).contains("4 of 4 pictures are under way");
                assertThat(all.model().underWay()).isEqualTo(4);
            }
            assertThat(stub.modelInfer(GrpcTest.picture("pets").build()).getModelName())
                    .isEqualTo("pets");
        }

        @Test
        void a_model_that_is_replaced_fails_no_call() throws InterruptedException {
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger failed = new AtomicInteger();
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < 2; i++)
                clients.add(Thread.ofPlatform().start(() -> {
                    while (!over.get())
                        try {
                            stub.modelInfer(GrpcTest.picture("pets").build());
                        } catch (RuntimeException failure) {
                            failed.incrementAndGet();
                        }
                }));
            for (String version : List.of("2", "3")) {
                write(Integer.parseInt(version));
                BusyModel.until(() -> stub.modelInfer(GrpcTest.picture("pets").build())
                        .getModelVersion()
                        .equals(version));
            }
            over.set(true);
            for (Thread each : clients) each.join();
            assertThat(failed.get()).isZero();
        }
    }
}
