package io.fovea.intake;

import com.sun.management.OperatingSystemMXBean;
import io.fovea.dataset.Preparation;
import io.fovea.file.FileTree;
import io.fovea.file.FolderBounds;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.problem.Problem;
import io.fovea.record.RecordTree;
import io.fovea.worker.Answer;
import io.fovea.worker.Limits;
import io.fovea.worker.Question;
import io.fovea.worker.Workers;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks at sources before anything is imported: what they are, how many pictures of what, and a few of these, to see what a size and a way to resize makes
 * of them. Workers look, and leave the pictures in a folder for each look; the last looks are kept. Threads may share it; one server at a time has a
 * workspace's looks.
 *
 * <p>Its questions throw {@link io.fovea.worker.Unanswered} if the process that looks ends in the middle or takes too long.
 */
public final class SourceLooks implements AutoCloseable {

    private static final int MOST_KEPT = 6;
    private static final int MOST_AT_ONCE = 2;

    /** A large archive is listed as a whole, and a ready-made set may be fetched. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Workspace workspace;
    private final Path folder;
    private final Workers workers;
    private final AtomicLong count = new AtomicLong();
    private final Set<String> kept = new LinkedHashSet<>();

    /**
     * Those of a workspace; what a server before left of its own is cleared away.
     *
     * @param bounds of the files that people name
     */
    public SourceLooks(Workspace workspace, FolderBounds bounds) {
        this(
                workspace,
                bounds,
                Limits.of(
                        MOST_AT_ONCE,
                        LONGEST,
                        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                                .getTotalMemorySize()));
    }

    /** With limits for the processes that look. */
    public SourceLooks(Workspace workspace, FolderBounds bounds, Limits limits) {
        this.workspace = workspace;
        this.folder = workspace.workbench().resolve("looks");
        this.workers = new Workers(
                "the workbench's looks at sources",
                SourceLookWorker.class,
                workspace.workbench().resolve("output").resolve("looks.txt"),
                limits,
                bounds);
        clear();
    }

    /**
     * Looks at what a job would import.
     *
     * @return what was found, as JSON
     * @throws Problem if it cannot be read as a dataset
     */
    public Answer look(Job.Import job) {
        String id = Long.toString(count.incrementAndGet());
        Path place = folder.resolve(id);
        boolean isThere = false;
        try {
            Answer found = workers.ask(new Question(
                    "look",
                    "",
                    Map.of(
                            "look", id,
                            "job", JobYaml.write(JobYaml.Order.of(job)),
                            "workspace", workspace.folder().toString(),
                            "folder", place.toString())));
            isThere = true;
            return found;
        } finally {
            if (isThere) keep(id);
            else remove(place);
        }
    }

    private synchronized void keep(String id) {
        kept.add(id);
        for (Iterator<String> oldest = kept.iterator(); kept.size() > MOST_KEPT; ) {
            remove(folder.resolve(oldest.next()));
            oldest.remove();
        }
    }

    /**
     * Returns a sample as an import would prepare it, as PNG; what is larger than a screen needs is made smaller in proportion.
     *
     * @param look   as a look was called
     * @param sample its number, from 0
     * @throws Problem if the look is forgotten, or has no such sample
     */
    public Answer sample(String look, int sample, Preparation preparation) {
        boolean isKept;
        synchronized (this) {
            isKept = kept.remove(look) && kept.add(look); // it is the latest now
        }
        Path file = SourceLookWorker.sample(folder.resolve(isKept ? look : "none"), sample);
        if (!isKept || !Files.isRegularFile(file))
            throw new Problem(
                    "There is no such picture to show any more.",
                    "look " + look + ", picture " + sample,
                    "look at the sources again");
        return workers.ask(new Question(
                "sample", "", Map.of("file", file.toString(), "preparation", RecordTree.write(preparation))));
    }

    private void clear() {
        remove(folder);
    }

    private static void remove(Path place) {
        try {
            FileTree.remove(place);
        } catch (IOException stillThere) {
            // the next server tries again
        }
    }

    /** Ends the processes. */
    @Override
    public void close() {
        workers.close();
        clear();
    }
}
