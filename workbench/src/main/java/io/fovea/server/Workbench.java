package io.fovea.server;

import io.fovea.fetch.ServerReach;
import io.fovea.intake.SourceLooks;
import io.fovea.look.Looks;
import io.fovea.note.NoteTables;
import io.fovea.note.Owners;
import io.fovea.problem.Problem;
import io.fovea.queue.JobQueue;
import io.fovea.queue.Program;
import io.fovea.resource.CollectionAnswers;
import io.fovea.workspace.Workspace;
import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.NetworkConnectionLimit;

/** A running workbench. Closing it ends the server; runs go on. */
public final class Workbench implements AutoCloseable {

    /** Where it listens unless another port is asked for. */
    public static final int USUAL_PORT = 7070;

    /** More are not taken, and those that say nothing are ended after a second. */
    private static final int MOST_CONNECTIONS = 1_000;

    private final Javalin server;
    private final JobQueue queue;
    private final Looks looks;
    private final SourceLooks sources;
    private final WorkspaceLock lock;
    private final AtomicBoolean over;
    private final ServerSettings settings;
    private final Optional<String> madeToken;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Workbench(
            Javalin server,
            JobQueue queue,
            Looks looks,
            SourceLooks sources,
            WorkspaceLock lock,
            AtomicBoolean over,
            ServerSettings settings,
            Optional<String> madeToken) {
        this.settings = settings;
        this.madeToken = madeToken;
        this.server = server;
        this.queue = queue;
        this.looks = looks;
        this.sources = sources;
        this.lock = lock;
        this.over = over;
    }

    /**
     * Starts the workbench of a workspace for programs of this machine.
     *
     * @param port    to listen on; 0 for any that is free
     * @param program that does the jobs
     * @param folders that jobs may name beside the workspace
     * @throws Problem if the port is taken, another workbench has the workspace, it cannot be written, or a folder is not there
     */
    public static Workbench start(Workspace workspace, int port, Program program, List<Path> folders) {
        return start(workspace, program, ServerSettings.onThisMachine(port, folders));
    }

    /**
     * Starts the workbench of a workspace.
     *
     * @param program that does the jobs
     * @throws Problem if it cannot be opened like this: the address or port cannot be had, another workbench has the workspace, it cannot be written, a
     *     folder is not there, the tokens cannot be read, or the database cannot be reached
     */
    public static Workbench start(Workspace workspace, Program program, ServerSettings settings) {
        workspace.checkWritable();
        Reach reach = new Reach(
                workspace.folder(),
                settings.folders(),
                CollectionAnswers.ofThisAccount().folders());
        boolean makesToken = settings.needsToken()
                && settings.token().isEmpty()
                && settings.tokens().isEmpty();
        Optional<String> made = makesToken ? Optional.of(Tokens.made()) : Optional.empty();
        Optional<Tokens> tokens = settings.tokens()
                .map(Tokens::in)
                .or(() -> settings.token().or(() -> made).map(token -> Tokens.of(startedBy(), token)));
        WorkspaceLock lock = WorkspaceLock.take(workspace);
        AtomicBoolean over = new AtomicBoolean();
        JobQueue queue = null;
        Looks looks = null;
        SourceLooks sources = null;
        try {
            NoteTables database = database(workspace, settings);
            queue = new JobQueue(workspace, program, reach.ofProcesses());
            SignIn signIn = new SignIn(tokens, settings.tokens().isPresent(), workspace, new Owners(database));
            looks = new Looks(workspace, reach.ofProcesses());
            sources = new SourceLooks(workspace, reach.ofProcesses());
            Routes routes = new Routes(
                    workspace,
                    queue,
                    database,
                    new Safety(settings),
                    signIn,
                    reach,
                    looks,
                    sources,
                    settings.urls(),
                    settings.needsToken() ? ServerReach.THIS_MACHINE : ServerReach.ANY,
                    over::get);
            Javalin server = listening(routes, settings);
            Workbench workbench = new Workbench(server, queue, looks, sources, lock, over, settings, made);
            lock.tell(workbench.address());
            return workbench;
        } catch (RuntimeException failure) {
            if (sources != null) sources.close();
            if (looks != null) looks.close();
            if (queue != null) queue.close();
            lock.close();
            throw failure;
        }
    }

    private static NoteTables database(Workspace workspace, ServerSettings settings) {
        Path folder = workspace.workbench();
        return settings.databaseUrl()
                .map(url -> NoteTables.at(url, folder.resolve("database.txt")))
                .orElseGet(() -> NoteTables.inFile(folder.resolve("notes.sqlite")));
    }

    private static String startedBy() {
        String name = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "");
        return name.matches("[A-Za-z0-9].{0,39}") ? name : "owner";
    }

    private static Javalin listening(Routes routes, ServerSettings settings) {
        Javalin server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.concurrency.useVirtualThreads = true;
            config.http.maxRequestSize = Body.MOST_BYTES;
            config.http.generateEtags = false;
            config.jetty.host = settings.address();
            config.jetty.modifyHttpConfiguration(http -> {
                http.setSendServerVersion(false);
                http.setSendDateHeader(false);
            });
            config.jetty.modifyServer(jetty -> {
                jetty.setStopTimeout(0);
                NetworkConnectionLimit limit = new NetworkConnectionLimit(MOST_CONNECTIONS, jetty);
                limit.setEndPointIdleTimeout(1_000);
                jetty.addBean(limit);
            });
            routes.configure(config);
        });
        try {
            return server.start(settings.address(), settings.port());
        } catch (JavalinBindException taken) {
            throw new Problem(
                    "Port " + settings.port() + " is taken by another program.",
                    settings.address() + ":" + settings.port(),
                    "choose another one with --port, or 0 for any that is free",
                    taken);
        }
    }

    /** Returns the address for a browser: of all that it listens on, one that other machines reach. */
    public URI address() {
        String host = settings.isOnAllAddresses() ? ownAddress() : settings.address();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port());
    }

    private static String ownAddress() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                    .map(InetAddress::getHostAddress)
                    .findFirst()
                    .orElse(ServerSettings.THIS_MACHINE);
        } catch (SocketException unknown) {
            return ServerSettings.THIS_MACHINE;
        }
    }

    /** Returns the token that was made because none was given; whoever started the server must be told. */
    public Optional<String> madeToken() {
        return madeToken;
    }

    /** Opens the page where there is a desktop; elsewhere nothing happens. */
    public void openBrowser() {
        String opener = System.getProperty("os.name").startsWith("Mac") ? "open" : "xdg-open";
        try {
            new ProcessBuilder(opener, address().toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noDesktop) {
            // whoever started it knows the address
        }
    }

    /** Returns once the workbench was closed. */
    public void await() throws InterruptedException {
        ended.await();
    }

    /** Ends the server; what it started goes on. */
    @Override
    public void close() {
        if (over.getAndSet(true)) return;
        server.stop();
        sources.close();
        looks.close();
        queue.close();
        lock.close();
        ended.countDown();
    }
}
