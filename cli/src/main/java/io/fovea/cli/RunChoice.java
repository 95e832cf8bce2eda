package io.fovea.cli;

import io.fovea.file.AtomicFile;
import io.fovea.network.LayerRates;
import io.fovea.network.NetworkYaml;
import io.fovea.problem.Problem;
import io.fovea.training.RunFolder;
import io.fovea.training.SettingsYaml;
import io.fovea.training.TrainingSettings;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The run folder that a command works in, held by a lock: an unfinished run of just the same data, network and settings if there is
 * one, so that the same command typed again goes on; else a new one.
 */
final class RunChoice implements AutoCloseable {

    /** Written last; a run without it is not finished. */
    private static final String RESULT = "result.json";

    private static final String DATASET = "dataset.txt";
    private static final String LOCK = "run.lock";

    private final Path folder;
    private final LockFile lock;

    private RunChoice(Path folder, LockFile lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Chooses and locks a folder whose name begins with the model's. */
    static RunChoice choose(Workspace workspace, TrainingPlan plan) {
        return choose(workspace, plan, "");
    }

    /**
     * Chooses and locks a folder likewise.
     *
     * @param asked what else makes it the same command; empty for nothing
     */
    static RunChoice choose(Workspace workspace, TrainingPlan plan, String asked) {
        RunFolder names = new RunFolder(Path.of(""));
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put(names.network().toString(), NetworkYaml.write(plan.network()));
        identity.put(DATASET, identity(plan, asked));
        identity.put(names.settings().toString(), SettingsYaml.write(plan.settings()));
        return choose(workspace, plan.model(), identity);
    }

    /**
     * Chooses and locks a folder of a run that need not be a training.
     *
     * @param prefix   what its name begins with
     * @param identity files that are written into a new run's folder, by name: a run with all of them alike is the same command's
     */
    static RunChoice choose(Workspace workspace, String prefix, Map<String, String> identity) {
        try {
            for (Path folder : unfinished(workspace, prefix)) {
                if (!isSame(folder, identity)) continue;
                Optional<RunChoice> locked = lock(folder);
                if (locked.isPresent()) return locked.get();
            }
            Path folder = workspace.newRun(prefix);
            RunChoice choice =
                    lock(folder).orElseThrow(() -> new IllegalStateException("A new run is locked: " + folder));
            for (Map.Entry<String, String> file : identity.entrySet())
                AtomicFile.write(folder.resolve(file.getKey()), bytes(file.getValue()));
            return choice;
        } catch (IOException failure) {
            throw new Problem(
                    "The run's folder cannot be used: " + failure.getMessage() + ".",
                    workspace.folder().toString(),
                    "check the permissions and the free space of the workspace",
                    failure);
        }
    }

    /**
     * Returns the seed of an unfinished run of that model whose settings are these but for the seed, so that a command that leaves the seed
     * open goes on with it. Rates of layers do not count: a transfer sets them later.
     */
    static OptionalLong unfinishedSeed(Workspace workspace, String model, TrainingSettings settings) {
        TrainingSettings wanted = settings.withLayerRates(LayerRates.ALL);
        for (Path folder : unfinished(workspace, model)) {
            Path file = new RunFolder(folder).settings();
            try {
                TrainingSettings found = SettingsYaml.read(Files.readString(file), file.toString(), settings);
                if (found.withSeed(wanted.seed()).withLayerRates(LayerRates.ALL).equals(wanted))
                    return OptionalLong.of(found.seed());
            } catch (IOException | Problem unreadable) {
                // a run that cannot be read cannot go on: the next may
            }
        }
        return OptionalLong.empty();
    }

    private static List<Path> unfinished(Workspace workspace, String model) {
        return workspace.names(Shelf.RUNS).stream()
                .filter(name -> name.matches(Pattern.quote(model) + "-[1-9][0-9]*"))
                .map(workspace::run)
                .filter(folder -> !Files.exists(folder.resolve(RESULT)))
                .toList();
    }

    /** Returns the folder. */
    Path folder() {
        return folder;
    }

    /** Notes that all is done. */
    void finish(String result) {
        AtomicFile.write(folder.resolve(RESULT), bytes(result));
    }

    @Override
    public void close() {
        lock.close();
    }

    private static boolean isSame(Path folder, Map<String, String> identity) throws IOException {
        for (Map.Entry<String, String> file : identity.entrySet()) {
            if (!holds(folder.resolve(file.getKey()), file.getValue())) return false;
        }
        return true;
    }

    private static boolean holds(Path file, String text) throws IOException {
        return Files.isRegularFile(file) && Files.readString(file).equals(text);
    }

    /** Names the data and the weights that the run starts from. */
    private static String identity(TrainingPlan plan, String asked) {
        return plan.dataset().name() + "\n" + plan.dataset().contentHash() + "\n"
                + plan.start().identity() + "\n" + asked;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<RunChoice> lock(Path folder) throws IOException {
        return LockFile.take(folder.resolve(LOCK)).map(lock -> new RunChoice(folder, lock));
    }
}
