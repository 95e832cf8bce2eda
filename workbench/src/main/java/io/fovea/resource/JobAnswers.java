package io.fovea.resource;

import io.fovea.dataset.Dataset;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.problem.Problem;
import io.fovea.queue.JobQueue;
import io.fovea.record.RecordTree;
import io.fovea.work.JobState;
import io.fovea.work.JobStatus;
import io.fovea.work.Jobs;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Jobs as their folders tell of them, and as the queue holds them. Threads may share it. */
public final class JobAnswers {

    private final Workspace workspace;
    private final Jobs jobs;
    private final JobQueue queue;
    private final Map<String, RunDigest> digests = new ConcurrentHashMap<>();
    private final Map<String, JobYaml.Order> orders = new ConcurrentHashMap<>();
    private final Map<String, List<String>> classNames = new ConcurrentHashMap<>();

    /** Those of a workspace. */
    public JobAnswers(Workspace workspace, JobQueue queue) {
        this.workspace = workspace;
        this.jobs = new Jobs(workspace);
        this.queue = queue;
    }

    /** Forgets a job that is deleted: the next one may get its name. */
    public void forget(String id) {
        digests.remove(id);
        orders.remove(id);
        classNames.remove(id);
    }

    /** Returns all jobs, the newest first; one whose folder cannot be read says why, and hides no other. */
    public List<Map<String, Object>> list() {
        List<String> names = workspace.names(Shelf.RUNS);
        digests.keySet().retainAll(names);
        orders.keySet().retainAll(names);
        classNames.keySet().retainAll(names);
        List<String> waiting = queue.waiting();
        Map<String, JobQueue.Place> places = queue.places();
        // the first list of a server reads all logs, which takes a while where there are hundreds
        List<Map<String, Object>> entries = names.parallelStream()
                .flatMap(id -> entryUnlessDeleted(id, places).stream())
                .collect(Collectors.toCollection(ArrayList::new));
        entries.sort(Comparator.comparing((Map<String, Object> entry) -> began(entry, waiting))
                .thenComparing(entry -> String.valueOf(entry.get("job")))
                .reversed());
        return entries;
    }

    private Optional<Map<String, Object>> entryUnlessDeleted(String id, Map<String, JobQueue.Place> places) {
        try {
            return Optional.of(entry(id, places));
        } catch (Problem deletedMeanwhile) {
            return Optional.empty();
        }
    }

    /** What has not begun is the newest. */
    private static String began(Map<String, Object> entry, List<String> waiting) {
        int position = waiting.indexOf(entry.get("job"));
        if (position >= 0) return "9" + String.format(Locale.ROOT, "%09d", waiting.size() - position);
        return String.valueOf(entry.getOrDefault("began", "8"));
    }

    private Map<String, Object> entry(String id, Map<String, JobQueue.Place> places) {
        RunDigest digest = digests.compute(
                id, (each, known) -> known != null && known.isOfThisLog() ? known : new RunDigest(workspace.run(each)));
        JobStatus status = digest.status(course -> jobs.show(id, course), () -> jobs.show(id), jobs.isHeld(id));
        Map<String, Object> json = status.json();
        json.remove("folder");
        order(id).ifPresent(order -> subject(order.job(), json));
        if (status.state() == JobState.RUNNING) digest.progress().ifPresent(share -> json.put("progress", share));
        if (status.state() == JobState.RUNNING)
            digest.secondsLeft().ifPresent(seconds -> json.put("secondsLeft", seconds));
        digest.measure().ifPresent(measure -> json.put("measure", measure));
        Optional.ofNullable(places.get(id)).ifPresent(place -> place(place, status.state(), json));
        if (status.state() == JobState.QUEUED)
            queue.refusal(id).ifPresent(problem -> json.put("problem", problem.parts()));
        return json;
    }

    private static void place(JobQueue.Place place, JobState state, Map<String, Object> json) {
        json.put("lane", place.lane().word());
        if (place.position() > 0 || state == JobState.QUEUED) json.put("position", place.position());
        if (!place.waitsFor().isEmpty()) json.put("waitsFor", place.waitsFor());
    }

    /** An order stands as long as its folder; one that is not written yet is looked for again. */
    private Optional<JobYaml.Order> order(String id) {
        JobYaml.Order known = orders.get(id);
        if (known != null) return Optional.of(known);
        Optional<JobYaml.Order> read = jobs.order(id);
        read.ifPresent(order -> orders.put(id, order));
        return read;
    }

