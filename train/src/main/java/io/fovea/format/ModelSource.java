package io.fovea.format;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fovea.bundle.Bundle;
import io.fovea.bundle.Manifest;
import io.fovea.export.BundleImport;
import io.fovea.export.ModelParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A model that is exported.
 *
 * @param file   it was read from
 * @param bundle what is in it
 */
record ModelSource(Path file, Bundle bundle) {

    Manifest manifest() {
        return bundle.manifest();
    }

    /** Returns the model's name with nothing in it that a file system or another program would not take. */
    String fileStem() {
        String stem = manifest().name().replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
        return stem.isEmpty() ? "model" : stem;
    }

    /** Returns the manifest's part that says how a picture becomes the input. */
    String preprocessing() {
        try {
            return new JsonMapper()
                    .readTree(bundle.manifestJson())
                    .get("preprocessing")
                    .toString();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Returns network and weights; see {@link BundleImport#read} for what is refused. */
    ModelParts parts() {
        return BundleImport.read(bundle, where());
    }

    /** Returns the place that problems name. */
    String where() {
        return file.toString();
    }
}
