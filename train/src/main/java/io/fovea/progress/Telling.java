package io.fovea.progress;

import io.fovea.event.Event;
import io.fovea.event.EventListener;
import io.fovea.event.EventLog;
import io.fovea.event.JobEvent;
import io.fovea.hybrid.EvolutionProgress;
import io.fovea.training.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongFunction;

/**
 * Tells what happens in a job: first to its log, then to whoever listens, so that both know the same. Threads may share it.
 *
 * <p>A part that cannot save itself ends where it tells how far it is, once the job is asked to stop.
 */
public final class Telling {

    private static final long NANOSECONDS_BETWEEN = 500_000_000L;

    private final Optional<EventLog> log;
    private final EventListener listener;
    private final StopSignal stop;
    private long numberWithoutLog;
    private long toldAt;

    /**
     * Nothing is told yet.
     *
     * @param log      the job's, open; empty for work that keeps none
     * @param listener hears the same
     * @param stop     asks the job to stop
     */
    public Telling(Optional<EventLog> log, EventListener listener, StopSignal stop) {
        this.log = log;
        this.listener = listener;
        this.stop = stop;
        this.toldAt = System.nanoTime() - NANOSECONDS_BETWEEN;
    }

    /** Whoever asked a job to stop whose current part cannot be gone on with. */
    public static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /** Made where the part ends. */
        public Stopped() {
            super("The job was asked to stop", null, false, false);
        }
    }

    /** Returns the log, for a training that writes its own events. */
    public EventLog log() {
        return log.orElseThrow();
    }

    /** Returns who hears what a training writes. */
    public EventListener listener() {
        return listener;
    }

    /** Says which part begins. */
    public void stage(String stage) {
        tell(number -> new JobEvent.StageBegan(number, Instant.now(), stage));
    }

    /** Says what a person should know. */
    public void note(String note) {
        tell(number -> new JobEvent.Noted(number, Instant.now(), note));
    }

    /**
     * Says how far a part is, at most twice a second.
     *
     * @throws Stopped if the job is asked to stop
     */
    public synchronized void progressed(String stage, long done, long total, String unit) {
        if (stop.isRequested()) throw new Stopped();
        if (!isDue() && done != total) return;
        tell(number -> new JobEvent.StageProgressed(number, Instant.now(), stage, done, total, unit));
    }

    /** Says how an evolution goes, at most twice a second, and its end. */
    public synchronized void evolved(EvolutionProgress progress) {
        if (!isDue() && progress.generation() != progress.generations()) return;
        tell(number -> new JobEvent.Evolved(
                number,
                Instant.now(),
                progress.generation(),
                progress.generations(),
                progress.best(),
                progress.mean(),
                progress.validationAccuracy(),
                progress.evaluations(),
                progress.left().map(left -> OptionalDouble.of(seconds(left))).orElse(OptionalDouble.empty())));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private boolean isDue() {
        long now = System.nanoTime();
        if (now - toldAt < NANOSECONDS_BETWEEN) return false;
        toldAt = now;
        return true;
    }

    /** Tells an event that is made with its number. */
    public synchronized void tell(LongFunction<Event> event) {
        long number = log.map(EventLog::nextNumber).orElseGet(() -> ++numberWithoutLog);
        Event told = event.apply(number);
        log.ifPresent(file -> file.on(told));
        listener.on(told);
    }
}
