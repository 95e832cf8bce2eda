package io.fovea.resource;

import io.fovea.event.Event;
import io.fovea.event.JobCourse;
import io.fovea.event.JobEvent;
import io.fovea.event.TimeLeft;
import io.fovea.event.TrainingEvent;
import io.fovea.stream.EventTail;
import io.fovea.task.Measure;
import io.fovea.work.JobStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;

/** A run in a few numbers, for lists; only what was added to its log since the last look is read. Threads may share it. */
final class RunDigest {

    private static final int MOST_POINTS = 60;

    private final Path folder;
    private final EventTail tail;
    private final List<Double> curve = new ArrayList<>();
    private final JobCourse course = new JobCourse();
    private Optional<Measure> best = Optional.empty();
    private Optional<Measure> last = Optional.empty();
    private TimeLeft pace = new TimeLeft();
    private double done;
    private double whole;
    private Optional<JobStatus> status = Optional.empty();
    private Object version = "";
    private Object identity = "";
    private long lengthRead = -1;

    RunDigest(Path folder) {
        this.folder = folder;
        this.tail = new EventTail(folder.resolve("events.jsonl"), 0).withoutPassedSteps();
    }

    /**
     * Returns how the job stands; its folder is asked again only if something has changed there.
     *
     * @param ask   by the events that were read already
     * @param whole by all of its log, where that holds what only it can tell of
     */
    synchronized JobStatus status(Function<JobCourse, JobStatus> ask, Supplier<JobStatus> whole, boolean held) {
        Object now = List.of(length("events.jsonl"), length("result.json"), length("job.yaml"), held);
        if (status.isEmpty() || !now.equals(version)) {
            read();
            status = Optional.of(tail.hasSkipped() ? whole.get() : ask.apply(course));
            version = now;
        }
        return status.get();
    }

    /** Whether the log is the one that was read so far, not another in its place. */
    synchronized boolean isOfThisLog() {
        return length("events.jsonl") >= lengthRead && identity().equals(identity);
    }

    private Object identity() {
        try {
            Object key = Files.readAttributes(folder.resolve("events.jsonl"), BasicFileAttributes.class)
                    .fileKey();
            return key == null ? "" : key;
        } catch (IOException absent) {
            return "";
        }
    }

    /** Reads what was added. */
    synchronized void refresh() {
        read();
    }

    private long length(String file) {
        try {
            return Files.size(folder.resolve(file));
        } catch (IOException absent) {
            return -1;
        }
    }

    private void read() {
        if (lengthRead <= 0) identity = identity();
        lengthRead = length("events.jsonl");
        try {
            for (List<Event> events = tail.next(); !events.isEmpty(); events = tail.next()) events.forEach(this::add);
        } catch (IOException unreadable) {
            // the status says so
        }
    }

    private void add(Event event) {
        course.add(event);
        switch (event) {
            case JobEvent.JobBegan _ -> begin();
            case JobEvent.StageProgressed progressed -> advance(event, progressed.done(), progressed.total());
            case JobEvent.Evolved evolved -> advance(event, evolved.generation(), evolved.generations());
            case TrainingEvent.RunStarted started -> {
                begin();
                whole = (double) started.epochs() * started.stepsPerEpoch();
                done = started.firstStep();
            }
            case TrainingEvent.StepFinished step -> advance(event, step.step(), whole);
            case TrainingEvent.EpochFinished epoch -> {
                advance(event, epoch.step(), whole);
                if (!epoch.validation().isEmpty()) add(epoch.validation().getFirst(), epoch.best());
                else if (!epoch.train().isEmpty()) add(epoch.train().getFirst(), epoch.best());
            }
            default -> {}
        }
    }

    private void begin() {
        pace = new TimeLeft();
        done = 0;
        whole = 0;
    }

    private void advance(Event event, double made, double total) {
        done = made;
        whole = total;
        Duration since = Duration.between(Instant.EPOCH, event.at());
        pace.mark(since.toNanos(), made);
    }

    private void add(Measure measure, boolean isBest) {
        curve.add(measure.value());
        last = Optional.of(measure);
        if (isBest || best.isEmpty()) best = last;
    }

    /** Returns the share that is done, 0 … 1; empty while the whole is not known. */
    synchronized OptionalDouble progress() {
        return whole > 0 ? OptionalDouble.of(Math.min(1, done / whole)) : OptionalDouble.empty();
    }

    /** Returns the seconds until all is done, by the pace of the last half; empty while that cannot be told. */
    synchronized Optional<Long> secondsLeft() {
        return whole > 0 ? pace.until(whole).map(Duration::toSeconds) : Optional.empty();
    }

    /** Returns the measure that runs are compared by: its last and its best value, and its course; empty if there is none. */
    synchronized Optional<Map<String, Object>> measure() {
        return last.map(measure -> {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", measure.name());
            json.put("unit", measure.unit().name().toLowerCase(Locale.ROOT));
            json.put("better", measure.better().name().toLowerCase(Locale.ROOT));
            json.put("last", measure.value());
            best.ifPresent(each -> json.put("best", each.value()));
            json.put("curve", thinned());
            return json;
        });
    }

    /** A sparkline has few pixels. */
    private List<Double> thinned() {
        if (curve.size() <= MOST_POINTS) return List.copyOf(curve);
        List<Double> points = new ArrayList<>();
        for (int i = 0; i < MOST_POINTS; i++)
            points.add(curve.get((int) ((long) i * (curve.size() - 1) / (MOST_POINTS - 1))));
        return points;
    }
}
