package io.fovea.cli;

import io.fovea.fetch.WebReach;
import io.fovea.queue.Program;
import io.fovea.server.Workbench;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
            "The server listens on this machine only. Ctrl-C ends it; runs go on, and the next workbench finds them.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  fovea workbench",
            "  fovea workbench --port 8080 --no-browser",
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

    @Option(names = "--urls", paramLabel = "REACH", description = "Pictures from the web: off (usual), public, any.")
    private WebReach urls = WebReach.OFF;

    WorkbenchCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > 65_535)
            throw new ParameterException(spec.commandLine(), "--port must be 0 to 65535, not " + port);
        Program jobs = Program.ofThisProcess(Main.class);
        Workbench workbench = Workbench.start(workspace.workspace(), port, jobs, folders, urls);
        Runtime.getRuntime().addShutdownHook(new Thread(workbench::close));
        String address = workbench.address().toString();
        String folder = workspace.workspace().folder().toString();
        print(
                () -> Map.of("address", address, "workspace", folder),
                () -> console.result("The workbench is at " + address));
        console.progress("Ctrl-C ends it; runs go on.");
        if (!withoutBrowser) workbench.openBrowser();
        workbench.await();
        return ExitCode.DONE;
    }
}
