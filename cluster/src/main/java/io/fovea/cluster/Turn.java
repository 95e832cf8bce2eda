package io.fovea.cluster;

import java.io.Serializable;

/**
 * What a {@link StayingTask} says when it can take a question: also what came of the one before. The reply, {@link Next}, comes when there is one, so it may
 * take long.
 */
sealed interface Turn extends Serializable {

    /** Returns who says it. */
    Seat seat();

    /**
     * A task that stays.
     *
     * @param job      of {@link Seats} to which it belongs
     * @param task     Spark's number, another one for each try
     * @param executor where it is
     */
    record Seat(long job, long task, String executor) implements Serializable {}

    /** It has no question: it has just begun, or the reply did not come for a time. */
    record Free(Seat seat) implements Turn {}

    /**
     * It has answered.
     *
     * @param ticket of the question
     */
    record Answered(Seat seat, long ticket, RemoteAnswer answer) implements Turn {}

    /**
     * The process that worked on the question was lost.
     *
     * @param ticket of the question
     */
    record Lost(Seat seat, long ticket, String how) implements Turn {}
}
