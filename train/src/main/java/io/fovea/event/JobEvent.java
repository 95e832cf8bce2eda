package io.fovea.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fovea.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What happened in a job around and beside the training of a network. */
public sealed interface JobEvent extends Event {

    /**
     * A process took the job up, the first or a further time.
     *
     * @param number of the event
     * @param at     when
     * @param kind   of job: {@code import}, {@code train} …
     * @param fovea  the version of Fovea that does it
     */
    record JobBegan(long number, Instant at, String kind, String fovea) implements JobEvent {}

    /**
     * A part of the job begins.
     *
     * @param number of the event
     * @param at     when
     * @param stage  what is done, such as {@code importing}, {@code judging}
     */
    record StageBegan(long number, Instant at, String stage) implements JobEvent {}

    /**
     * A part of the job has come so far; told now and then.
     *
     * @param number of the event
     * @param at     when
     * @param stage  what is done
     * @param done   how many
     * @param total  of how many; 0 where that is not known yet
     * @param unit   of what, such as {@code pictures}
     */
    record StageProgressed(long number, Instant at, String stage, long done, long total, String unit)
            implements JobEvent {}

    /**
     * A generation of evolution has been judged; told now and then.
     *
     * @param number             of the event
     * @param at                 when
     * @param generation         from 1
     * @param generations        planned
     * @param best               loss of the best candidate
     * @param mean               loss of all
     * @param validationAccuracy on held-out pictures; empty where it was not taken
     * @param evaluations        candidates judged so far
     * @param secondsLeft        reckoned from the pace so far; empty while it is not known
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Evolved(
            long number,
            Instant at,
            long generation,
            long generations,
            double best,
            double mean,
            OptionalDouble validationAccuracy,
            long evaluations,
            OptionalDouble secondsLeft)
            implements JobEvent {}

    /**
     * The filters of a hybrid's first convolution, to be looked at; told before evolution, at each checkpoint and at the end.
     *
     * @param number     of the event
     * @param at         when
     * @param generation lived
     * @param shape      [filters, channels, height, width]
     * @param weights    as many numbers, filter by filter
     */
    record KernelsChanged(long number, Instant at, long generation, List<Integer> shape, List<Float> weights)
            implements JobEvent {

        /** Copies. */
        public KernelsChanged {
            shape = List.copyOf(shape);
            weights = List.copyOf(weights);
        }
    }

    /**
     * Something that a person should know.
     *
     * @param number of the event
     * @param at     when
     * @param note   a sentence or two
     */
    record Noted(long number, Instant at, String note) implements JobEvent {}

    /**
     * The process has ended its work on the job.
     *
     * @param number  of the event
     * @param at      when
     * @param ending  how
     * @param problem what failed; empty otherwise
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record JobEnded(long number, Instant at, Ending ending, Optional<Reason> problem) implements JobEvent {

        /** Old or cut logs may leave the problem out. */
        public JobEnded {
            problem = problem == null ? Optional.empty() : problem;
        }
    }

    /** How a process ended its work on a job. */
    enum Ending {
        /** All is done. */
        DONE,
        /** It was asked to stop; the job can go on. */
        STOPPED,
        /** A problem is in the way. */
        FAILED
    }

    /**
     * Why a job failed.
     *
     * @param what   is wrong
     * @param where  the file, layer, field or line
     * @param remedy what to do
     */
    record Reason(String what, String where, String remedy) {

        /** Of a problem. */
        public static Reason of(Problem problem) {
            return new Reason(problem.what(), problem.where(), problem.remedy());
        }
    }
}
