package io.fovea.candidate;

import java.util.List;

/** Other processes, on this machine or others, in each of which a {@link CandidateAnswers} answers. */
public interface CandidateProcesses {

    /** Returns how many answer side by side; it may change. */
    int count();

    /**
     * Returns the answers to questions, in their order. Any process answers any question; what a process was asked that is lost meanwhile is asked of another.
     *
     * @throws io.fovea.problem.Problem as a process gave it, or if there is none left to ask
     */
    List<byte[]> ask(List<byte[]> questions);
}
