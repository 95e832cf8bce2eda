package io.fovea.job;

import io.fovea.event.Event;
import io.fovea.event.EventLog;
import io.fovea.event.JobEvent;
import io.fovea.event.TrainingEvent;
import io.fovea.file.LockFile;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The files of a job.
 *
 * @param path the job's folder
 */
record JobFolder(Path path) {

    /** Returns {@code job.yaml}: what is to be done. */
    Path order() {
        return path.resolve("job.yaml");
    }

    /** Returns {@code inputs.yaml}: what it works on, each with a hash. */
    Path inputs() {
        return path.resolve("inputs.yaml");
    }

    /** Returns {@code events.jsonl}: what happened. */
    Path events() {
        return path.resolve("events.jsonl");
    }

    /** Returns {@code log.txt}: the same in lines for people. */
    Path log() {
        return path.resolve("log.txt");
    }

    /** Returns {@code result.json}: what came out; a job without it is not done. */
    Path result() {
        return path.resolve("result.json");
    }

    /** Returns {@code run.lock}: held by the process that works on it. */
    Path lock() {
        return path.resolve("run.lock");
    }

    /** Returns {@code stop}: its presence asks that process to stop. */
    Path stopRequest() {
        return path.resolve("stop");
    }

    /** Whether something of this hash is among what it works on. */
    boolean workedOn(String hash) {
        try {
            return Files.readString(inputs()).contains(hash);
        } catch (IOException absent) {
            return false;
        }
    }

    /** Whether all is done. */
    boolean isDone() {
        return Files.exists(result());
    }

    /** Returns what was asked for, if it can be read: runs of earlier versions have no such file. */
    Optional<JobYaml.Order> readOrder() {
        if (!Files.isRegularFile(order())) return Optional.empty();
        try {
            return Optional.of(JobYaml.read(order()));
        } catch (Problem ofAnotherVersion) {
            return Optional.empty();
        }
    }

    /** Returns what the folder says. */
    JobStatus status() {
        List<Event> events = EventLog.read(events());
        Optional<Instant> began = events.stream().map(Event::at).findFirst();
        Optional<Instant> last = events.isEmpty()
                ? Optional.empty()
                : Optional.of(events.getLast().at());
        Optional<JobEvent.JobEnded> ended = ended(events);
        JobState state = state(events, ended);
        return new JobStatus(
                path.getFileName().toString(),
                readOrder().map(order -> order.job().kind()).orElse("train"),
                state,
                began,
                last,
                events.size(),
                stage(events),
                state == JobState.FAILED ? ended.flatMap(JobEvent.JobEnded::problem) : Optional.empty(),
                path);
    }

    private JobState state(List<Event> events, Optional<JobEvent.JobEnded> ended) {
        if (isDone()) return JobState.DONE;
        boolean began = !events.isEmpty();
        if (LockFile.isHeld(lock())) return began ? JobState.RUNNING : JobState.QUEUED;
        if (!began) return JobState.QUEUED;
        boolean failed =
                ended.filter(end -> end.ending() == JobEvent.Ending.FAILED).isPresent();
        return failed ? JobState.FAILED : JobState.STOPPED;
    }

    /** Returns how the process that took it up last ended its work, if it said so. */
    private static Optional<JobEvent.JobEnded> ended(List<Event> events) {
        for (Event event : events.reversed()) {
            if (event instanceof JobEvent.JobEnded ended) return Optional.of(ended);
            if (event instanceof JobEvent.JobBegan) return Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<String> stage(List<Event> events) {
        int epochs = 0;
        String stage = null;
        for (Event event : events) {
            switch (event) {
                case TrainingEvent.RunStarted started -> epochs = started.epochs();
                case TrainingEvent.StepFinished step -> stage = "epoch " + step.epoch() + " of " + epochs;
                case TrainingEvent.EpochFinished epoch -> stage = "epoch " + epoch.epoch() + " of " + epochs;
                case JobEvent.StageBegan began -> stage = began.stage();
                case JobEvent.StageProgressed progressed ->
                    stage = progressed.total() == 0
                            ? progressed.stage()
                            : progressed.stage() + " " + progressed.done() + " of " + progressed.total() + " "
                                    + progressed.unit();
                case JobEvent.Evolved evolved ->
                    stage = "generation " + evolved.generation() + " of " + evolved.generations();
                default -> {}
            }
        }
        return Optional.ofNullable(stage);
    }

    /** Takes the lock, waiting a moment for whoever only looks whether it is held. */
    Optional<LockFile> take() throws IOException {
        for (int attempt = 0; ; attempt++) {
            Optional<LockFile> taken = LockFile.take(lock());
            if (taken.isPresent())
                Files.deleteIfExists(stopRequest()); // to a process that is gone; one that comes now counts
            if (taken.isPresent() || attempt == 5) return taken;
            try {
                Thread.sleep(20);
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
                return taken;
            }
        }
    }
}
