package io.fovea.daemon;

import io.fovea.problem.Problem;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.RepositorySettings;
import io.fovea.serve.PredictionServer;
import io.fovea.serve.ServerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Models and the server that answers with them, for as long as a process lives. */
public final class Serving implements AutoCloseable {

    private final ModelRepository models;
    private final PredictionServer server;

    private Serving(ModelRepository models, PredictionServer server) {
        this.models = models;
        this.server = server;
    }

    /**
     * Loads models, and answers from then on, until closed or the process is told to end.
     *
     * @param sources files and folders
     * @throws Problem if a model does not prove itself, or the server cannot listen
     */
    public static Serving begin(
            List<Path> sources, RepositorySettings each, Duration refresh, ServerSettings settings) {
        ModelRepository models = ModelRepository.open(sources, each, refresh);
        try {
            Serving serving = new Serving(models, PredictionServer.start(models, settings));
            Runtime.getRuntime().addShutdownHook(new Thread(serving::close, "end"));
            return serving;
        } catch (RuntimeException failure) {
            models.close();
            throw failure;
        }
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
