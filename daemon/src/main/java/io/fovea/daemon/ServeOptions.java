package io.fovea.daemon;

import io.fovea.problem.Problem;
import io.fovea.repository.RepositorySettings;
import io.fovea.serve.ServerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Returns how often new files are looked for. */
    public Duration refresh() {
        return duration(refresh);
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }
}
