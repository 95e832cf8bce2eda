package io.fovea.daemon;

import io.fovea.repository.ModelRepository;
import io.fovea.serve.PredictionServer;
import io.fovea.signal.Signals;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Models and the server that answers with them, for as long as a process lives. */
public final class Serving implements AutoCloseable {

    private static final int SIGNALLED = 128;

    private final ModelRepository models;
    private final PredictionServer server;
    private final CompletableFuture<Integer> told = new CompletableFuture<>();
    private final Signals signals = new Signals(signal -> told.complete(SIGNALLED + signal));

    Serving(ModelRepository models, PredictionServer server) {
        this.models = models;
        this.server = server;
    }

    /**
     * Waits until the process is told to end, by Ctrl-C or its kin.
     *
     * @return the exit code for it, once this is closed: 128 plus the signal's number
     */
    public int await() throws InterruptedException {
        try {
            return told.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns what was found by measuring, for people; nothing if nobody asked. */
    public List<String> tuning() {
        return models.tunings().values().stream()
                .flatMap(tuning -> tuning.lines().stream())
                .toList();
    }

    /** Returns what answers. */
    public PredictionServer server() {
        return server;
    }

    /** Answers what was accepted, ends the server, and frees the models' memory; another signal meanwhile ends the process at once. */
    @Override
    public void close() {
        signals.close();
        server.close();
        models.close();
    }
}
