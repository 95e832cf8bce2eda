package io.fovea.serve;

import io.fovea.problem.Problem;
import io.fovea.repository.ModelRepository;
import io.fovea.sampling.UnsurePictures;
import io.fovea.traffic.Traffic;
import java.net.BindException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A running prediction server. Closing it answers what was accepted, and ends it. */
public final class PredictionServer implements AutoCloseable {

    /** More are not taken, and those that say nothing are ended after a second. */
    static final int MOST_CONNECTIONS = 10_000;

    private static final int ARRIVING = 1_024;

    private static final Duration IDLE = Duration.ofSeconds(30);

    /** What was accepted is answered in this time, or never. */
    private static final Duration FAREWELL = Duration.ofSeconds(60);

    private final Traffic traffic;
    private final Optional<UnsurePictures> unsure;
    private final ModelRepository models;
    private final Server server;
    private final Answering answering;
    private final URI address;
    private final Optional<GrpcDoor> grpc;
    private final Optional<String> madeToken;
    private final Rehearsal rehearsal;
    private final AtomicBoolean over = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    private PredictionServer(
            Traffic traffic,
            Optional<UnsurePictures> unsure,
            Server server,
            Answering answering,
            URI address,
            Optional<GrpcDoor> grpc,
            Optional<String> madeToken,
            Rehearsal rehearsal) {
        this.traffic = traffic;
        this.unsure = unsure;
        this.models = traffic.models();
        this.server = server;
        this.answering = answering;
        this.address = address;
        this.grpc = grpc;
        this.madeToken = madeToken;
        this.rehearsal = rehearsal;
    }

    /**
     * Serves models, each by its own name.
     *
     * @param models which are not closed with the server
     * @throws Problem if the address or port cannot be had, or certificate and key cannot be used
     */
    public static PredictionServer start(ModelRepository models, ServerSettings settings) {
        return start(new Traffic(models), Optional.empty(), settings);
    }

    /**
     * Serves models as their traffic has it.
     *
     * @param traffic which is closed with the server, or if it does not start; its models are not
     * @param unsure  what hears of answers and keeps pictures, if anything does; closed likewise
     * @throws Problem as {@link #start(ModelRepository, ServerSettings)}
     */
    public static PredictionServer start(Traffic traffic, Optional<UnsurePictures> unsure, ServerSettings settings) {
        try {
            return started(traffic, unsure, settings);
        } catch (RuntimeException failure) {
            traffic.close();
            unsure.ifPresent(UnsurePictures::close);
            throw failure;
        }
    }

    private static PredictionServer started(Traffic traffic, Optional<UnsurePictures> unsure, ServerSettings settings) {
        ModelRepository models = traffic.models();
        unsure.ifPresent(models::onAnswer);
        boolean makesToken = !settings.isOnThisMachine() && settings.token().isEmpty();
        Optional<String> made = makesToken ? Optional.of(Access.madeToken()) : Optional.empty();
        ServerSettings complete = settings.withToken(settings.token().or(() -> made));
        Server server = new Server(threads());
        ServerConnector connector = connector(server, complete);
        server.addConnector(connector);
        NetworkConnectionLimit limit = new NetworkConnectionLimit(MOST_CONNECTIONS, server);
        limit.setEndPointIdleTimeout(1_000);
        server.addBean(limit);
        server.setErrorHandler(PredictionServer::malformed);
        RequestCounts calls = RequestCounts.ofGrpc();
        Bodies bodies = new Bodies();
        Answering answering =
                new Answering(new Routes(traffic, unsure, complete, RequestCounts.ofHttp(), calls), bodies);
        server.setHandler(answering);
        try {
            server.start();
        } catch (Exception failure) {
            stop(server);
            throw notStarted(complete, failure);
        }
        URI address = address(complete, connector.getLocalPort());
        try {
            Optional<GrpcDoor> grpc =
                    complete.grpcPort().map(port -> GrpcDoor.open(traffic, complete, port, calls, bodies));
            Rehearsal rehearsal = Rehearsal.begin(models, complete);
            return new PredictionServer(traffic, unsure, server, answering, address, grpc, made, rehearsal);
        } catch (RuntimeException failure) {
            stop(server);
            throw failure;
        }
    }

