package io.fovea.remote;

import java.io.IOException;

/** What a process answers with. Used by one thread; may keep what it needs for the next question. */
@FunctionalInterface
public interface Answerer {

    /**
     * Answers a question.
     *
     * @throws io.fovea.problem.Problem    where the question cannot be answered here, which ends the whole work
     * @throws IOException                 where that may be otherwise on another machine
     */
    byte[] answer(byte[] question, Asker asker) throws IOException;
}
