package io.fovea.job;

import io.fovea.choice.ImportChoice;
import io.fovea.dataset.Preparation;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.problem.Problem;
import io.fovea.record.Place;
import io.fovea.record.RecordTree;
import io.fovea.record.RecordYaml;
import io.fovea.training.SettingsYaml;
import io.fovea.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Jobs as files that people write and that stand in a job's folder.
 *
 * <pre>
 * version: 1
 * kind: train
 * data: digits
 * network: lenet
 * settings: {epochs: 5, seed: 1}
 * after: [import-digits]
 * </pre>
 *
 * <p>Reading runs no code. A name that is not known is refused with the nearest one that is. Paths are relative to the file's folder.
 */
public final class JobYaml {

    /** The version of the format that is written; a file that does not say one has it too. */
    public static final int VERSION = 1;

    private static final String VERSION_KEY = "version";
    private static final String AFTER_KEY = "after";

    /** What a file leaves out is found by looking at the sources. */
    private static final Preparation ANY_PREPARATION = new Preparation(224, 224, ColorMode.COLOR, ResizeMode.SQUASH);

    private JobYaml() {}

    /**
     * What a file asks for.
     *
     * @param job   what is to be done
     * @param after jobs that must be done first: their names with or without a number; without one the newest is meant
     */
    public record Order(Job job, List<String> after) {

        /** Copies. */
        public Order {
            after = List.copyOf(after);
        }

        /** A job that waits for no other. */
        public static Order of(Job job) {
            return new Order(job, List.of());
        }
    }

    /** Returns a job as YAML. */
    public static String write(Order order) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(VERSION_KEY, VERSION);
        ((Map<?, ?>) RecordTree.write(order.job())).forEach((name, value) -> tree.put(String.valueOf(name), value));
        if (!order.after().isEmpty()) tree.put(AFTER_KEY, order.after());
        return RecordYaml.text(tree);
    }

    /**
     * Reads a file.
     *
     * @throws Problem if it cannot be read, is of a later version, or says something that no job has
     */
    public static Order read(Path file) {
        if (!Files.exists(file)) {
            throw new Problem(
                    "There is no file with this job.",
                    file.toAbsolutePath().normalize().toString(),
                    "check the path; docs/jobs.md shows what such a file says");
        }
        try {
            return read(
                    Files.readString(file),
                    file.toString(),
                    file.toAbsolutePath().normalize().getParent());
        } catch (IOException failure) {
            throw new Problem(
                    "The job cannot be read: " + failure.getMessage() + ".",
                    file.toString(),
                    "check the path and that the file is text",
                    failure);
        }
    }

    /**
     * Reads a text.
     *
     * @param source the file's name, for messages
     * @param folder that paths begin at
     * @throws Problem likewise
     */
    public static Order read(String text, String source, Path folder) {
        RecordYaml.Read read = RecordYaml.read(text, source, "job");
        Map<Object, Object> tree = read.tree();
        checkVersion(tree.remove(VERSION_KEY), read.place().at(VERSION_KEY));
        List<String> after = after(tree.remove(AFTER_KEY), read.place().at(AFTER_KEY));
        if (!tree.containsKey("kind")) {
            throw new Problem(
                    "The job does not say of which kind it is.",
                    source,
                    "add a line such as \"kind: train\"; docs/jobs.md lists the kinds");
        }
        Job job = RecordTree.read(tree, Job.class, read.place());
        checkSettings(job, read.place());
        return new Order(JobPaths.absolute(job, folder), after);
    }

    /** Settings are completed when the job is done; what is wrong with them is found while their lines are known. */
    private static void checkSettings(Job job, Place place) {
        switch (job) {
            case Job.Train training ->
                SettingsYaml.read(training.settings(), place.at("settings"), TrainingSettings.defaults(1));
            case Job.Import wanted ->
                RecordTree.read(
                        wanted.settings(),
                        ImportChoice.usual(wanted.name(), ANY_PREPARATION, wanted.settings()),
                        place.at("settings"));
            case Job.Folds folds -> checkSettings(folds.training(), place.at("training"));
            case Job.LearningRate rate -> checkSettings(rate.training(), place.at("training"));
            case Job.Tune tune -> checkSettings(tune.training(), place.at("training"));
            case Job.Recipe recipe -> {
                for (int i = 0; i < recipe.jobs().size(); i++)
                    checkSettings(recipe.jobs().get(i), place.at("jobs").at(Integer.toString(i + 1)));
            }
            case Job.Hybrid _,
                    Job.AddClass _,
                    Job.Evaluate _,
                    Job.Classify _,
                    Job.ImportWeights _,
                    Job.Export _,
                    Job.ExportCheckpoint _,
                    Job.ExportModel _,
                    Job.Adopt _,
                    Job.Int8 _,
                    Job.Ladder _ -> {}
        }
    }

    private static void checkVersion(Object version, Place place) {
        if (version == null || version.equals(VERSION)) return;
        throw new Problem(
                "The job is of version " + version + ", and this Fovea reads version " + VERSION + ".",
                place.toString(),
                "use a newer Fovea, or write the job as version " + VERSION + " has it (docs/jobs.md)");
    }

    private static List<String> after(Object found, Place place) {
        if (found == null) return List.of();
        if (found instanceof String word) return List.of(word);
        if (!(found instanceof List<?> list)) {
            throw new Problem(
                    "Expected names of jobs, found \"" + found + "\".", place.toString(), "write a list of names");
        }
        List<String> names = new ArrayList<>();
        for (Object each : list) names.add(String.valueOf(each));
        return names;
    }
}
