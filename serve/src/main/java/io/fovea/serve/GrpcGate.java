package io.fovea.serve;

import com.google.protobuf.MessageLite;
import io.fovea.problem.Problem;
import io.fovea.repository.LoadedModel;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Locale;
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

    private static final Metadata.Key<String> KEY = header(Exchange.KEY);
    private static final Metadata.Key<String> MODEL = header(Exchange.MODEL);
    private static final Metadata.Key<String> MODEL_VERSION = header(Exchange.MODEL_VERSION);

    /** What came, and what is said, at the head of a call. */
    private static final Context.Key<Heads> HEADS = Context.key("heads");

    private record Heads(Metadata asked, Metadata answered) {}

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

    private static Metadata.Key<String> header(String name) {
        return Metadata.Key.of(name.toLowerCase(Locale.ROOT), Metadata.ASCII_STRING_MARSHALLER);
    }

    /** Returns the key of whoever makes this thread's call, which a split goes by. */
    static Optional<String> key() {
        return Optional.ofNullable(HEADS.get())
                .flatMap(heads -> Optional.ofNullable(heads.asked().get(KEY)))
                .filter(key -> !key.isBlank());
    }

    /** Says at the head of the answer to this thread's call who answers. */
    static void answeredBy(LoadedModel model) {
        Heads heads = HEADS.get();
        if (Exchange.fitsHead(model.name())) heads.answered().put(MODEL, model.name());
        heads.answered().put(MODEL_VERSION, Long.toString(model.version()));
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Heads heads = new Heads(headers, new Metadata());
        Passing<Q, A> passing = new Passing<>(call, heads);
        if (!passing.isUnary()) streams.add(passing);
        try {
            if (!PROBES.contains(call.getMethodDescriptor().getFullMethodName()))
                access.checkToken(Optional.ofNullable(headers.get(AUTHORIZATION)));
        } catch (Refusal refusal) {
            passing.close(GrpcStatus.of(refusal), new Metadata());
            return new ServerCall.Listener<>() {};
        }
        Context context = Context.current().withValue(HEADS, heads);
        return new Heard<>(Contexts.interceptCall(context, passing, headers, next), passing);
    }

    /** A call that ends once: by its answer, or because its message does not come. */
    private final class Passing<Q, A> extends SimpleForwardingServerCall<Q, A> {

        private final long begin = System.nanoTime();
        private final AtomicBoolean over = new AtomicBoolean();

        private final Heads heads;

        Passing(ServerCall<Q, A> call, Heads heads) {
            super(call);
            this.heads = heads;
        }

        @Override
        public void sendHeaders(Metadata headers) {
            headers.merge(heads.answered());
            super.sendHeaders(headers);
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
