package io.fovea.event;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a job stands, as far as its events tell: they are added one by one, so that whoever follows a log that grows reads it once. Mutable; for one
 * thread.
 */
public final class JobCourse {

    private Optional<Instant> began = Optional.empty();
    private Optional<Instant> last = Optional.empty();
    private Optional<JobEvent.JobEnded> ended = Optional.empty();
    private Optional<String> stage = Optional.empty();
    private long events;
    private int epochs;

    /** Adds the next event. */
    public void add(Event event) {
        events = event.number();
        if (began.isEmpty()) began = Optional.of(event.at());
        last = Optional.of(event.at());
        switch (event) {
            case JobEvent.JobBegan _ -> ended = Optional.empty();
            case JobEvent.JobEnded ending -> ended = Optional.of(ending);
            case TrainingEvent.RunStarted started -> epochs = started.epochs();
            case TrainingEvent.StepFinished step -> stage = Optional.of("epoch " + step.epoch() + " of " + epochs);
            case TrainingEvent.EpochFinished epoch -> stage = Optional.of("epoch " + epoch.epoch() + " of " + epochs);
            case JobEvent.StageBegan stageBegan -> stage = Optional.of(stageBegan.stage());
            case JobEvent.StageProgressed progressed -> stage = Optional.of(words(progressed));
            case JobEvent.Evolved evolved ->
                stage = Optional.of("generation " + evolved.generation() + " of " + evolved.generations());
            default -> {}
        }
    }

    private static String words(JobEvent.StageProgressed progressed) {
        if (progressed.total() == 0) return progressed.stage();
        return progressed.stage() + " " + progressed.done() + " of " + progressed.total() + " " + progressed.unit();
    }

    /** Returns when a process took the job up first; empty if none has. */
    public Optional<Instant> began() {
        return began;
    }

    /** Returns when something happened last. */
    public Optional<Instant> last() {
        return last;
    }

    /** Returns how many events there were, by the number of the last. */
    public long events() {
        return events;
    }

    /** Returns what is done, or was done last, such as {@code epoch 3 of 10}. */
    public Optional<String> stage() {
        return stage;
    }

    /** Returns how the process that took the job up last ended its work, if it said so. */
    public Optional<JobEvent.JobEnded> ended() {
        return ended;
    }
}
