package io.fovea.daemon;

import io.fovea.repository.ModelRepository;
import io.fovea.serve.PredictionServer;
import java.util.List;

/** What answers now: models and the server that answers with them. */
public final class Serving {

    private final ModelRepository models;
    private final PredictionServer server;

    Serving(ModelRepository models, PredictionServer server) {
        this.models = models;
        this.server = server;
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
}
