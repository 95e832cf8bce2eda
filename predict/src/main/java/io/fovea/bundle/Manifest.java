package io.fovea.bundle;

import io.fovea.image.Preprocessing;
import io.fovea.image.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * What a model is: {@code manifest.json} of a bundle.
 *
 * @param formatVersion major.minor: a reader accepts its own major version and ignores fields it does not know
 * @param name          for people, for example {@code mnist-lenet}
 * @param task          what the model answers
 * @param classNames    K names, in label order; empty in a regression
 * @param targets       T numbers that are regressed, in the order of the outputs; empty in a classification
 * @param preprocessing how a picture file becomes the network's input
 * @param sizes         parameters and MACs
 * @param measurements  what was measured, with intervals
 * @param provenance    where the model comes from
 * @param tolerance     the largest allowed difference between a golden picture's outputs and a replay's
 * @param golden        pictures with the outcome of every stage
 * @param files         every other entry of the file, with size and checksum
 */
public record Manifest(
        String formatVersion,
        String name,
        Task task,
        List<String> classNames,
        List<Target> targets,
        Preprocessing preprocessing,
        Sizes sizes,
        List<Measurement> measurements,
        Provenance provenance,
        double tolerance,
        List<GoldenPicture> golden,
        List<FileEntry> files) {

    /** The version that this code writes. */
    public static final String FORMAT_VERSION = "1.1";

    /** The allowed difference of outputs in fp32, unless a bundle says otherwise. */
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
        targets = List.copyOf(targets);
        measurements = List.copyOf(measurements);
        golden = List.copyOf(golden);
        files = List.copyOf(files);
        if (!(tolerance > 0)) throw new IllegalArgumentException("tolerance must be above 0: " + tolerance);
        checkAnswers(task, classNames, targets);
        int outputs = outputs(task, classNames, targets);
        for (GoldenPicture picture : golden) {
            if (picture.logits().length != outputs) {
                throw new IllegalArgumentException("Golden picture " + picture.file() + " needs " + outputs
                        + " logits, found " + picture.logits().length);
            }
        }
    }

    private static void checkAnswers(Task task, List<String> classNames, List<Target> targets) {
        switch (task) {
            case CLASSIFICATION -> {
                if (classNames.isEmpty()) throw new IllegalArgumentException("classNames must not be empty");
                if (!targets.isEmpty()) {
                    throw new IllegalArgumentException("A classification has no targets, found " + targets.size());
                }
            }
            case REGRESSION -> {
                if (targets.isEmpty()) throw new IllegalArgumentException("targets must not be empty");
                if (!classNames.isEmpty()) {
                    throw new IllegalArgumentException("A regression has no classNames, found " + classNames);
                }
            }
        }
        HashSet<String> seen = new HashSet<>();
        for (Target target : targets) {
            if (!seen.add(target.name()))
                throw new IllegalArgumentException("Two targets are named \"" + target.name() + "\"");
        }
    }

    private static int outputs(Task task, List<String> classNames, List<Target> targets) {
        return task == Task.REGRESSION ? targets.size() : classNames.size();
    }

    /** Returns the length of the network's answer to one picture: K in a classification, T in a regression. */
    public int outputs() {
        return outputs(task, classNames, targets);
    }

    /** Returns what the outputs are called, in their order: class names or target names. */
    public List<String> outputNames() {
        return task == Task.REGRESSION ? targets.stream().map(Target::name).toList() : classNames;
    }

    /** Returns this manifest with other files. */
    public Manifest withFiles(List<FileEntry> others) {
        return new Manifest(
                formatVersion,
                name,
                task,
                classNames,
                targets,
                preprocessing,
                sizes,
                measurements,
                provenance,
                tolerance,
                golden,
                others);
    }
}
