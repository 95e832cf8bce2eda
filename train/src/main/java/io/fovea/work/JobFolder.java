package io.fovea.work;

import io.fovea.event.EventLog;
import io.fovea.event.JobCourse;
import io.fovea.event.JobEvent;
import io.fovea.file.LockFile;
import io.fovea.job.JobYaml;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Returns what the folder says; what cannot be read in it is told as its problem. */
    JobStatus status() {
        JobCourse course = new JobCourse();
        try {
            EventLog.read(events()).forEach(course::add);
        } catch (Problem damaged) {
            return status(course, Optional.of(damaged));
        }
        return status(course);
    }

    /** Returns what the folder says, with events that are known already. */
    JobStatus status(JobCourse course) {
        return status(course, Optional.empty());
    }

    private JobStatus status(JobCourse course, Optional<Problem> damage) {
        String kind = "train"; // the only one that earlier versions kept without a job.yaml
        Optional<Problem> unreadable = damage;
        try {
            if (Files.exists(order())) kind = JobYaml.read(order()).job().kind();
        } catch (Problem damaged) {
            kind = "unknown";
            unreadable = Optional.of(damaged);
        }
        JobState state = state(course, unreadable.isPresent());
        Optional<JobEvent.Reason> failure =
                state == JobState.FAILED ? course.ended().flatMap(JobEvent.JobEnded::problem) : Optional.empty();
        return new JobStatus(
                path.getFileName().toString(),
                kind,
                state,
                course.began(),
                course.last(),
                course.events(),
                course.stage(),
                unreadable.map(JobEvent.Reason::of).or(() -> failure),
                path);
    }

    private JobState state(JobCourse course, boolean isDamaged) {
        if (isDone()) return JobState.DONE;
        boolean began = course.began().isPresent();
        if (LockFile.isHeld(lock())) return began ? JobState.RUNNING : JobState.QUEUED;
        if (isDamaged) return JobState.DAMAGED;
        if (!began) return JobState.QUEUED;
        boolean failed = course.ended()
                .filter(end -> end.ending() == JobEvent.Ending.FAILED)
                .isPresent();
        return failed ? JobState.FAILED : JobState.STOPPED;
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
