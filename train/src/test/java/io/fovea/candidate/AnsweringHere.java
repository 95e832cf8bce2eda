package io.fovea.candidate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Answers of several processes, given in this one; a question goes to the next of them each time, as if they took what comes. */
public final class AnsweringHere implements CandidateProcesses, AutoCloseable {

    private final List<CandidateAnswers> answering = new ArrayList<>();
    private int turn;
    private int questions;

    /** So many processes of one thread, which know nothing. */
    public AnsweringHere(int count) {
        for (int p = 0; p < count; p++) answering.add(new CandidateAnswers(1));
    }

    /** Ends one of them and lets two begin. */
    public void lose() {
        answering.removeFirst().close();
        answering.add(new CandidateAnswers(2));
        answering.add(new CandidateAnswers(1));
    }

    /** Returns how many questions were answered. */
    public int questions() {
        return questions;
    }

    @Override
    public int count() {
        return answering.size();
    }

    @Override
    public List<byte[]> ask(List<byte[]> asked) {
        List<byte[]> answers = new ArrayList<>();
        for (byte[] question : asked) {
            answers.add(answering.get(turn++ % answering.size()).answer(question.clone(), UnaryOperator.identity()));
            questions++;
        }
        turn++;
        return answers;
    }

    @Override
    public void close() {
        answering.forEach(CandidateAnswers::close);
    }
}
