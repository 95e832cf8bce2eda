package io.fovea.repository;

/** Hears of answers, in the thread that gave them: it must return at once, and throw nothing. Threads share it. */
@FunctionalInterface
public interface AnswerListener {

    /** Hears of an answer that was given. */
    void answered(AnsweredCall call);
}
