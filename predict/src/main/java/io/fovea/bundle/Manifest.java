package io.fovea.bundle;

import io.fovea.image.Preprocessing;
import io.fovea.image.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a model is: {@code manifest.json} of a bundle.
 *
 * @param formatVersion major.minor: a reader accepts its own major version and ignores fields it does not know
 * @param name          for people, for example {@code mnist-lenet}
 * @param task          what the model answers
 * @param classNames    K names, in label order; empty in a regression
 * @param targets       T numbers that are regressed, in the order of the outputs; empty in a classification
 * @param preprocessing how a picture file becomes the network's input
 * @param outputs       what the network can be asked for, by name; first what every model of its task answers with
 * @param sizes         parameters and MACs
 * @param measurements  what was measured, with intervals
 * @param provenance    where the model comes from
 * @param tolerance     the largest allowed difference between a golden picture's outputs and a replay's
 * @param golden        pictures with the outcome of every stage
 * @param familiarity   how pictures are told that are unlike those it learned from; empty where it cannot
 * @param files         every other entry of the file, with size and checksum
 */
public record Manifest(
        String formatVersion,
        String name,
        Task task,
        List<String> classNames,
        List<Target> targets,
        Preprocessing preprocessing,
        List<ModelOutput> outputs,
        Sizes sizes,
        List<Measurement> measurements,
        Provenance provenance,
        double tolerance,
        List<GoldenPicture> golden,
        Optional<Familiarity> familiarity,
        List<FileEntry> files) {

    /** The version that this code writes. */
    public static final String FORMAT_VERSION = "1.2";

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
        Objects.requireNonNull(familiarity, "familiarity");
        outputs = List.copyOf(outputs);
        classNames = List.copyOf(classNames);
        targets = List.copyOf(targets);
        measurements = List.copyOf(measurements);
        golden = List.copyOf(golden);
        files = List.copyOf(files);
        if (!(tolerance > 0)) throw new IllegalArgumentException("tolerance must be above 0: " + tolerance);
        checkAnswers(task, classNames, targets);
        int width = width(task, classNames, targets);
        checkOutputs(task, width, outputs);
        for (GoldenPicture picture : golden) {
            if (picture.logits().length != width) {
                throw new IllegalArgumentException("Golden picture " + picture.file() + " needs " + width
                        + " logits, found " + picture.logits().length);
            }
        }
    }

    /** With what every model of its task answers with, and nothing that tells unfamiliar pictures. */
    public Manifest(
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
        this(
                formatVersion,
                name,
                task,
                classNames,
                targets,
                preprocessing,
                ModelOutput.answers(task, Math.max(1, width(task, classNames, targets))),
                sizes,
                measurements,
                provenance,
                tolerance,
                golden,
                Optional.empty(),
                files);
    }

    private static void checkOutputs(Task task, int width, List<ModelOutput> outputs) {
        HashSet<String> seen = new HashSet<>();
        for (ModelOutput output : outputs) {
            if (!seen.add(output.name()))
                throw new IllegalArgumentException("Two outputs are named \"" + output.name() + "\"");
        }
        for (ModelOutput answer : ModelOutput.answers(task, width)) {
            boolean listed = outputs.stream()
                    .anyMatch(output -> output.name().equals(answer.name())
                            && output.type() == answer.type()
                            && output.shape().equals(answer.shape()));
            if (!listed) {
                throw new IllegalArgumentException(
                        "outputs must list \"" + answer.name() + "\" of shape " + answer.shape());
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

    private static int width(Task task, List<String> classNames, List<Target> targets) {
        return task == Task.REGRESSION ? targets.size() : classNames.size();
    }

    /** Returns the length of the network's answer to one picture: K in a classification, T in a regression. */
    public int width() {
        return width(task, classNames, targets);
    }

    /** Returns the output that says what the network knows of a picture, whatever its classes: features, or codes. */
    public Optional<ModelOutput> featureOutput() {
        return outputs.stream()
                .filter(output -> output.name().equals(ModelOutput.FEATURES)
                        || output.name().equals(ModelOutput.CODES))
                .findFirst();
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
                outputs,
                sizes,
                measurements,
                provenance,
                tolerance,
                golden,
                familiarity,
                others);
    }
}
