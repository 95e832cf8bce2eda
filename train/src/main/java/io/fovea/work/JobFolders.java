package io.fovea.work;

import io.fovea.file.AtomicFile;
import io.fovea.file.LockFile;
import io.fovea.job.JobYaml;
import io.fovea.job.Seeds;
import io.fovea.problem.Problem;
import io.fovea.record.RecordYaml;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folders of jobs, side by side: each is named by what it makes and a number.
 *
 * @param parent of all of them
 */
record JobFolders(Path parent) {

    /**
     * A folder that this process holds.
     *
     * @param order  what is done in it, with its seed
     * @param folder its files
     * @param lock   to be closed when the work is over
     */
    record Held(JobYaml.Order order, JobFolder folder, LockFile lock) {}

    /**
     * Chooses a folder and holds it: that of an unfinished job of the same words that works on the same, else a new one.
     *
     * @param inputs what is worked on, each with a hash; empty if that is not known yet
     * @throws Problem if a process is doing the same job just now, or the folders cannot be written
     */
    Held choose(JobYaml.Order order, String prefix, Jobs.Going going, Optional<Map<String, String>> inputs) {
        try {
            Optional<Held> unfinished = going == Jobs.Going.ON ? unfinished(order, prefix, inputs) : Optional.empty();
            if (unfinished.isPresent()) return unfinished.get();
            return made(order, new JobFolder(Workspace.newNumbered(parent, prefix + "-")));
        } catch (IOException failure) {
            throw unusable(parent, failure);
        }
    }

    private static Held made(JobYaml.Order order, JobFolder folder) throws IOException {
        JobYaml.Order seeded = new JobYaml.Order(Seeds.drawn(order.job()), order.after());
        LockFile lock = null;
        try {
            lock = lock(folder);
            AtomicFile.write(folder.order(), JobYaml.write(seeded).getBytes(StandardCharsets.UTF_8));
            return new Held(seeded, folder, lock);
        } catch (RuntimeException diskFull) {
            if (lock != null) lock.close();
            Files.deleteIfExists(folder.lock());
            Files.deleteIfExists(folder.path());
            throw diskFull;
        }
    }

    private Optional<Held> unfinished(JobYaml.Order order, String prefix, Optional<Map<String, String>> inputs)
            throws IOException {
        for (JobFolder folder : numbered(prefix)) {
            if (folder.isDone()) continue;
            Optional<JobYaml.Order> found = folder.readOrder().filter(other -> isSame(other, order));
            if (found.isEmpty()) continue;
            LockFile lock = lock(folder);
            if (inputs.isEmpty() || worksOn(folder, inputs.get()))
                return Optional.of(new Held(found.get(), folder, lock));
            lock.close();
        }
        return Optional.empty();
    }

    private static boolean isSame(JobYaml.Order one, JobYaml.Order other) {
        boolean open = Seeds.isOpen(other.job());
        return words(one, open).equals(words(other, open));
    }

    /** As YAML a number is the same whatever its type in memory. */
    private static String words(JobYaml.Order order, boolean anySeed) {
        return JobYaml.write(anySeed ? new JobYaml.Order(Seeds.none(order.job()), order.after()) : order);
    }

    private static boolean worksOn(JobFolder folder, Map<String, String> inputs) throws IOException {
        if (!Files.isRegularFile(folder.inputs())) return true; // it has not begun
        return Files.readString(folder.inputs()).equals(RecordYaml.text(inputs));
    }

    /** Whether a job of the same words was begun and is not done. */
    boolean hasUnfinished(JobYaml.Order order) {
        return numbered(order.job().prefix()).stream()
                .filter(folder -> !folder.isDone())
                .flatMap(folder -> folder.readOrder().stream())
                .anyMatch(found -> isSame(found, order));
    }

    /** Returns the folders of a name, the oldest first. */
    List<JobFolder> numbered(String prefix) {
        if (!Files.isDirectory(parent)) return List.of();
        int length = prefix.length() + 1;
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> name.startsWith(prefix + "-")
                            && name.substring(length).matches("[1-9][0-9]{0,8}"))
                    .sorted(Comparator.comparingInt(name -> Integer.parseInt(name.substring(length))))
                    .map(parent::resolve)
                    .map(JobFolder::new)
                    .toList();
        } catch (IOException failure) {
            throw unusable(parent, failure);
        }
    }

    /**
     * Holds a folder.
     *
     * @throws Problem if another process, or another thread of this one, does
     */
    static LockFile lock(JobFolder folder) {
        try {
            return folder.take()
                    .orElseThrow(() -> new Problem(
                            "The same job is being done by another process.",
                            folder.path().toString(),
                            "wait for it, stop it with \"fovea job stop "
                                    + folder.path().getFileName()
                                    + "\", or give --anew to begin another one beside it"));
        } catch (IOException failure) {
            throw unusable(folder.path(), failure);
        }
    }

    private static Problem unusable(Path folder, IOException failure) {
        return new Problem(
                "The job's folder cannot be used: " + failure.getMessage() + ".",
                folder.toString(),
                "check the permissions and the free space of the workspace",
                failure);
    }
}
