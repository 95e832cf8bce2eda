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
    private final End end;

    Serving(ModelRepository models, PredictionServer server, End end) {
        this.models = models;
        this.server = server;
        this.end = end;
    }

    /** Hears that the process is to end, from before the first model is loaded; the second time it ends at once. */
    static final class End implements AutoCloseable {

        private final CompletableFuture<Integer> told = new CompletableFuture<>();
        private final Signals signals = new Signals(this::hear);

        private void hear(int signal) {
            if (!told.complete(SIGNALLED + signal)) Runtime.getRuntime().halt(SIGNALLED + signal);
        }

        @Override
        public void close() {
            signals.close();
        }
    }

    /**
     * Waits until the process is told to end, by Ctrl-C or its kin.
     *
     * @return the exit code for it, once this is closed: 128 plus the signal's number
     */
    public int await() throws InterruptedException {
        try {
            return end.told.get();
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
        server.close();
        models.close();
        end.close();
    }
}