    static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(32, 4);
        threads.setName("http");
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("request-"));
        return threads;
    }

    private static ServerConnector connector(Server server, ServerSettings settings) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        http.setOutputBufferSize(1 << 16);
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ServerConnector connector = settings.tls()
                .map(tls -> new ServerConnector(
                        server, 1, 1, new SslConnectionFactory(Encryption.of(tls), plain.getProtocol()), plain))
                .orElseGet(() -> new ServerConnector(server, 1, 1, plain));
        connector.setHost(settings.address());
        connector.setPort(settings.port());
        connector.setAcceptQueueSize(
                ARRIVING); // beyond the usual 50, whoever comes in a crowd tries again after a second
        connector.setIdleTimeout(IDLE.plus(settings.deadline()).toMillis()); // who waits for a model is not idle
        return connector;
    }

    private static Problem notStarted(ServerSettings settings, Exception failure) {
        if (failure instanceof Problem known) return known;
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof BindException)
                return new Problem(
                        "Port " + settings.port() + " cannot be had: " + cause.getMessage() + ".",
                        settings.address() + ":" + settings.port(),
                        "choose another one with --port, or 0 for any that is free",
                        failure);
        return new Problem(
                "The server cannot listen: " + failure.getMessage() + ".",
                settings.address() + ":" + settings.port(),
                "check the address, and certificate and key if there are some",
                failure);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception late) {
            // what has not ended by now is cut off
        }
    }

    /** A request that is no HTTP gets a problem document too. */
    private static boolean malformed(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        Problem problem = new Problem(
                "The request is no HTTP that this server reads: "
                        + HttpStatus.getMessage(status).toLowerCase(java.util.Locale.ROOT) + ".",
                "the head of the request",
                "mend the request; headers may have 8 KB");
        byte[] bytes = ProblemDocument.bytes(new Failure(status, problem), "");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.write(true, ByteBuffer.wrap(bytes), callback);
        return true;
    }

    /** Hands requests to the routes, each in a thread of its own. */
    static final class Answering extends Handler.Abstract {

        private final Routes routes;
        private final Bodies bodies;
        private int underWay;
        private boolean ending;
        private boolean ended;

        Answering(Routes routes, Bodies bodies) {
            this.routes = routes;
            this.bodies = bodies;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            if (!begins(response)) {
                response.setStatus(HttpStatus.SERVICE_UNAVAILABLE_503);
                callback.succeeded();
                return true;
            }
            Request.addCompletionListener(request, _ -> end());
            routes.answer(new Exchange(request, response, callback, bodies));
            return true;
        }

        /** Returns whether the request may be answered: one that comes after the last was answered would be cut off. */
        private synchronized boolean begins(Response response) {
            if (ending) response.getHeaders().put(HttpHeader.CONNECTION, "close");
            if (ended) return false;
            underWay++;
            return true;
        }

        private synchronized void end() {
            underWay--;
            notifyAll();
        }

        /** Waits until all requests that have come are answered. Jetty's own farewell cuts off whoever is silent for a second. */
        synchronized void awaitNone(Duration most) {
            ending = true;
            long until = System.nanoTime() + most.toNanos();
            try {
                for (long left = most.toMillis();
                        underWay > 0 && left > 0;
                        left = (until - System.nanoTime()) / 1_000_000) wait(left);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
            ended = true;
        }
    }

    private static URI address(ServerSettings settings, int port) {
        String host = settings.address();
        return URI.create((settings.tls().isPresent() ? "https" : "http") + "://"
                + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    /** Returns the address that it listens on. */
    public URI address() {
        return address;
    }

    /** Returns the port on which it answers gRPC, if it does; at the same address. */
    public Optional<Integer> grpcPort() {
        return grpc.map(GrpcDoor::port);
    }

    /** Returns the token that was made because none was given; whoever started the server must be told. */
    public Optional<String> madeToken() {
        return madeToken;
    }

    /** Returns what whoever started it must know, for programs. */
    public Map<String, Object> words() {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("address", address.toString());
        grpcPort().ifPresent(port -> words.put("grpcPort", port));
        words.put("models", models.names());
        madeToken.ifPresent(made -> words.put("token", made));
        return words;
    }

    /** Returns the same for people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        models.names().forEach(name -> lines.add(address + "/predictions/" + name));
        grpcPort().ifPresent(port -> lines.add("gRPC: " + address.getHost() + ":" + port));
        madeToken.ifPresent(made -> lines.add("Authorization: Bearer " + made));
        return lines;
    }

    /** Returns once the server was closed. */
    public void await() throws InterruptedException {
        ended.await();
    }

    /** Takes no more requests, answers those that were accepted, and ends. */
    @Override
    public void close() {
        if (over.getAndSet(true)) return;
        for (Connector connector : server.getConnectors()) ((ServerConnector) connector).close(); // takes no more
        grpc.ifPresent(GrpcDoor::shut);
        answering.awaitNone(FAREWELL);
        grpc.ifPresent(door -> door.end(FAREWELL));
        rehearsal.close();
        stop(server);
        traffic.close();
        unsure.ifPresent(UnsurePictures::close);
        ended.countDown();
    }
}
