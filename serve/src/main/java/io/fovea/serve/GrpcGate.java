package io.fovea.serve;

import com.google.protobuf.MessageLite;
import io.fovea.problem.Problem;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What every call of gRPC passes: the token, the memory for messages, the patience with those that come slowly, the counting. Threads share
 * it.
 */
final class GrpcGate implements ServerInterceptor, AutoCloseable {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    /** A message must be there whole after this time. */
    private static final int PATIENCE_IN_SECONDS = 60;

    private static final String INFERENCE = "inference.GRPCInferenceService";
    private static final String HEALTH = "grpc.health.v1.Health";

    /** Probes of an orchestrator show no token, and learn nothing but whether all is well. */
    private static final Set<String> PROBES =
            Set.of(HEALTH + "/Check", HEALTH + "/Watch", INFERENCE + "/ServerLive", INFERENCE + "/ServerReady");

    private final Access access;
    private final RequestCounts counts;
    private final Bodies bodies;
    private final Set<Passing<?, ?>> streams = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("patience with calls").factory());

    GrpcGate(Access access, RequestCounts counts, Bodies bodies) {
        this.access = access;
        this.counts = counts;
        this.bodies = bodies;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Passing<Q, A> passing = new Passing<>(call);
        if (!passing.isUnary()) streams.add(passing);
        try {
            if (!PROBES.contains(call.getMethodDescriptor().getFullMethodName()))
                access.checkToken(Optional.ofNullable(headers.get(AUTHORIZATION)));
        } catch (Refusal refusal) {
            passing.close(GrpcStatus.of(refusal), new Metadata());
            return new ServerCall.Listener<>() {};
        }
        return new Heard<>(next.startCall(passing, headers), passing);
    }

    /** A call that ends once: by its answer, or because its message does not come. */
    private final class Passing<Q, A> extends SimpleForwardingServerCall<Q, A> {

        private final long begin = System.nanoTime();
        private final AtomicBoolean over = new AtomicBoolean();

        Passing(ServerCall<Q, A> call) {
            super(call);
        }

        boolean isUnary() {
            return getMethodDescriptor().getType() == MethodType.UNARY;
        }

        /** What a handler still says after its call was ended here is for nobody. */
        @Override
        public void sendMessage(A message) {
            if (!over.get()) super.sendMessage(message);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (ends(status.getCode())) super.close(status, trailers);
        }

        boolean ends(Status.Code code) {
            if (over.getAndSet(true)) return false;
            streams.remove(this);
            counts.add(protocol(getMethodDescriptor()), code.name(), System.nanoTime() - begin);
            return true;
        }
    }

    private static String protocol(MethodDescriptor<?, ?> method) {
        String service = String.valueOf(method.getServiceName());
        if (service.equals(INFERENCE)) return "kserve";
        return service.startsWith("tensorflow.") ? "tensorflow" : "state";
    }

    /** Holds memory for a message from when it is there until the call is over. */
    private final class Heard<Q, A> extends SimpleForwardingServerCallListener<Q> {

        private final Passing<Q, A> call;
        private final Bodies.Body memory = bodies.none();
        private final ScheduledFuture<?> patience;

        Heard(ServerCall.Listener<Q> next, Passing<Q, A> call) {
            super(next);
            this.call = call;
            this.patience = clock.schedule(
                    () -> {
                        if (call.isUnary()) call.close(slow(), new Metadata());
                    },
                    PATIENCE_IN_SECONDS,
                    TimeUnit.SECONDS);
        }

        private static Status slow() {
            return GrpcStatus.of(new Refusal(
                    408, new Problem("The message comes too slowly.", "the call", "send it by a faster connection")));
        }

        @Override
        public void onMessage(Q message) {
            try {
                if (message instanceof MessageLite sized) memory.hold(sized.getSerializedSize());
            } catch (Refusal full) {
                call.close(GrpcStatus.of(full), new Metadata());
                return;
            }
            super.onMessage(message);
        }

        @Override
        public void onHalfClose() {
            patience.cancel(false);
            if (!call.over.get()) super.onHalfClose();
        }

        @Override
        public void onComplete() {
            release();
            super.onComplete();
        }

        @Override
        public void onCancel() {
            call.ends(Status.Code.CANCELLED);
            release();
            super.onCancel();
        }

        private void release() {
            patience.cancel(false);
            memory.close();
        }
    }

    /** Ends what would go on as long as its client likes. */
    void endStreams() {
        for (Passing<?, ?> each : streams)
            each.close(Status.UNAVAILABLE.withDescription("The server ends."), new Metadata());
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