    /** What the job works on and makes. */
    private static void subject(Job job, Map<String, Object> json) {
        switch (job) {
            case Job.Import wanted -> json.put("data", wanted.name());
            case Job.Train wanted -> {
                json.put("data", wanted.data());
                wanted.pretrained().or(wanted::network).ifPresent(network -> json.put("network", network));
                json.put("model", job.prefix());
            }
            case Job.Hybrid wanted -> {
                json.put("data", wanted.data());
                json.put("model", job.prefix());
            }
            case Job.Evaluate wanted -> {
                json.put("data", wanted.data());
                json.put("model", wanted.model());
            }
            case Job.Int8 wanted -> {
                json.put("data", wanted.data());
                json.put("model", wanted.prefix());
            }
            case Job.Ladder wanted -> {
                json.put("data", wanted.data());
                json.put("model", wanted.model());
            }
            case Job.Classify wanted -> {
                wanted.data().ifPresent(data -> json.put("data", data));
                json.put("model", String.join(", ", wanted.models()));
            }
            case Job.Tune wanted -> json.put("data", wanted.training().data());
            case Job.Folds wanted -> json.put("data", wanted.training().data());
            case Job.LearningRate wanted -> json.put("data", wanted.training().data());
            case Job.AddClass wanted -> json.put("model", wanted.model());
            case Job.Adopt wanted -> {
                json.put("data", wanted.name());
                json.put("model", wanted.name());
            }
            case Job.ExportModel wanted -> {
                wanted.calibrate().ifPresent(data -> json.put("data", data));
                json.put("model", wanted.model());
            }
            case Job.ExportCheckpoint wanted ->
                json.put("model", wanted.name().orElse(wanted.run() + "-" + wanted.checkpoint()));
            case Job.ImportWeights _, Job.Export _, Job.Recipe _ -> {}
        }
    }

    /** Returns all that is known of a job but its events. */
    public Map<String, Object> show(String id) {
        Path folder = workspace.existing(Shelf.RUNS, id);
        Map<String, Object> json = new LinkedHashMap<>(entry(id, queue.places()));
        json.put("folder", folder.toString());
        order(id).ifPresent(order -> {
            json.put("yaml", JobYaml.write(order));
            json.put("order", RecordTree.write(order.job()));
            if (!order.after().isEmpty()) json.put("after", order.after());
        });
        if (jobs.isDone(id)) json.put("result", jobs.result(id));
        order(id).flatMap(order -> classNames(id, order.job())).ifPresent(names -> json.put("classNames", names));
        return json;
    }

    /** What the numbers of a confusion matrix stand for. */
    private Optional<List<String>> classNames(String id, Job job) {
        if (classNames.containsKey(id)) return Optional.of(classNames.get(id));
        if (!(job instanceof Job.Train training)) return Optional.empty();
        try (Dataset dataset = Dataset.open(workspace.dataset(training.data()))) {
            classNames.put(id, dataset.classNames());
            return Optional.of(dataset.classNames());
        } catch (Problem notThere) {
            return Optional.empty();
        }
    }

    /** Returns the file of a job's events, which need not be there yet. */
    public Path events(String id) {
        return workspace.existing(Shelf.RUNS, id).resolve("events.jsonl");
    }

    /** Returns the files of a job's folder, at any depth, in the order of their paths. */
    public List<Map<String, Object>> files(String id) {
        Path folder = workspace.existing(Shelf.RUNS, id);
        List<Map<String, Object>> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                if (path.endsWith(".lock")) continue;
                files.add(Map.of("path", path, "sizeInBytes", Files.size(file)));
            }
        } catch (IOException | UncheckedIOException failure) {
            throw new Problem(
                    "The job's folder cannot be read: " + failure.getMessage() + ".",
                    folder.toString(),
                    "check its permissions",
                    failure);
        }
        return files;
    }

    /**
     * Returns a file of a job's folder.
     *
     * @param path as {@link #files} names it
     * @throws Problem if there is none; nothing outside of the folder is ever found
     */
    public Path file(String id, String path) {
        Path folder = workspace.existing(Shelf.RUNS, id);
        return files(id).stream()
                .filter(file -> path.equals(file.get("path")))
                .findFirst()
                .map(file -> folder.resolve(path))
                .filter(file -> isInside(folder, file))
                .orElseThrow(() -> new Problem(
                        "The job has no file \"" + path + "\".", "job \"" + id + "\"", "list its files first"));
    }

    /** A link may lead anywhere. */
    private static boolean isInside(Path folder, Path file) {
        try {
            return file.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException gone) {
            return false;
        }
    }
}
