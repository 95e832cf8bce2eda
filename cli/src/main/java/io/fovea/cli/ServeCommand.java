package io.fovea.cli;

import io.fovea.choice.ModelFile;
import io.fovea.choice.Situation;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.RepositorySettings;
import io.fovea.repository.Tuning;
import io.fovea.sampling.SamplingSettings;
import io.fovea.sampling.UnsurePictures;
import io.fovea.serve.PredictionServer;
import io.fovea.serve.ServerSettings;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import io.fovea.traffic.Traffic;
import io.fovea.traffic.TrafficPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea serve}: models that answer over HTTP, until Ctrl-C. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Serve models over HTTP and gRPC: pictures, KServe v2, TensorFlow Serving.",
        description = {
            "",
            "A folder holds files NAME.fovea, or NAME/VERSION/NAME.fovea; what changes there is loaded, proven on its"
                    + " golden pictures, and answers from then on.",
            "The server listens on this machine only, unless --address says otherwise: then whoever asks shows a"
                    + " token, which is printed, or stands in $FOVEA_TOKEN or a file. Ctrl-C ends it after what was"
                    + " accepted is answered.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  fovea serve mnist-lenet",
            "  fovea serve models/ --port 8080 --address 0.0.0.0",
            "  curl -T digit.png http://127.0.0.1:8080/predictions/mnist-lenet"
        })
final class ServeCommand extends Verb {

    private static final Situation TUNED =
            Situation.of("with --auto-tune").idle("leave one of them out", "--workers", "--threads", "--batch");

    private static final Situation KEEPING_NOTHING =
            Situation.of("without --keep-unsure").idle("add --keep-unsure DIR", "--unsure-below", "--unsure-limit");

    @Parameters(arity = "1..*", paramLabel = "DIR|MODEL", description = "Folders, model files, or models' names.")
    private List<String> sources;

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

    ServeCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws InterruptedException {
        ServerSettings settings = checked(() -> ServerSettings.of(
                        address, port, token, tls, origins, Duration.ofMillis((long) (deadline * 1000)), grpcPort))
                .with(System.getenv());
        RepositorySettings each = checked(
                () -> RepositorySettings.USUAL.withQueue(places, batch, workers).withThreads(threads));
        if (latency.isPresent()) IdleOption.refuse(TUNED, spec);
        if (unsure.isEmpty()) IdleOption.refuse(KEEPING_NOTHING, spec);
        Optional<SamplingSettings> sampling = unsure.map(folder -> checked(() -> new SamplingSettings(
                folder, below.orElse(SamplingSettings.USUAL_BELOW), most.orElse(SamplingSettings.USUAL_PICTURES))));
        Map<String, TrafficPlan> plans = TrafficPlan.of(splits, shadows);
        List<Path> paths = sources.stream()
                .map(source -> ModelFile.orFolder(source, workspace.workspace()))
                .toList();
        Duration look = Duration.ofMillis((long) (refresh * 1000));
        try (ModelRepository models = ModelRepository.open(paths, each, look, latency.map(Tuning::latency));
                PredictionServer server = PredictionServer.start(
                        Traffic.of(models, plans), sampling.map(UnsurePictures::open), settings)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, models)));
            models.tunings().values().forEach(tuning -> tuning.lines().forEach(console::progress));
            print(server::words, () -> server.lines().forEach(console::result));
            console.progress("Ctrl-C ends it.");
            server.await();
        }
        return ExitCode.DONE;
    }

    /** Frees native memory before the process goes. */
    private static void end(PredictionServer server, ModelRepository models) {
        server.close();
        models.close();
    }
}
