package io.fovea.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.bundle.Provenance;
import io.fovea.codec.JpegWriter;
import io.fovea.export.BundleContents;
import io.fovea.export.BundleExport;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.machine.Machine;
import io.fovea.module.Initialization;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.predict.Model;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Tensor;
import io.fovea.predict.Verification;
import io.fovea.problem.Problem;
import io.fovea.task.Classification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the prediction server adds to a model, with the program as it is delivered. */
@Command(
        name = "serve",
        description = "./fovea serve: ResNet-18 with 8 clients against the best loop of the bare model, what one LeNet"
                + " request costs beside the model, start to first answer, memory.")
final class ServeBenchmark implements Callable<Integer> {

    private static final int CLIENTS = 8;
    private static final int REQUESTS_A_SECOND = 100;

    /** As long as the bare model's eleven other loops warm its process: the compiler works for about six seconds of load. */
    private static final double WARM_UP_SECONDS = 10;

    @Option(names = "--rounds", defaultValue = "5", description = "Of each (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "10", description = "Of each load (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Mixin
    private RecordOption recordOption;

    private final List<Double> bare = new ArrayList<>();
    private final List<Double> served = new ArrayList<>();
    private final List<Double> adjusted = new ArrayList<>();
    private final List<Double> medians = new ArrayList<>();
    private final List<Double> tails = new ArrayList<>();
    private final List<Double> starts = new ArrayList<>();
    private final List<Double> idle = new ArrayList<>();
    private final List<Double> loaded = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Machine machine = Machine.current();
        FoveaCommand.build();
        Path folder = Files.createTempDirectory("fovea-benchmark-");
        try {
            Path resnet = write("resnet18", new Shape(3, 224, 224), 1_000, folder.resolve("resnet/resnet18.fovea"));
            Path lenet = write("lenet", new Shape(1, 28, 28), 10, folder.resolve("lenet/lenet.fovea"));
            Path jpeg = Files.write(folder.resolve("photo.jpg"), photo());
            for (int round = 0; round <= rounds; round++) {
                start(lenet, round > 0);
                overhead(lenet, round > 0);
                throughput(resnet, jpeg, round > 0);
            }
        } finally {
            Folder.delete(folder);
        }
        List<String> row = List.of(
                String.format(Locale.ROOT, "%.1f/s", Median.of(bare)),
                String.format(Locale.ROOT, "%.1f/s (%.1f)", Median.of(served), Median.of(adjusted)),
                String.format(Locale.ROOT, "**%.0f %%**", 100 * Median.of(adjusted) / Median.of(bare)),
                String.format(Locale.ROOT, "**%.2f ms**", Median.of(medians)),
                String.format(Locale.ROOT, "**%.2f ms**", Median.of(tails)),
                String.format(Locale.ROOT, "**%.2f s**", Median.of(starts)),
                String.format(Locale.ROOT, "%.0f MB", Median.of(idle)),
                String.format(Locale.ROOT, "%.0f MB", Median.of(loaded)));
        recordOption.finish("serve", machine, Map.of("rounds", rounds, "seconds", seconds), row, content -> {
            bare.forEach(content.putArray("bareModelPicturesPerSecond")::add);
            served.forEach(content.putArray("servedPicturesPerSecond")::add);
            adjusted.forEach(content.putArray("servedPicturesPerSecondWithoutTheClients")::add);
            medians.forEach(content.putArray("overheadMillisecondsMedian")::add);
            tails.forEach(content.putArray("overheadMilliseconds99th")::add);
            starts.forEach(content.putArray("secondsToFirstAnswer")::add);
            idle.forEach(content.putArray("residentMegabytesLeNet")::add);
            loaded.forEach(content.putArray("residentMegabytesResNetAfterLoad")::add);
        });
        return 0;
    }

    /** First weights: what they are changes no time. */
    static Path write(String name, Shape input, int classes, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Network network = Catalogue.network(name, input, classes);
        int channels = input.size(0);
        float[] half = new float[channels];
        Arrays.fill(half, 0.5f);
        BundleExport.write(
                new BundleContents(
                        name,
                        network,
                        Initialization.of(network, new SplittableRandom(1)),
                        new Preprocessing(
                                input.size(1),
                                input.size(2),
                                channels == 1 ? ColorMode.GREY : ColorMode.COLOR,
                                ResizeMode.SQUASH,
                                half,
                                half),
                        Classification.numbered(classes),
                        List.of(),
                        List.of(),
                        new Provenance(name, "none", "", Map.of(), 1, "benchmark", Instant.EPOCH)),
                file);
        return file;
    }

    /** A picture of 500x375 with soft shapes and a little noise, which is as large as a photograph's file. */
    static byte[] photo() {
        SplittableRandom random = new SplittableRandom(1);
        byte[] values = new byte[375 * 500 * 3];
        for (int y = 0, i = 0; y < 375; y++)
            for (int x = 0; x < 500; x++)
                for (int c = 0; c < 3; c++)
                    values[i++] =
                            (byte) (128 + 90 * Math.sin(x / (20.0 + 9 * c)) * Math.cos(y / 31.0) + random.nextInt(20));
        return JpegWriter.bytes(new Pixels(375, 500, 3, values), 90);
    }

    private void start(Path model, boolean counts) throws IOException {
        try (ServerProcess server = ServerProcess.serve(model.getParent());
                ServeClient client = tensorClient(server)) {
            client.ask();
            if (!counts) return;
            starts.add((System.nanoTime() - server.began()) / 1e9);
            idle.add(server.residentMegabytes());
        }
    }

    private static Tensor digit() {
        float[] values = new float[28 * 28];
        for (int i = 0; i < values.length; i++) values[i] = (float) Math.sin(i / 40.0);
        return Tensor.floats(new int[] {1, 1, 28, 28}, values);
    }

    private static ServeClient tensorClient(ServerProcess server) throws IOException {
        String json = "{\"inputs\":[{\"name\":\"input\",\"shape\":[1,1,28,28],\"datatype\":\"FP32\",\"parameters\":"
                + "{\"binary_data_size\":3136}}],\"parameters\":{\"binary_data_output\":true}}";
        byte[] head = json.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        java.nio.ByteBuffer body =
                java.nio.ByteBuffer.allocate(head.length + 3136).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        body.put(head).asFloatBuffer().put(digit().floatBuffer());
        return new ServeClient(
                server.address(),
                "POST",
                "/v2/models/lenet-tensor/infer",
                "Inference-Header-Content-Length: " + head.length,
                body.array());
    }

    /** One request a hundredth of a second, whether the one before was quick or not; then the model alone, in the same rhythm. */
    private void overhead(Path lenet, boolean counts) throws IOException {
        List<Double> requests;
        try (ServerProcess server = ServerProcess.serve(lenet.getParent());
                ServeClient client = tensorClient(server)) {
            requests = paced(() -> {
                try {
                    client.ask();
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        }
        List<Double> alone;
        try (Model model =
                Model.load(lenet, PredictionOptions.DEFAULT.withThreads(1).withVerification(Verification.SKIP))) {
            Tensor digit = digit();
            alone = paced(() -> model.run(Map.of("input", digit)));
        }
        if (!counts) return;
        medians.add(percentile(requests, 0.5) - percentile(alone, 0.5));
        tails.add(percentile(requests, 0.99) - percentile(alone, 0.99));
    }

    /** Returns milliseconds of each from when it was due; the first third warms up. */
    private List<Double> paced(Runnable request) {
        int count = (int) (seconds * REQUESTS_A_SECOND);
        List<Double> milliseconds = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = begin + i * 1_000_000_000L / REQUESTS_A_SECOND;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime())
                LockSupport.parkNanos(left);
            long sent = Math.max(due, Math.min(System.nanoTime(), due + 100_000)); // a late wake-up is not the server's
            request.run();
            if (i >= count / 3) milliseconds.add((System.nanoTime() - sent) / 1e6);
        }
        return milliseconds;
    }

    private static double percentile(List<Double> values, double share) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * (sorted.size() - 1))));
    }

    private void throughput(Path resnet, Path jpeg, boolean counts) throws IOException, InterruptedException {
        double alone = bareLoop(resnet, jpeg);
        try (ServerProcess server = ServerProcess.serve(resnet.getParent())) {
            byte[] body = Files.readAllBytes(jpeg);
            load(server, body, WARM_UP_SECONDS);
            var process = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            long cpu = process.getProcessCpuTime();
            double rate = load(server, body, seconds);
            double clients = (process.getProcessCpuTime() - cpu) / 1e9;
            if (!counts) return;
            double processors = Runtime.getRuntime().availableProcessors();
            bare.add(alone);
            served.add(rate);
            adjusted.add(rate / (1 - clients / (processors * seconds)));
            loaded.add(server.residentMegabytes());
        }
    }

    private double bareLoop(Path resnet, Path jpeg) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Launcher.java(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareModelLoop.class.getName(),
                        resnet.toString(),
                        jpeg.toString(),
                        Double.toString(Math.max(1, seconds / 4)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        JsonNode line = new ObjectMapper().readTree(process.getInputStream());
        if (process.waitFor() != 0) throw new Problem("The loop ended with a failure.", "BareModelLoop", "see above");
        return line.path("picturesPerSecond").asDouble();
    }

    private static double load(ServerProcess server, byte[] body, double seconds) throws InterruptedException {
        AtomicLong answered = new AtomicLong();
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * 1e9);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++)
            clients.add(Thread.ofPlatform().start(() -> {
                try (ServeClient client = new ServeClient(server.address(), "PUT", "/predictions/resnet18", "", body)) {
                    while (System.nanoTime() < end) {
                        client.ask();
                        answered.incrementAndGet();
                    }
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }));
        for (Thread client : clients) client.join();
        return answered.get() / ((System.nanoTime() - begin) / 1e9);
    }
}
