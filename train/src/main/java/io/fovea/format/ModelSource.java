package io.fovea.format;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fovea.bundle.Bundle;
import io.fovea.bundle.BundleWriter;
import io.fovea.bundle.Int8Origin;
import io.fovea.bundle.Manifest;
import io.fovea.export.BundleImport;
import io.fovea.export.ModelParts;
import io.fovea.file.AtomicFile;
import io.fovea.problem.Problem;
import io.fovea.quantize.Quantization;
import io.fovea.weights.WeightPrecision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model that is exported.
 *
 * @param file         it was read from
 * @param bundle       what is in it, or what was made of it
 * @param quantization how it was put into whole numbers; empty if it is as it was read
 */
record ModelSource(Path file, Bundle bundle, Optional<Quantization> quantization) {

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

    /** Writes the model file: the one that was read, byte for byte, or what was made of it. */
    void write(Path target) {
        if (quantization.isPresent()) BundleWriter.write(bundle, target);
        else AtomicFile.write(target, out -> Files.copy(file, out));
    }

    /**
     * Checks that weights can be kept in 16 bits.
     *
     * @throws Problem if they are whole numbers of 8 bits already
     */
    void check(WeightPrecision precision) {
        if (precision == WeightPrecision.FP32) return;
        Int8Origin.of(manifest()).ifPresent(origin -> {
            throw new Problem(
                    "The model is in whole numbers of 8 bits (int8); 16 bits would make it larger and no more precise.",
                    where(),
                    "leave --precision out, or export the model that it was made of, \"" + origin.model() + "\"");
        });
    }

    /** Returns the place that problems name. */
    String where() {
        return file.toString();
    }
}
