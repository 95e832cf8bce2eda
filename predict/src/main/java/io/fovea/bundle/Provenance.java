package io.fovea.bundle;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Where a model comes from: enough to train it again.
 *
 * @param network      the network's name, for example {@code lenet}
 * @param dataset      the name of the dataset it was trained on
 * @param datasetHash  the content hash of that dataset
 * @param settings     the settings of the run, in their order
 * @param seed         what every random draw of the run came from
 * @param foveaVersion the version that wrote the bundle
 * @param created      when
 */
public record Provenance(
        String network,
        String dataset,
        String datasetHash,
        Map<String, String> settings,
        long seed,
        String foveaVersion,
        Instant created) {

    /** Checks and copies. */
    public Provenance {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(datasetHash, "datasetHash");
        Objects.requireNonNull(foveaVersion, "foveaVersion");
        Objects.requireNonNull(created, "created");
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}
