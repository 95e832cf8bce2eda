package io.fovea.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.fovea.kserve.message.GRPCInferenceServiceGrpc;
import io.fovea.kserve.message.InferTensorContents;
import io.fovea.kserve.message.ModelInferRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that ask a prediction server as it should be asked, and as it should not, by turns that a seed decides.
 *
 * <p>A good request must be answered with what it was answered before, for every door and always. A bad one must be refused: by HTTP with 4xx, by gRPC
 * with a status that blames the client; where the client only goes away, nothing is expected.
 */
final class MixedLoad implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What is asked. */
    enum Kind {
        /** Is to be answered with 200, and always with the same. */
        GOOD,
        /** Is to be refused. */
        BAD
    }

    /** A way of asking. */
    @FunctionalInterface
    interface Request {

        /** Returns what came back, in words that are the same whenever the answer is; or null if nothing is expected. */
        String answer() throws IOException, InterruptedException;
    }

    private final URI server;
    private final String model;
    private final byte[] picture;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final ManagedChannel channel;
    private final Map<String, Request> good = new LinkedHashMap<>();
    private final Map<String, Request> bad = new LinkedHashMap<>();
    private final Map<String, String> first = new ConcurrentHashMap<>();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Map<String, Long> failures = new ConcurrentSkipListMap<>();

    /**
     * @param server   its address for HTTP
     * @param grpcPort its port for gRPC
     * @param model    that takes pictures
     * @param picture  a file that it can read
     */
    MixedLoad(URI server, int grpcPort, String model, byte[] picture) {
        this.server = server;
        this.model = model;
        this.picture = picture;
        this.channel = NettyChannelBuilder.forAddress(server.getHost(), grpcPort)
                .usePlaintext()
                .build();
        String base64 = Base64.getEncoder().encodeToString(picture);
        good.put("picture", () -> put("/predictions/" + model, picture));
        good.put("KServe", () -> post("/v2/models/" + model + "/infer", kserve("BYTES", "[1]", '"' + base64 + '"')));
        good.put(
                "TensorFlow",
                () -> post("/v1/models/" + model + ":predict", instances("{\"b64\":\"" + base64 + "\"}")));
        good.put("gRPC", () -> grpc(model, ByteString.copyFrom(picture)));
        good.put("ready", () -> status(get("/v2/health/ready")));
        good.put("metrics", () -> status(get("/metrics")));
        bad.put("no picture", () -> put("/predictions/" + model, new byte[] {1, 2, 3}));
        bad.put("half a picture", () -> put("/predictions/" + model, Arrays.copyOf(picture, picture.length / 2)));
        bad.put("no such model", () -> put("/predictions/nobody", picture));
        bad.put("no JSON", () -> post("/v2/models/" + model + "/infer", "{\"inputs\":"));
        bad.put("wrong shape", () -> post("/v2/models/" + model + "/infer", kserve("BYTES", "[7,7]", "\"aGk=\"")));
        bad.put("wrong type", () -> post("/v2/models/" + model + "/infer", kserve("INT64", "[1]", "5")));
        bad.put("no base64", () -> post("/v1/models/" + model + ":predict", instances("{\"b64\":\"?!\"}")));
        bad.put("no numbers", () -> post("/v1/models/" + model + "-tensor:predict", instances("[NaN]")));
        bad.put("no such model by gRPC", () -> grpc("nobody", ByteString.copyFrom(picture)));
        bad.put("no picture by gRPC", () -> grpc(model, ByteString.copyFromUtf8("hello")));
        bad.put(
                "too large",
                () -> raw("PUT /predictions/" + model + " HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n"));
        bad.put("no HTTP", () -> raw("hello\r\n\r\n"));
        bad.put("body cut off", () -> abandoned(picture.length / 2, false));
        bad.put("answer not read", () -> abandoned(picture.length, false));
        bad.put("slow sender", () -> abandoned(20, true));
    }

    private static String kserve(String type, String shape, String data) {
        return "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"" + type + "\",\"shape\":" + shape + ",\"data\":["
                + data + "]}]}";
    }

    private static String instances(String each) {
        return "{\"instances\":[" + each + "]}";
    }

    private String put(String path, byte[] body) throws IOException, InterruptedException {
        return told(
                send(HttpRequest.newBuilder(server.resolve(path)).PUT(HttpRequest.BodyPublishers.ofByteArray(body))));
    }

    private String post(String path, String body) throws IOException, InterruptedException {
        return told(send(HttpRequest.newBuilder(server.resolve(path)).POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(server.resolve(path)).GET());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String status(HttpResponse<String> answer) {
        return Integer.toString(answer.statusCode());
    }

    /** A status, and with 200 all but how long it took. */
    private static String told(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != 200) return status(answer);
        JsonNode body = JSON.readTree(answer.body());
        if (body instanceof com.fasterxml.jackson.databind.node.ObjectNode object)
            object.remove(List.of("milliseconds", "id", "request"));
        return "200 " + body;
    }

    private String grpc(String name, ByteString file) {
        ModelInferRequest request = ModelInferRequest.newBuilder()
                .setModelName(name)
                .addInputs(ModelInferRequest.InferInputTensor.newBuilder()
                        .setName("image")
                        .setDatatype("BYTES")
                        .addShape(1)
                        .setContents(InferTensorContents.newBuilder().addBytesContents(file)))
                .build();
        try {
            return "200 "
                    + GRPCInferenceServiceGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(PATIENCE)
                            .modelInfer(request)
                            .getOutputsList();
        } catch (StatusRuntimeException refusal) {
            Status.Code code = refusal.getStatus().getCode();
            boolean blamed = code == Status.Code.INVALID_ARGUMENT || code == Status.Code.NOT_FOUND;
            return (blamed ? "400 " : "500 ") + code;
        }
    }

    private String raw(String text) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            byte[] begin = socket.getInputStream().readNBytes("HTTP/1.1 400".length());
            return new String(begin, StandardCharsets.US_ASCII).replace("HTTP/1.1 ", "");
        }
    }

    /** Sends so much of a picture, and goes. */
    private String abandoned(int bytes, boolean slowly) throws IOException, InterruptedException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("PUT /predictions/" + model + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + picture.length
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < bytes; i++) {
                if (!slowly) {
                    out.write(picture, 0, bytes);
                    break;
                }
                out.write(picture[i]);
                Thread.sleep(50);
            }
        }
        return null;
    }

    /**
     * Asks until the time is over, with so many clients.
     *
     * @param shareOfBad of all requests
     */
    void run(int clients, Duration time, double shareOfBad, long seed) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            SplittableRandom random = new SplittableRandom(seed + i);
            threads.add(Thread.ofPlatform().start(() -> {
                while (System.nanoTime() < end) {
                    Kind kind = random.nextDouble() < shareOfBad ? Kind.BAD : Kind.GOOD;
                    Map<String, Request> all = kind == Kind.GOOD ? good : bad;
                    List<String> names = List.copyOf(all.keySet());
                    ask(kind, names.get(random.nextInt(names.size())));
                }
            }));
        }
        for (Thread thread : threads) thread.join();
    }

    private void ask(Kind kind, String name) {
        String answer;
        try {
            answer = (kind == Kind.GOOD ? good : bad).get(name).answer();
        } catch (IOException failure) {
            if (kind == Kind.GOOD) failed(name + ": " + failure);
            else refused.incrementAndGet(); // a connection that the server ends is a refusal too
            return;
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
            return;
        }
        if (kind == Kind.GOOD) {
            answered.incrementAndGet();
            String before = first.putIfAbsent(name, answer);
            if (!answer.startsWith("200")) failed(name + ": " + answer);
            else if (before != null && !before.equals(answer)) failed(name + ": another answer than before");
        } else {
            refused.incrementAndGet();
            if (answer != null && !answer.startsWith("4"))
                failed(name + ": " + answer.substring(0, Math.min(40, answer.length())));
        }
    }

    private void failed(String what) {
        failures.merge(what, 1L, Long::sum);
    }

    /** Returns how many good requests were answered. */
    long answered() {
        return answered.get();
    }

    /** Returns how many bad requests were sent. */
    long refused() {
        return refused.get();
    }

    /** Returns what should not have been, and how often. */
    Map<String, Long> failures() {
        return new TreeMap<>(failures);
    }

    /** Returns what it asks, good and bad. */
    Map<Kind, List<String>> requests() {
        return Map.of(Kind.GOOD, List.copyOf(good.keySet()), Kind.BAD, List.copyOf(bad.keySet()));
    }

    @Override
    public void close() {
        channel.shutdownNow();
        http.close();
    }
}
