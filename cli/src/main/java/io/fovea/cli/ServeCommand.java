package io.fovea.cli;

import io.fovea.choice.ModelFile;
import io.fovea.choice.Situation;
import io.fovea.daemon.ServeOptions;
import io.fovea.daemon.Serving;
import io.fovea.repository.RepositorySettings;
import io.fovea.sampling.SamplingSettings;
import io.fovea.serve.PredictionServer;
import io.fovea.serve.ServerSettings;
import io.fovea.terminal.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private ServeOptions options;

    ServeCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws InterruptedException {
        ServerSettings settings = checked(() -> options.server(System.getenv()));
        RepositorySettings each = checked(options::models);
        if (options.isTuned()) IdleOption.refuse(TUNED, spec);
        if (!options.keepsUnsure()) IdleOption.refuse(KEEPING_NOTHING, spec);
        Optional<SamplingSettings> sampling = checked(options::sampling);
        List<Path> paths = sources.stream()
                .map(source -> ModelFile.orFolder(source, workspace.workspace()))
                .toList();
        return options.serve(paths, each, sampling, settings, this::tell);
    }

    private void tell(Serving serving) {
        serving.tuning().forEach(console::progress);
        PredictionServer server = serving.server();
        print(server::words, () -> server.lines().forEach(console::result));
        console.progress("Ctrl-C ends it.");
    }
}
