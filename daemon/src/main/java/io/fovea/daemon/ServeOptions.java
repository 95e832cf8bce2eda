package io.fovea.daemon;

import io.fovea.problem.Problem;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.RepositorySettings;
import io.fovea.repository.Tuning;
import io.fovea.sampling.SamplingSettings;
import io.fovea.sampling.UnsurePictures;
import io.fovea.serve.PredictionServer;
import io.fovea.serve.ServerSettings;
import io.fovea.traffic.Traffic;
import io.fovea.traffic.TrafficPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options of a prediction server, for every command that starts one. */
public final class ServeOptions {

    @Option(names = "--port", paramLabel = "N", description = "Where to listen; 0 for any that is free. Default: 8080.")
    private int port = ServerSettings.USUAL_PORT;

    @Option(names = "--grpc-port", paramLabel = "N", description = "Answer gRPC there too, such as on 8001.")
    private Optional<Integer> grpcPort = Optional.empty();

    @Option(names = "--address", paramLabel = "ADDRESS", description = "Listen there: 0.0.0.0 for all addresses.")
    private String address = ServerSettings.THIS_MACHINE;

    @Option(names = "--token", paramLabel = "FILE", description = "The token that whoever asks must show.")
    private Optional<Path> token = Optional.empty();

    @Option(names = "--tls", arity = "2", paramLabel = "FILE", description = "Encrypt: certificate and key, PEM files.")
    private List<Path> tls = List.of();

    @Option(names = "--cors", paramLabel = "ORIGIN", description = "Web pages that may ask; * for all. Repeatable.")
    private List<String> origins = List.of();

    @Option(names = "--deadline", paramLabel = "SECONDS", description = "A request waits no longer. Default: 30.")
    private double deadline = 30;

    @Option(names = "--queue", paramLabel = "N", description = "Pictures of a model under way at once. Default: 256.")
    private int places = RepositorySettings.USUAL.places();

    @Option(names = "--batch", paramLabel = "N", description = "Pictures computed together at most. Default: 16.")
    private int batch = RepositorySettings.USUAL.batch();

    @Option(names = "--workers", paramLabel = "N", description = "Batches of a model at once. Default: one per core.")
    private int workers;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of a batch. Default: 1 if workers are several.")
    private int threads;

    @Option(names = "--refresh", paramLabel = "SECONDS", description = "Look for new files; 0 for never. Default: 1.")
    private double refresh = 1;

    @Option(
            names = "--auto-tune",
            paramLabel = "LATENCY",
            description = "Measure and take the workers, threads and batch that answer most within it: 20ms.")
    private Optional<String> latency = Optional.empty();

    @Option(
            names = "--split",
            paramLabel = "NAME=TO:N,…",
            description = "Versions or models that answer for a name, by weights: pets=1:90,2:10. Repeatable.")
    private List<String> splits = List.of();

    @Option(
            names = "--shadow",
            paramLabel = "NAME=TO[:N]",
            description = "Compare the answers of a version on N %% of the requests: pets=2:10. Repeatable.")
    private List<String> shadows = List.of();

    @Option(
            names = "--keep-unsure",
            paramLabel = "DIR",
            description = "Keep pictures there whose answers are unsure, to label them.")
    private Optional<Path> unsure = Optional.empty();

    @Option(
            names = "--unsure-below",
            paramLabel = "P",
            description = "Unsure is a class of a lower probability. Default: 0.6.")
    private Optional<Double> below = Optional.empty();

    @Option(names = "--unsure-limit", paramLabel = "N", description = "Keep so many at most. Default: 1000.")
    private Optional<Long> most = Optional.empty();

    /** Made by picocli. */
    public ServeOptions() {}

    /**
     * Returns what they say about the server.
     *
     * @param environment where {@code FOVEA_TOKEN} may stand
     * @throws IllegalArgumentException if a number is out of range
     * @throws Problem if the token cannot be read, or the address is none
     */
    public ServerSettings server(Map<String, String> environment) {
        return ServerSettings.of(address, port, token, tls, origins, duration(deadline), grpcPort)
                .with(environment);
    }

    /**
     * Returns what they say about each model.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public RepositorySettings models() {
        return RepositorySettings.USUAL.withQueue(places, batch, workers).withThreads(threads);
    }

    /** Whether workers, threads and batch are found by measuring, so that nobody chooses them. */
    public boolean isTuned() {
        return latency.isPresent();
    }

    /** Whether pictures are kept whose answers are unsure. */
    public boolean keepsUnsure() {
        return unsure.isPresent();
    }

    /**
     * Returns which pictures are kept, if any are.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public Optional<SamplingSettings> sampling() {
        return unsure.map(folder -> new SamplingSettings(
                folder, below.orElse(SamplingSettings.USUAL_BELOW), most.orElse(SamplingSettings.USUAL_PICTURES)));
    }

    /**
     * Loads models, and answers from then on, until the process is told to end, by Ctrl-C or its kin: then what was accepted is answered, the server ends
     * and the models' memory is freed. Another signal meanwhile ends the process at once.
     *
     * @param sources files and folders
     * @param begun   is told once requests are answered; not if the end comes while ways of serving are measured
     * @return the exit code: 128 plus the signal's number
     * @throws Problem if a model does not prove itself, the traffic cannot be as asked for, or the server cannot listen
     */
    public int serve(
            List<Path> sources,
            RepositorySettings each,
            Optional<SamplingSettings> sampling,
            ServerSettings settings,
            Consumer<Serving> begun)
            throws InterruptedException {
        Map<String, TrafficPlan> plans = TrafficPlan.of(splits, shadows);
        try (End end = new End()) {
            try (ModelRepository models = ModelRepository.open(
                            sources, each, duration(refresh), latency.map(Tuning::latency), end::isTold);
                    PredictionServer server = PredictionServer.start(
                            Traffic.of(models, plans), sampling.map(UnsurePictures::open), settings)) {
                begun.accept(new Serving(models, server));
                return end.await();
            } catch (CancellationException early) {
                return end.await();
            }
        }
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }
}
