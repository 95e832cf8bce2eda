package io.fovea.daemon;

import io.fovea.repository.ModelRepository;
import io.fovea.serve.PredictionServer;
import java.util.List;

/** Models and the server that answers with them, for as long as a process lives. */
public final class Serving implements AutoCloseable {

    private final ModelRepository models;
    private final PredictionServer server;

    private Serving(ModelRepository models, PredictionServer server) {
        this.models = models;
        this.server = server;
    }

    /** Closes both, in order, when it is closed or the process is told to end. */
    static Serving of(ModelRepository models, PredictionServer server) {
        Serving serving = new Serving(models, server);
        Runtime.getRuntime().addShutdownHook(new Thread(serving::close, "end"));
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
