package io.fovea.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.fovea.event.Event;
import io.fovea.event.EventListener;
import io.fovea.event.EventLog;
import io.fovea.event.JobCourse;
import io.fovea.event.JobEvent;
import io.fovea.file.AtomicFile;
import io.fovea.file.FileTree;
import io.fovea.file.LockFile;
import io.fovea.job.Job;
import io.fovea.job.JobPaths;
import io.fovea.job.JobYaml;
import io.fovea.jvm.Build;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.progress.Telling;
import io.fovea.record.RecordYaml;
import io.fovea.result.JobLog;
import io.fovea.result.JobResult;
import io.fovea.training.StopRequest;
import io.fovea.training.StopSignal;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The jobs of a workspace: each has a folder among its runs, with {@code job.yaml}, {@code events.jsonl}, {@code result.json} and {@code log.txt}.
 *
 * <p>One rule for going on: the same job goes on where it stood, unless it is begun anew. Immutable; threads and processes may share a workspace's
 * jobs.
 */
public final class Jobs {

    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new Jdk8Module()).build();
    private static final long MILLISECONDS_BETWEEN_LOOKS = 250;

    private final Workspace workspace;

    /** The jobs of a workspace. */
    public Jobs(Workspace workspace) {
        this.workspace = workspace;
    }

    /** What is done with an unfinished job of just the same words. */
    public enum Going {
        /** It is gone on with. */
        ON,
        /** It is left alone, and another one begins. */
        ANEW
    }

    /**
     * Chooses a folder for a job and holds it: that of an unfinished one of the same words that works on the same, else a new one. What can be found
     * wrong before the work is found here, unless the job waits for others.
     *
     * @throws Problem if the job cannot be done as it stands, or a process is doing it just now
     */
    public Run begin(JobYaml.Order asked, Going going) {
        workspace.checkWritable();
        Path here = Path.of("").toAbsolutePath();
        JobYaml.Order order = new JobYaml.Order(JobPaths.absolute(asked.job(), here), asked.after());
        if (!order.after().isEmpty()) {
            order.after().forEach(this::awaited); // a name that is not there is found out now
            return chosen(order, going, Optional.empty());
        }
        Work work = Works.of(order.job(), workspace, this);
        try {
            return chosen(order, going, Optional.of(work));
        } catch (RuntimeException failure) {
            work.close();
            throw failure;
        }
    }

    /**
     * Finds what is wrong with a job, as {@link #begin} does, and begins nothing.
     *
     * @return what a person should know before it begins; nothing of a job that waits for others, which cannot be looked at yet
     * @throws Problem if it cannot be done as it stands
     */
    public List<String> look(JobYaml.Order asked) {
        Job job = JobPaths.absolute(asked.job(), Path.of("").toAbsolutePath());
        if (!asked.after().isEmpty()) return List.of();
        try (Work work = Works.of(job, workspace, this)) {
            return work.notes();
        }
    }

    /**
     * Does a job, or goes on with it, in this thread, while nobody listens.
     *
     * @throws Problem if it cannot be done as it stands, fails, or is asked to stop by another process
     */
    public JobResult run(Job job) {
        return begin(JobYaml.Order.of(job), Going.ON)
                .run(EventListener.NOBODY, new StopSignal())
                .orElseThrow(() -> new Problem(
                        "The job was asked to stop.", "job \"" + job.prefix() + "\"", "do it again: it goes on"));
    }

    /**
     * Takes a job up again that was stopped, failed or never begun.
     *
     * @throws Problem if there is none of this name, it is done, of an earlier version, or a process is doing it just now
     */
    public Run again(String id) {
        JobFolder folder = existing(id);
        if (folder.isDone()) {
            throw new Problem("The job is done.", folder.path().toString(), "begin another one with the same words");
        }
        if (!Files.isRegularFile(folder.order())) {
            throw new Problem(
                    "The run was begun by an earlier version, which kept no job.",
                    folder.path().toString(),
                    "type the command again that began it");
        }
        JobYaml.Order order = JobYaml.read(folder.order());
        LockFile lock = JobFolders.lock(folder);
        try {
            Optional<Work> work =
                    order.after().isEmpty() ? Optional.of(Works.of(order.job(), workspace, this)) : Optional.empty();
            return new Run(order, folder, lock, work);
        } catch (RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    private Run chosen(JobYaml.Order order, Going going, Optional<Work> work) {
        JobFolders folders = folders();
        String prefix = work.map(Work::name).orElseGet(() -> order.job().prefix());
        JobFolders.Held held = folders.choose(order, prefix, going, work.map(Work::inputs));
        try {
            return new Run(held.order(), held.folder(), held.lock(), again(held.order(), order, work));
        } catch (RuntimeException failure) {
            held.lock().close();
            throw failure;
        }
    }

    private JobFolders folders() {
        return new JobFolders(workspace.folder().resolve(Shelf.RUNS.folder()));
    }

    /** A job that got a seed is looked at with it. */
    private Optional<Work> again(JobYaml.Order seeded, JobYaml.Order order, Optional<Work> work) {
        if (work.isEmpty() || seeded.equals(order)) return work;
        work.get().close();
        return Optional.of(Works.of(seeded.job(), workspace, this));
    }

    /** Whether a job of the same words was begun and is not done. */
    public boolean isUnfinished(Job job) {
        return folders().hasUnfinished(JobYaml.Order.of(job));
    }

    /**
     * Checks that there is something to go on with.
     *
     * @throws Problem if no job of the same words was begun, or it is done
     */
    public void checkUnfinished(Job job) {
        if (isUnfinished(job)) return;
        throw new Problem(
                "There is no stopped evolution to go on with.",
                "job \"" + job.prefix() + "\"",
                "leave --resume out to begin anew");
    }

    private JobFolder existing(String id) {
        return new JobFolder(workspace.existing(Shelf.RUNS, id));
    }

    /** Returns all jobs, the oldest first; one whose folder cannot be read says why, and hides no other. */
    public List<JobStatus> list() {
        return workspace.names(Shelf.RUNS).stream()
                .map(workspace::run)
                .map(folder -> new JobFolder(folder).status())
                .sorted(Comparator.comparing((JobStatus job) -> job.began().orElse(Instant.MAX))
                        .thenComparing(JobStatus::id))
                .toList();
    }

    /**
     * Returns what a job's folder says.
     *
     * @throws Problem if there is none of this name
     */
    public JobStatus show(String id) {
        return existing(id).status();
    }

    /** Returns the same by events that are known already, so that a long log is not read again each time. */
    public JobStatus show(String id, JobCourse course) {
        return existing(id).status(course);
    }

    /** Returns what happened in a job after an event that was seen already; 0 for all. */
    public List<Event> events(String id, long after) {
        return EventLog.read(existing(id).events()).stream()
                .filter(event -> event.number() > after)
                .toList();
    }

    /** Returns a job's {@code job.yaml}, if it has one. */
    public Optional<JobYaml.Order> order(String id) {
        return existing(id).readOrder();
    }

    /** Whether a process works on a job. */
    public boolean isHeld(String id) {
        return LockFile.isHeld(existing(id).lock());
    }

    /** Whether a job is done. */
    public boolean isDone(String id) {
        return existing(id).isDone();
    }

    /**
     * Returns a finished job's {@code result.json}.
     *
     * @throws Problem if it has none
     */
    public Map<String, Object> result(String id) {
        JobFolder folder = existing(id);
        try {
            return JSON.readValue(Files.readAllBytes(folder.result()), new TypeReference<>() {});
        } catch (IOException absent) {
            throw new Problem(
                    "The job has no result that can be read.",
                    folder.path().toString(),
                    "see how it stands with \"fovea job show " + id + "\"",
                    absent);
        }
    }

    /**
     * Asks the process that does a job to stop; it saves itself first.
     *
     * @return whether a process does it
     * @throws Problem if there is no such job, or its folder cannot be written
     */
    public boolean stop(String id) {
        JobFolder folder = existing(id);
        if (!LockFile.isHeld(folder.lock())) return false;
        AtomicFile.write(folder.stopRequest(), new byte[0]);
        return true;
    }

    /**
     * Deletes a job's folder with all that is in it.
     *
     * @throws Problem if there is none of this name, or a process does it just now
     */
    public void delete(String id) {
        JobFolder folder = existing(id);
        try (LockFile _ = JobFolders.lock(folder)) {
            FileTree.delete(folder.path());
        }
    }

    /** Waits until no process does a job, or the time is over, and returns how it stands. */
    public JobStatus waited(String id, Duration longest) throws InterruptedException {
        long until = System.nanoTime() + longest.toNanos();
        JobStatus job = show(id);
        while (job.state() == JobState.RUNNING && System.nanoTime() < until) {
            Thread.sleep(MILLISECONDS_BETWEEN_LOOKS);
            job = show(id);
        }
        return job;
    }

    /** Returns the newest job that a name means: one with this number, or without a number the last of them. */
    private JobFolder awaited(String name) {
        List<String> names = workspace.names(Shelf.RUNS);
        if (names.contains(name)) return existing(name);
        List<JobFolder> numbered = folders().numbered(name);
        if (!numbered.isEmpty()) return numbered.getLast();
        throw new Problem(
                "There is no job \"" + name + "\" to wait for.",
                "after: " + name,
                names.isEmpty() ? "begin it first" : Nearest.suggestion(name, names));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A job in its folder, held by this process until it has been run or is closed. For one thread. */
    public final class Run implements AutoCloseable {

        private final JobYaml.Order order;
        private final JobFolder folder;
        private final LockFile lock;
        private Optional<Work> work;

        private Run(JobYaml.Order order, JobFolder folder, LockFile lock, Optional<Work> work) {
            this.order = order;
            this.folder = folder;
            this.lock = lock;
            this.work = work;
        }

        /** Returns the name of its folder. */
        public String id() {
            return folder.path().getFileName().toString();
        }

        /** Returns its folder. */
        public Path folder() {
            return folder.path();
        }

        /** Returns what is done. */
        public Job job() {
            return order.job();
        }

        /**
         * Does it, in this thread, and gives the folder free.
         *
         * @param listener hears each event, just as the log has it
         * @param stop     asks it to end; {@code fovea job stop} does too
         * @return empty if it was stopped, and can go on
         * @throws Problem if it fails; the log says so too
         */
        public Optional<JobResult> run(EventListener listener, StopSignal stop) {
            return run(listener, stop, Optional.empty());
        }

        /**
         * Does the same, shared out among other machines.
         *
         * @param machines that share in it
         * @throws Problem likewise, and if this is no work that can be shared out
         */
        public Optional<JobResult> run(EventListener listener, StopSignal stop, Optional<Machines> machines) {
            if (machines.isPresent() && machines.get().ranks().isPresent() && !(order.job() instanceof Job.Train)) {
                close();
                throw new Problem(
                        "Only a training is shared out among ranks, and this job is of the kind \""
                                + order.job().kind() + "\".",
                        "option --ranks",
                        "leave it out");
            }
            work.filter(each -> machines.isPresent() && !each.isShareable()).ifPresent(each -> {
                close();
                throw unshareable();
            });
            try (Run _ = this;
                    StopRequest asked = new StopRequest(folder.stopRequest(), stop);
                    JobLog lines = new JobLog(folder.log());
                    EventLog log = new EventLog(folder.events())) {
                EventListener both = new EventListener() {
                    @Override
                    public void on(Event event) {
                        lines.on(event);
                        listener.on(event);
                    }

                    @Override
                    public EventListener part(String name) {
                        return listener.part(name);
                    }

                    @Override
                    public EventListener beside(String name) {
                        return listener.beside(name);
                    }
                };
                return told(new Telling(Optional.of(log), both, asked.signal()), asked.signal(), machines);
            }
        }

        private Optional<JobResult> told(Telling telling, StopSignal stop, Optional<Machines> machines) {
            try {
                if (work.isEmpty()) {
                    if (!waited(stop)) return Optional.empty();
                    work = Optional.of(Works.of(order.job(), workspace, Jobs.this));
                    if (machines.isPresent() && !work.get().isShareable()) throw unshareable();
                }
                AtomicFile.write(
                        folder.inputs(), bytes(RecordYaml.text(work.get().inputs())));
                telling.tell(number ->
                        new JobEvent.JobBegan(number, Instant.now(), order.job().kind(), Build.version()));
                work.get().notes().forEach(telling::note);
                Optional<JobResult> result =
                        work.get().run(new JobSite(workspace, folder.path(), telling, stop, machines));
                result.ifPresent(made -> AtomicFile.write(folder.result(), bytes(json(made))));
                end(telling, result.isPresent() ? JobEvent.Ending.DONE : JobEvent.Ending.STOPPED, Optional.empty());
                return result;
            } catch (Telling.Stopped stopped) {
                end(telling, JobEvent.Ending.STOPPED, Optional.empty());
                return Optional.empty();
            } catch (Problem problem) {
                end(telling, JobEvent.Ending.FAILED, Optional.of(JobEvent.Reason.of(problem)));
                throw problem;
            } catch (RuntimeException | Error failure) {
                JobEvent.Reason reason = new JobEvent.Reason(
                        String.valueOf(failure), folder.path().toString(), "this is a defect of Fovea: report it");
                end(telling, JobEvent.Ending.FAILED, Optional.of(reason));
                throw failure;
            }
        }

        private Problem unshareable() {
            return new Problem(
                    "A job of the kind \"" + order.job().kind() + "\" is not shared out among machines.",
                    "option --on",
                    "leave it out; kinds that are: train (in epochs), tune, folds, hybrid");
        }

        private void end(Telling telling, JobEvent.Ending ending, Optional<JobEvent.Reason> reason) {
            telling.tell(number -> new JobEvent.JobEnded(number, Instant.now(), ending, reason));
        }

        /** Returns true once all that it waits for is done; false if it was stopped before. */
        private boolean waited(StopSignal stop) {
            for (String name : order.after()) {
                JobFolder awaited = awaited(name);
                while (!awaited.isDone()) {
                    if (stop.isRequested()) return false;
                    JobState state = awaited.status().state();
                    if (state == JobState.FAILED || state == JobState.STOPPED || state == JobState.DAMAGED) {
                        throw new Problem(
                                "The job waits for " + awaited.path().getFileName() + ", which "
                                        + switch (state) {
                                            case FAILED -> "has failed.";
                                            case DAMAGED -> "cannot be read.";
                                            default -> "has been stopped.";
                                        },
                                awaited.path().toString(),
                                "go on with it first: fovea job run "
                                        + awaited.path().getFileName());
                    }
                    pause();
                }
            }
            return true;
        }

        private static void pause() {
            try {
                Thread.sleep(MILLISECONDS_BETWEEN_LOOKS);
            } catch (InterruptedException ended) {
                throw new Telling.Stopped();
            }
        }

        @Override
        public void close() {
            work.ifPresent(Work::close);
            lock.close();
        }
    }

    /** Returns a result as its line of JSON. */
    static String json(JobResult result) {
        try {
            return JSON.writeValueAsString(result.json());
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
