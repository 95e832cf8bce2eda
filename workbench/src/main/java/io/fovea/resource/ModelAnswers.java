package io.fovea.resource;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.Manifest;
import io.fovea.bundle.Measurement;
import io.fovea.problem.Problem;
import io.fovea.result.DataJson;
import io.fovea.task.Measure;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Models. Threads may share it. */
public final class ModelAnswers {

    private final Workspace workspace;
    private final Map<Path, Described> described = new ConcurrentHashMap<>();

    private record Described(Object version, Manifest manifest) {}

    /** Those of a workspace. */
    public ModelAnswers(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Returns the newest version of each model; one that cannot be read says why, and hides no other. */
    public List<Map<String, Object>> list() {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (String name : workspace.names(Shelf.MODELS)) {
            try {
                workspace.newestModel(name).ifPresent(file -> entries.add(summary(name, file)));
            } catch (Problem problem) {
                entries.add(Map.of("name", name, "problem", problem.parts()));
            }
        }
        return entries;
    }

    /** Returns all that is known of a model's newest version. */
    public Map<String, Object> show(String name) {
        Path file = file(name);
        Manifest manifest = described(file).manifest();
        Map<String, Object> json = summary(name, file);
        json.put("file", file.toString());
        json.put("classNames", manifest.task().names());
        json.put(
                "input",
                Map.of(
                        "height", manifest.preprocessing().height(),
                        "width", manifest.preprocessing().width(),
                        "colorMode", DataJson.word(manifest.preprocessing().colorMode()),
                        "resizeMode", DataJson.word(manifest.preprocessing().resizeMode())));
        json.put("settings", manifest.provenance().settings());
        json.put("seed", manifest.provenance().seed());
        json.put("fovea", manifest.provenance().foveaVersion());
        return json;
    }

    private Map<String, Object> summary(String name, Path file) {
        Manifest manifest = described(file).manifest();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("version", Integer.parseInt(file.getParent().getFileName().toString()));
        json.put("task", manifest.task().word());
        json.put("network", manifest.provenance().network());
        json.put("data", manifest.provenance().dataset());
        json.put("created", manifest.provenance().created().toString());
        json.put("parameters", manifest.sizes().parameters());
        json.put("macs", manifest.sizes().multiplyAccumulates());
        json.put("sizeInBytes", size(file));
        json.put(
                "measurements",
                manifest.measurements().stream().map(ModelAnswers::measurement).toList());
        return json;
    }

    private static Map<String, Object> measurement(Measurement measurement) {
        Measure measure = measurement.measure();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", measure.name());
        json.put("value", measure.value());
        json.put("unit", measure.unit().name().toLowerCase(Locale.ROOT));
        json.put("better", measure.better().name().toLowerCase(Locale.ROOT));
        measure.interval().ifPresent(interval -> {
            json.put("low", interval.low());
            json.put("high", interval.high());
        });
        json.put("on", measurement.on());
        json.put("count", measurement.count());
        return json;
    }

    /**
     * Returns the file of a model's newest version.
     *
     * @throws Problem if there is no such model, or it has no version yet
     */
    public Path file(String name) {
        Path folder = workspace.existing(Shelf.MODELS, name);
        return workspace
                .newestModel(name)
                .orElseThrow(() -> new Problem(
                        "The model has no version yet.", folder.toString(), "train it, or wait for its run to end"));
    }

    private Described described(Path file) {
        Object version = List.of(size(file), modified(file));
        Described known = described.get(file);
        if (known != null && known.version().equals(version)) return known;
        Bundle bundle = Bundle.open(file);
        Described now = new Described(version, bundle.manifest());
        described.put(file, now);
        return now;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0;
        }
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException gone) {
            return 0;
        }
    }
}
