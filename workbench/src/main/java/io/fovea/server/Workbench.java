package io.fovea.server;

import io.fovea.fetch.WebReach;
import io.fovea.look.Looks;
import io.fovea.note.Notes;
import io.fovea.problem.Problem;
import io.fovea.queue.JobQueue;
import io.fovea.queue.Program;
import io.fovea.workspace.Workspace;
import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** A running workbench. Closing it ends the server; runs go on. */
public final class Workbench implements AutoCloseable {

    /** Where it listens unless another port is asked for. */
    public static final int USUAL_PORT = 7070;

    private static final String LOOPBACK = "127.0.0.1";

    private final Javalin server;
    private final JobQueue queue;
    private final Looks looks;
    private final WorkspaceLock lock;
    private final AtomicBoolean over;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Workbench(Javalin server, JobQueue queue, Looks looks, WorkspaceLock lock, AtomicBoolean over) {
        this.server = server;
        this.queue = queue;
        this.looks = looks;
        this.lock = lock;
        this.over = over;
    }

    /** As below; no picture is fetched from the web. */
    public static Workbench start(Workspace workspace, int port, Program program, List<Path> folders) {
        return start(workspace, port, program, folders, WebReach.OFF);
    }

    /**
     * Starts the workbench of a workspace.
     *
     * @param port    to listen on; 0 for any that is free
     * @param program that does the jobs
     * @param folders that jobs may name beside the workspace
     * @param urls    which addresses of the web pictures may be fetched from
     * @throws Problem if the port is taken, another workbench has the workspace, it cannot be written, or a folder is not there
     */
    public static Workbench start(Workspace workspace, int port, Program program, List<Path> folders, WebReach urls) {
        workspace.checkWritable();
        Reach reach = new Reach(workspace.folder(), folders);
        WorkspaceLock lock = WorkspaceLock.take(workspace);
        AtomicBoolean over = new AtomicBoolean();
        JobQueue queue = null;
        Looks looks = null;
        try {
            queue = new JobQueue(workspace, program);
            Notes notes = new Notes(workspace.workbench().resolve("notes.sqlite"));
            looks = new Looks(workspace);
            Routes routes = new Routes(workspace, queue, notes, reach, looks, urls, over::get);
            Javalin server = listening(routes, port);
            Workbench workbench = new Workbench(server, queue, looks, lock, over);
            lock.tell(workbench.address());
            return workbench;
        } catch (RuntimeException failure) {
            if (looks != null) looks.close();
            if (queue != null) queue.close();
            lock.close();
            throw failure;
        }
    }

    private static Javalin listening(Routes routes, int port) {
        Javalin server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.concurrency.useVirtualThreads = true;
            config.http.maxRequestSize = Body.MOST_BYTES;
            config.http.generateEtags = false;
            config.jetty.host = LOOPBACK;
            config.jetty.modifyHttpConfiguration(http -> {
                http.setSendServerVersion(false);
                http.setSendDateHeader(false);
            });
            config.jetty.modifyServer(jetty -> jetty.setStopTimeout(0));
            routes.configure(config);
        });
        try {
            return server.start(LOOPBACK, port);
        } catch (JavalinBindException taken) {
            throw new Problem(
                    "Port " + port + " is taken by another program.",
                    LOOPBACK + ":" + port,
                    "choose another one with --port, or 0 for any that is free",
                    taken);
        }
    }

    /** Returns the address for a browser. */
    public URI address() {
        return URI.create("http://" + LOOPBACK + ":" + server.port());
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
        looks.close();
        queue.close();
        lock.close();
        ended.countDown();
    }
}
