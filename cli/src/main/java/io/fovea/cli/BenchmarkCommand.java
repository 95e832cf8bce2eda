package io.fovea.cli;

import io.fovea.answer.NamedPictures;
import io.fovea.choice.ModelFile;
import io.fovea.choice.VerbSituations;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import io.fovea.timing.LoadSettings;
import io.fovea.timing.ModelTimes;
import io.fovea.timing.ModelTiming;
import io.fovea.timing.ServerTimes;
import io.fovea.timing.ServerTiming;
import io.fovea.timing.TimingSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea benchmark}: how long answers take, in this process or from a server. */
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Measure how long a model's answers take, here or from a server.",
        description = {
            "",
            "Times a model file by threads and batches, and a picture's way stage by stage: decode, prepare, network."
                    + " With --url a running server is asked instead: Fovea's, or any that speaks KServe v2"
                    + " (Open Inference Protocol, such as Triton) or TensorFlow Serving's REST.",
            "The warm-up is found out and told apart. A percentile is told where enough was measured for it.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  fovea benchmark mnist-lenet",
            "  fovea benchmark pets --threads 1,2 --batch 1,8,16 --pictures photos/",
            "  fovea benchmark pets --url http://127.0.0.1:8080 --pictures photos/ --clients 1,8",
            "  fovea benchmark pets --url http://127.0.0.1:8080 --pictures cat.jpg --rate 200"
        })
final class BenchmarkCommand extends Verb {

    @Parameters(
            paramLabel = "MODEL",
            description = "A model file or a model's name; with --url the name that the server has for it.")
    private String model;

    @Option(names = "--threads", split = ",", paramLabel = "N", description = "Of one run. Default: 1 and all cores.")
    private List<Integer> threads;

    @Option(
            names = "--batch",
            split = ",",
            paramLabel = "N",
            description = "Pictures of one run or request. Default: 1,8; with --url 1.")
    private List<Integer> batches;

    @Option(names = "--seconds", paramLabel = "N", description = "Measure each so long, once it is warm. Default: 3.")
    private double seconds = 3;

    @Option(
            names = "--pictures",
            paramLabel = "DIR|FILE",
            description = "Answer for these; repeatable. Default: those that the model file carries.")
    private List<Path> pictures = List.of();

    @Option(names = "--url", paramLabel = "URL", description = "Ask the server there, such as http://host:8080.")
    private Optional<URI> url = Optional.empty();

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            description = "How: pictures, kserve or tensorflow. Default: the first that the server answers.")
    private Optional<LoadSettings.Protocol> protocol = Optional.empty();

    @Option(
            names = "--clients",
            split = ",",
            paramLabel = "N",
            description = "Clients that ask at once, each again once it has its answer. Default: 1; with --rate 64.")
    private List<Integer> clients;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Send R requests a second, whatever is answered; latency counts from when each is due.")
    private Optional<Double> rate = Optional.empty();

    @Option(names = "--token", paramLabel = "FILE", description = "The server's token. Default: $FOVEA_TOKEN.")
    private Optional<Path> token = Optional.empty();

    @Option(names = "--trust", paramLabel = "FILE", description = "Trust this certificate of a server (PEM).")
    private Optional<Path> certificate = Optional.empty();

    BenchmarkCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        IdleOption.refuse(url.isPresent() ? VerbSituations.TIMING_A_SERVER : VerbSituations.TIMING_IN_PROCESS, spec);
        NamedPictures named = NamedPictures.of(pictures);
        named.remarks().forEach(console::progress);
        if (url.isPresent()) {
            ServerTimes times = new ServerTiming(load(url.get(), named.pictures()), console::progress).run();
            print(times::json, () -> times.lines().forEach(console::result));
        } else {
            TimingSettings settings = settings(named.pictures());
            Path file = ModelFile.find(model, workspace.workspace());
            ModelTimes times = new ModelTiming(file, settings, console::progress).run();
            print(times::json, () -> times.lines().forEach(console::result));
        }
        return ExitCode.DONE;
    }

    private TimingSettings settings(List<Path> files) {
        TimingSettings usual = TimingSettings.usual();
        return checked(() -> new TimingSettings(
                threads == null ? usual.threads() : threads,
                batches == null ? usual.batches() : batches,
                seconds,
                files));
    }

    private LoadSettings load(URI server, List<Path> files) {
        int many = rate.isPresent() ? LoadSettings.CLIENTS_OF_A_RATE : 1;
        return checked(() -> new LoadSettings(
                        server,
                        model,
                        protocol,
                        clients == null ? List.of(many) : clients,
                        batches == null ? List.of(1) : batches,
                        rate.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                        seconds,
                        files,
                        Optional.empty(),
                        certificate))
                .withToken(token, System.getenv());
    }
}
