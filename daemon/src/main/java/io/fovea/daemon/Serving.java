package io.fovea.daemon;

import io.fovea.repository.ModelRepository;
import io.fovea.serve.PredictionServer;
import io.fovea.signal.Signals;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Models and the server that answers with them, for as long as a process lives. */
public final class Serving implements AutoCloseable {

    private final ModelRepository models;
    private final PredictionServer server;

    private Serving(ModelRepository models, PredictionServer server) {
        this.models = models;
        this.server = server;
    }

    /** Closes both, in order, when it is closed or the process is told to end; then the process ends with 128 plus the signal's number. */
    static Serving of(ModelRepository models, PredictionServer server) {
        Serving serving = new Serving(models, server);
        AtomicBoolean ending = new AtomicBoolean();
        new Signals(signal -> {
            if (ending.compareAndSet(false, true))
                Thread.ofPlatform().name("end").start(() -> {
                    try {
                        serving.close();
                    } finally {
                        System.exit(128 + signal);
                    }
                });
        });
        return serving;
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

    /** Answers what was accepted, ends the server, and frees the models' memory. */
    @Override
    public void close() {
        server.close();
        models.close();
    }
}
