package io.fovea.bundle;

import io.fovea.image.Preprocessing;
import io.fovea.task.ModelOutput;
import io.fovea.task.Task;
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
 * @param preprocessing how a picture file becomes the network's input
 * @param outputs       what the network can be asked for, by name; first what every model of its task answers with
 * @param sizes         parameters and MACs
 * @param measurements  what was measured, on which examples
 * @param provenance    where the model comes from
 * @param tolerance     how far a replay's outputs may be from a golden picture's, as {@link #allowedDifference} has it
 * @param golden        pictures with the outcome of every stage
 * @param familiarity   how pictures are told that are unlike those it learned from; empty where it cannot
 * @param answers       how it answered for the pictures that it was judged on; {@link AnswerDistribution#NONE} where nobody counted
 * @param files         every other entry of the file, with size and checksum
 */
public record Manifest(
        String formatVersion,
        String name,
        Task task,
        Preprocessing preprocessing,
        List<ModelOutput> outputs,
        Sizes sizes,
        List<Measurement> measurements,
        Provenance provenance,
        double tolerance,
        List<GoldenPicture> golden,
        Optional<Familiarity> familiarity,
        AnswerDistribution answers,
        List<FileEntry> files) {

    /** The version that this code writes. */
    public static final String FORMAT_VERSION = "1.5";

    /** The tolerance of outputs in fp32, unless a bundle says otherwise. */
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
        Objects.requireNonNull(answers, "answers");
        outputs = List.copyOf(outputs);
        measurements = List.copyOf(measurements);
        golden = List.copyOf(golden);
        files = List.copyOf(files);
        if (!(tolerance > 0)) throw new IllegalArgumentException("tolerance must be above 0: " + tolerance);
        checkOutputs(task, outputs);
        if (answers.pictures() > 0 && answers.classes().size() != task.names().size())
            throw new IllegalArgumentException(
                    "answers must count each of " + task.names().size() + " classes, found "
                            + answers.classes().size());
        int count = outputs.get(0).count();
        for (GoldenPicture picture : golden) {
            int kept = picture.kept(count);
            if (picture.logits().length != kept) {
                throw new IllegalArgumentException("Golden picture " + picture.file() + " needs " + kept + " "
                        + task.result() + ", found " + picture.logits().length);
            }
            boolean maps = outputs.get(0).shape().size() > 1;
            if (maps && picture.stride() > 1 && golden.size() > GoldenPicture.MOST_SAMPLED) {
                throw new IllegalArgumentException("A model whose maps are kept in part has at most "
                        + GoldenPicture.MOST_SAMPLED + " golden pictures, found " + golden.size());
            }
        }
    }

    /** Of a model whose answers nobody counted. */
    public Manifest(
            String formatVersion,
            String name,
            Task task,
            Preprocessing preprocessing,
            List<ModelOutput> outputs,
            Sizes sizes,
            List<Measurement> measurements,
            Provenance provenance,
            double tolerance,
            List<GoldenPicture> golden,
            Optional<Familiarity> familiarity,
            List<FileEntry> files) {
        this(
                formatVersion,
                name,
                task,
                preprocessing,
                outputs,
                sizes,
                measurements,
                provenance,
                tolerance,
                golden,
                familiarity,
                AnswerDistribution.NONE,
                files);
    }

    private static void checkOutputs(Task task, List<ModelOutput> outputs) {
        HashSet<String> seen = new HashSet<>();
        for (ModelOutput output : outputs) {
            if (!seen.add(output.name()))
                throw new IllegalArgumentException("Two outputs are named \"" + output.name() + "\"");
        }
        if (outputs.isEmpty() || !outputs.get(0).name().equals(task.result()))
            throw new IllegalArgumentException("outputs must list \"" + task.result() + "\" first");
        List<Integer> shape = outputs.get(0).shape();
        task.misfit(shape).ifPresent(why -> {
            throw new IllegalArgumentException("outputs, \"" + task.result() + "\": " + why);
        });
        for (ModelOutput answer : task.outputs(shape)) {
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

    /** Returns the network's result as it is, which {@link Task#result} names. */
    public ModelOutput result() {
        return outputs.get(0);
    }

    /**
     * Returns by how much each output of a replay may differ from a golden picture's: tolerance · max(1, M), with M the largest
     * magnitude among the numbers kept of that picture. Sums of fp32 are exact in proportion to what is summed, so that logits of
     * some hundreds differ by more from processor to processor than logits of 1 do.
     */
    public double allowedDifference(GoldenPicture picture) {
        double size = 1;
        for (float number : picture.logits()) size = Math.max(size, Math.abs(number));
        return tolerance * size;
    }

    /** Returns the output that says what the network knows of a picture, whatever its classes: features, or codes. */
    public Optional<ModelOutput> featureOutput() {
        return outputs.stream()
                .filter(output -> output.name().equals(ModelOutput.FEATURES)
                        || output.name().equals(ModelOutput.CODES))
                .findFirst();
    }

    /** Returns this manifest with other files. */
    public Manifest withFiles(List<FileEntry> others) {
        return new Manifest(
                formatVersion,
                name,
                task,
                preprocessing,
                outputs,
                sizes,
                measurements,
                provenance,
                tolerance,
                golden,
                familiarity,
                answers,
                others);
    }
}
