package io.fovea.daemon;

import io.fovea.problem.Problem;
import io.fovea.repository.RepositorySettings;
import io.fovea.sampling.SamplingSettings;
import io.fovea.serve.ServerSettings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fovea-serve}: the prediction server alone, until SIGTERM. Exit codes: 1 failed, 2 wrong usage, 143 ended by SIGTERM. */
@Command(
        name = "fovea-serve",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        header = "Serve models over HTTP and gRPC: pictures, KServe v2, TensorFlow Serving.",
        description = {
            "",
            "A folder holds files NAME.fovea, or NAME/VERSION/NAME.fovea; what changes there is loaded, proven on its"
                    + " golden pictures, and answers from then on.",
            "The server listens on this machine only, unless --address says otherwise: then whoever asks shows a"
                    + " token, which is printed, or stands in $FOVEA_TOKEN or a file. SIGTERM ends it after what was"
                    + " accepted is answered.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  fovea-serve digits.fovea",
            "  fovea-serve models/ --port 8080 --address 0.0.0.0",
            "  curl -T digit.png http://127.0.0.1:8080/predictions/digits"
        })
public final class Main implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "DIR|FILE", description = "Folders and model files.")
    private List<Path> sources;

    @Mixin
    private ServeOptions options;

    @Spec
    private CommandSpec spec;

    private Main() {}

    /** Serves, and ends the process. */
    public static void main(String[] arguments) {
        CommandLine command = new CommandLine(new Main());
        command.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        command.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        command.setUsageHelpAutoWidth(true);
        command.setExecutionExceptionHandler(Main::failed);
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        ServerSettings settings;
        RepositorySettings each;
        Optional<SamplingSettings> sampling;
        try {
            settings = options.server(System.getenv());
            each = options.models();
            sampling = options.sampling();
        } catch (IllegalArgumentException mistake) {
            throw new ParameterException(spec.commandLine(), mistake.getMessage(), mistake);
        }
        if (options.isTuned()) refuse("with --auto-tune", "--workers", "--threads", "--batch");
        if (!options.keepsUnsure()) refuse("without --keep-unsure", "--unsure-below", "--unsure-limit");
        return options.serve(sources, each, sampling, settings, this::tell);
    }

    private void tell(Serving serving) {
        serving.tuning().forEach(spec.commandLine().getErr()::println);
        serving.server().lines().forEach(spec.commandLine().getOut()::println);
    }

    /** Refuses options that would have no effect. */
    private void refuse(String situation, String... names) {
        for (String name : names)
            if (spec.commandLine().getParseResult().hasMatchedOption(name))
                throw new ParameterException(spec.commandLine(), name + " has no effect " + situation);
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (!(failure instanceof Problem problem)) throw failure;
        command.getErr().println(problem.threeLines());
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** Of the jar. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"fovea-serve " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
