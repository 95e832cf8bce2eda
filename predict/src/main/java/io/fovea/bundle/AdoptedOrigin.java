package io.fovea.bundle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a model was taken over from that another tool made: entries of {@link Provenance#settings}.
 *
 * @param kind   of project, such as {@code onnx} or {@code digits}
 * @param file   the name of the file that the weights were in
 * @param sha256 of that file
 */
public record AdoptedOrigin(String kind, String file, String sha256) {

    private static final String KIND = "adoptedFrom";

    /** Returns that of a model; empty if Fovea trained it. */
    public static Optional<AdoptedOrigin> of(Manifest manifest) {
        Map<String, String> settings = manifest.provenance().settings();
        return Optional.ofNullable(settings.get(KIND))
                .map(kind -> new AdoptedOrigin(
                        kind,
                        settings.getOrDefault("adoptedFile", "unknown"),
                        settings.getOrDefault("adoptedSha256", "unknown")));
    }

    /** Returns the entries. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(KIND, kind);
        settings.put("adoptedFile", file);
        settings.put("adoptedSha256", sha256);
        return settings;
    }
}
