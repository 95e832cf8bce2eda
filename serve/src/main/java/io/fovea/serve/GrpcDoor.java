package io.fovea.serve;

import io.fovea.problem.Problem;
import io.fovea.repository.ModelRepository;
import io.fovea.traffic.Traffic;
import io.grpc.Attributes;
import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The port for gRPC: the Open Inference Protocol, TensorFlow Serving, health and reflection. Each call is answered by a virtual thread of its
 * own, which may wait.
 */
final class GrpcDoor {

    private static final int MOST_CALLS_OF_A_CONNECTION = 1_000;

    /** What clients do wrong is told to them; the library would also write it to this program's terminal. Held, as levels are forgotten else. */
    private static final Logger SILENCED = Logger.getLogger("io.grpc.netty");

    private static final Duration IDLE = Duration.ofMinutes(5);

    private final Server server;
    private final ExecutorService calls;
    private final GrpcGate gate;

    private GrpcDoor(Server server, ExecutorService calls, GrpcGate gate) {
        this.server = server;
        this.calls = calls;
        this.gate = gate;
    }

    /**
     * Opens the port.
     *
     * @throws Problem if the port cannot be had, or certificate and key cannot be used
     */
    static GrpcDoor open(Traffic traffic, ServerSettings settings, int port, RequestCounts counts, Bodies bodies) {
        ModelRepository models = traffic.models();
        SILENCED.setLevel(Level.SEVERE);
        ExecutorService calls = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("call-", 0).factory());
        GrpcGate gate = new GrpcGate(new Access(settings), counts, bodies);
        Server server = NettyServerBuilder.forAddress(
                        new InetSocketAddress(settings.address(), port), credentials(settings))
                .executor(calls)
                .maxInboundMessageSize(Bodies.MOST_BYTES)
                .maxConcurrentCallsPerConnection(MOST_CALLS_OF_A_CONNECTION)
                .maxConnectionIdle(IDLE.toSeconds(), TimeUnit.SECONDS)
                .addTransportFilter(new Connections())
                .intercept(gate)
                .addService(new GrpcKserve(traffic, settings.deadline()))
                .addService(new GrpcTensorFlow(traffic, settings.deadline()))
                .addService(new GrpcModelService(models))
                .addService(new GrpcHealth(models))
                .addService(ProtoReflectionServiceV1.newInstance())
                .addService(oldReflection())
                .build();
        try {
            server.start();
        } catch (IOException failure) {
            calls.close();
            gate.close();
            throw new Problem(
                    "Port " + port + " cannot be had: " + cause(failure) + ".",
                    settings.address() + ":" + port,
                    "choose another one with --grpc-port, or 0 for any that is free",
                    failure);
        }
        return new GrpcDoor(server, calls, gate);
    }

    /** The description as grpcurl and others still ask for it, by the service's name before it had a version. */
    @SuppressWarnings("deprecation")
    private static BindableService oldReflection() {
        return io.grpc.protobuf.services.ProtoReflectionService.newInstance();
    }

    private static String cause(IOException failure) {
        return failure.getCause() == null
                ? failure.getMessage()
                : failure.getCause().getMessage();
    }

    private static ServerCredentials credentials(ServerSettings settings) {
        return settings.tls()
                .map(tls -> TlsServerCredentials.newBuilder()
                        .keyManager(Encryption.keys(tls))
                        .build())
                .orElseGet(InsecureServerCredentials::create);
    }

    /** No more connections than the other door takes. */
    private static final class Connections extends ServerTransportFilter {

        private final AtomicInteger open = new AtomicInteger();

        @Override
        public Attributes transportReady(Attributes attributes) {
            if (open.incrementAndGet() > PredictionServer.MOST_CONNECTIONS)
                throw Status.RESOURCE_EXHAUSTED
                        .withDescription("The server has as many connections as it takes.")
                        .asRuntimeException();
            return attributes;
        }

        @Override
        public void transportTerminated(Attributes attributes) {
            open.decrementAndGet();
        }
    }

    int port() {
        return server.getPort();
    }

    /** Takes no more calls. */
    void shut() {
        server.shutdown();
        gate.endStreams();
    }

    /** Waits until those that came are answered, but no longer than is said. */
    void end(Duration most) {
        try {
            if (!server.awaitTermination(most.toMillis(), TimeUnit.MILLISECONDS)) server.shutdownNow();
        } catch (InterruptedException hurried) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        gate.close();
        calls.shutdown();
    }
}
