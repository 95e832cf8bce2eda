package io.fovea.bundle;

import io.fovea.image.Preprocessing;
import java.util.List;
import java.util.Objects;

/**
 * What a model is: {@code manifest.json} of a bundle.
 *
 * @param formatVersion major.minor: a reader accepts its own major version and ignores fields it does not know
 * @param name          for people, for example {@code mnist-lenet}
 * @param task          what the model answers
 * @param classNames    K names, in label order
 * @param preprocessing how a picture file becomes the network's input
 * @param sizes         parameters and MACs
 * @param measurements  what was measured, with intervals
 * @param provenance    where the model comes from
 * @param tolerance     the largest allowed difference between a golden picture's logits and a replay's
 * @param golden        pictures with the outcome of every stage
 * @param files         every other entry of the file, with size and checksum
 */
public record Manifest(
        String formatVersion,
        String name,
        Task task,
        List<String> classNames,
        Preprocessing preprocessing,
        Sizes sizes,
        List<Measurement> measurements,
        Provenance provenance,
        double tolerance,
        List<GoldenPicture> golden,
        List<FileEntry> files) {

    /** The version that this code writes. */
    public static final String FORMAT_VERSION = "1.0";

    /** The allowed difference of logits in fp32, unless a bundle says otherwise. */
    public static final double DEFAULT_TOLERANCE = 1e-4;

    /** Checks and copies. */
    public Manifest {
        Objects.requireNonNull(formatVersion, "formatVersion");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(preprocessing, "preprocessing");
        Objects.requireNonNull(sizes, "sizes");
        Objects.requireNonNull(provenance, "provenance");
        classNames = List.copyOf(classNames);
        measurements = List.copyOf(measurements);
        golden = List.copyOf(golden);
        files = List.copyOf(files);
        if (classNames.isEmpty()) throw new IllegalArgumentException("classNames must not be empty");
        if (!(tolerance > 0)) throw new IllegalArgumentException("tolerance must be above 0: " + tolerance);
        for (GoldenPicture picture : golden) {
            if (picture.logits().length != classNames.size()) {
                throw new IllegalArgumentException("Golden picture " + picture.file() + " needs " + classNames.size()
                        + " logits, found " + picture.logits().length);
            }
        }
    }

    /** Returns this manifest with other files. */
    public Manifest withFiles(List<FileEntry> others) {
        return new Manifest(
                formatVersion,
                name,
                task,
                classNames,
                preprocessing,
                sizes,
                measurements,
                provenance,
                tolerance,
                golden,
                others);
    }
}
