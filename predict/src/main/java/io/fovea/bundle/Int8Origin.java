package io.fovea.bundle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model in whole numbers was made of: entries of {@link Provenance#settings}, beside those of the model before.
 *
 * @param model           the name of the model before, whose weights are floats
 * @param sha256          of that model's file
 * @param calibration     the name of the dataset whose pictures showed which values occur
 * @param calibrationHash its content hash
 * @param pictures        how many of its pictures were taken
 * @param weightBits      how many bits of a byte weights use: 7, the same results on every processor; or 8, for processors with VNNI or ARM's dot products
 * @param processor       where it was made and measured
 * @param floatLayers     layers that stayed in floats
 */
public record Int8Origin(
        String model,
        String sha256,
        String calibration,
        String calibrationHash,
        int pictures,
        int weightBits,
        String processor,
        List<String> floatLayers) {

    private static final String PRECISION = "precision";
    private static final String INT8 = "int8";

    /** Copies. */
    public Int8Origin {
        floatLayers = List.copyOf(floatLayers);
    }

    /** Returns that of a model; empty if its weights are floats. */
    public static Optional<Int8Origin> of(Manifest manifest) {
        Map<String, String> settings = manifest.provenance().settings();
        if (!INT8.equals(settings.get(PRECISION))) return Optional.empty();
        String layers = settings.getOrDefault("floatLayers", "");
        return Optional.of(new Int8Origin(
                settings.getOrDefault("shrunkFrom", "unknown"),
                settings.getOrDefault("shrunkFromSha256", "unknown"),
                settings.getOrDefault("calibration", "unknown"),
                settings.getOrDefault("calibrationHash", "unknown"),
                number(settings.get("calibrationPictures")),
                number(settings.get("weightBits")),
                settings.getOrDefault("processor", "unknown"),
                layers.isEmpty() ? List.of() : List.of(layers.split(" "))));
    }

    private static int number(String text) {
        return text != null && text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    /** Returns the entries. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(PRECISION, INT8);
        settings.put("shrunkFrom", model);
        settings.put("shrunkFromSha256", sha256);
        settings.put("calibration", calibration);
        settings.put("calibrationHash", calibrationHash);
        settings.put("calibrationPictures", Integer.toString(pictures));
        settings.put("weightBits", Integer.toString(weightBits));
        settings.put("processor", processor);
        settings.put("floatLayers", String.join(" ", floatLayers));
        return settings;
    }
}
