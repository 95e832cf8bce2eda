package io.fovea.spring;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.GoldenPicture;
import io.fovea.predict.Decoder;
import io.fovea.predict.Model;
import io.fovea.predict.PredictionListener;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.ReplayReport;
import io.fovea.predict.Verification;
import io.fovea.problem.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A model that properties name: its file is read at once, so that its task is known, and loaded later, as a bean. Threads share it. */
final class ConfiguredModel {

    private final String name;
    private final FoveaSettings.ModelSettings settings;
    private final Class<? extends Decoder> type;
    private final Map<String, byte[]> golden = new LinkedHashMap<>();
    private Bundle unloaded;
    private Decoder decoder;

    /**
     * Reads the file.
     *
     * @throws Problem if it is missing, damaged or no model
     */
    ConfiguredModel(String name, FoveaSettings.ModelSettings settings) {
        this.name = name;
        this.settings = settings;
        this.unloaded = Bundle.open(settings.path());
        this.type = Decoder.typeFor(unloaded.manifest().task());
        for (GoldenPicture picture : unloaded.manifest().golden()) golden.put(picture.file(), unloaded.golden(picture));
    }

    String name() {
        return name;
    }

    Path path() {
        return settings.path();
    }

    Class<? extends Decoder> type() {
        return type;
    }

    boolean isReplayed() {
        return settings.golden() != FoveaSettings.Golden.SKIP;
    }

    /**
     * Loads the model; the same at each call.
     *
     * @throws Problem if its golden pictures are replayed at the start, and one comes out otherwise
     */
    synchronized Decoder load(PredictionListener listener) {
        if (decoder != null) return decoder;
        Verification verification =
                settings.golden() == FoveaSettings.Golden.REPLAY ? Verification.REPLAY : Verification.SKIP;
        PredictionOptions options = new PredictionOptions(settings.threads(), verification, listener);
        decoder = Decoder.of(Model.of(unloaded, options, path().toString()));
        unloaded = null; // the decoder keeps what it needs; the network's bytes may go
        return decoder;
    }

    /**
     * Replays the golden pictures on what is loaded; empty if nothing is loaded yet.
     *
     * @throws Problem that names the picture and the stage that differs
     */
    Optional<ReplayReport> replay() {
        Decoder loaded;
        synchronized (this) {
            loaded = decoder;
        }
        return Optional.ofNullable(loaded).map(each -> each.model().replayAgain(picture -> golden.get(picture.file())));
    }
}
