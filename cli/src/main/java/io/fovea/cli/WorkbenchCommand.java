package io.fovea.cli;

import io.fovea.fetch.WebReach;
import io.fovea.note.NoteTables;
import io.fovea.queue.Program;
import io.fovea.server.ServerSettings;
import io.fovea.server.Workbench;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code fovea workbench}: the web application, until Ctrl-C. */
@Command(
        name = "workbench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "See datasets, runs, networks and models in the browser, and start runs there.",
        description = {
            "",
            "The server listens on this machine only, unless --address says otherwise: then whoever asks shows a"
                    + " token, which is printed, or stands in",
            "$FOVEA_TOKEN or a file. Ctrl-C ends it; runs go on, and the next workbench finds them.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  fovea workbench",
            "  fovea workbench --port 8080 --no-browser",
            "  fovea workbench --address 0.0.0.0 --tokens tokens.txt --database-url"
                    + " jdbc:postgresql://db/fovea?user=fovea",
            "  curl http://127.0.0.1:7070/api/jobs      # the same for programs: /api/openapi.json"
        })
final class WorkbenchCommand extends Verb {

    @Option(names = "--port", paramLabel = "N", description = "Where to listen; 0 for any that is free. Default: 7070.")
    private int port = Workbench.USUAL_PORT;

    @Option(names = "--no-browser", description = "Do not open the browser.")
    private boolean withoutBrowser;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "A folder that imports over REST may read beside the workspace. May be repeated.")
    private List<Path> folders = List.of();

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description =
                    "Listen there: 0.0.0.0 for all addresses of this machine. Encryption (TLS) is left to a proxy.")
    private String address = ServerSettings.THIS_MACHINE;

    @Option(names = "--host-name", paramLabel = "NAME", description = "Also answer to it: a proxy's. May be repeated.")
    private List<String> hostNames = List.of();

    @Option(
            names = "--tokens",
            paramLabel = "FILE",
            description = "Several people: a name and a token in each line. Only owners stop and delete.")
    private Optional<Path> tokens = Optional.empty();

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "Keep tags, notes and owners in PostgreSQL; also $FOVEA_DATABASE_URL. Passwords: ~/.pgpass.")
    private Optional<String> databaseUrl = Optional.empty();

    @Option(names = "--urls", paramLabel = "REACH", description = "Pictures from the web: off (usual), public, any.")
    private WebReach urls = WebReach.OFF;

    WorkbenchCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > 65_535)
            throw new ParameterException(spec.commandLine(), "--port must be 0 to 65535, not " + port);
        if (databaseUrl.filter(NoteTables::holdsPassword).isPresent())
            console.progress("Everyone on this machine can see the password in --database-url; ~/.pgpass hides it.");
        ServerSettings settings =
                new ServerSettings(address, port, hostNames, folders, urls, Optional.empty(), tokens, databaseUrl);
        Workbench workbench = Workbench.start(
                workspace.workspace(), Program.ofThisProcess(Main.class), settings.with(System.getenv()));
        Runtime.getRuntime().addShutdownHook(new Thread(workbench::close));
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("address", workbench.address().toString());
        said.put("workspace", workspace.workspace().folder().toString());
        workbench.madeToken().ifPresent(token -> said.put("token", token));
        print(() -> said, () -> {
            console.result("The workbench is at " + said.get("address"));
            workbench.madeToken().ifPresent(token -> console.result("Sign in with    " + token));
        });
        console.progress("Ctrl-C ends it; runs go on.");
        if (!withoutBrowser) workbench.openBrowser();
        workbench.await();
        return ExitCode.DONE;
    }
}
