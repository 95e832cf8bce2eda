package io.fovea.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.problem.Problem;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A process that answers. Used by one thread at a time. */
final class Worker {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final String called;
    private final DataOutputStream questions;
    private final DataInputStream answers;
    private String subject = "";
    private volatile boolean late;
    private boolean over; // the system may be slower to tell that a process has ended than its stream is
    private long idleSince = System.nanoTime();

    Worker(Process process, String called) {
        this.process = process;
        this.called = called;
        this.questions = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16));
        this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
    }

    boolean isAlive() {
        return !over && process.isAlive();
    }

    /** What it was asked about last. */
    String subject() {
        return subject;
    }

    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - idleSince);
    }

    /**
     * Asks, and waits for the answer.
     *
     * @throws Problem    that the process answers with
     * @throws Unanswered if the process ends, or takes longer than it may and is ended
     */
    Answer ask(Question question, Duration deadline, ScheduledExecutorService clock) {
        subject = question.subject();
        ScheduledFuture<?> end = clock.schedule(
                () -> {
                    late = true;
                    kill();
                },
                deadline.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            ObjectNode head = JSON.createObjectNode().put("what", question.what());
            head.set("fields", JSON.valueToTree(question.fields()));
            new Frame(head, question.bytes()).write(questions);
            Optional<Frame> answer = Frame.read(answers);
            if (answer.isEmpty()) throw ended(question, deadline);
            return answer(answer.get());
        } catch (IOException brokenOff) {
            kill();
            throw ended(question, deadline);
        } finally {
            end.cancel(false);
            idleSince = System.nanoTime();
        }
    }

    private static Answer answer(Frame frame) {
        JsonNode problem = frame.head().path("problem");
        if (problem.isObject()) {
            throw new Problem(
                    problem.path("what").asText(),
                    problem.path("where").asText(),
                    problem.path("do").asText());
        }
        return new Answer(frame.head().path("mediaType").asText(), frame.bytes());
    }

    private Unanswered ended(Question question, Duration deadline) {
        over = true;
        if (late) {
            return new Unanswered(new Problem(
                    "The answer took longer than " + deadline.toSeconds() + " seconds, so its process was ended.",
                    called + ", question \"" + question.what() + "\"",
                    "ask for less, or use a smaller picture or network; other questions are still answered"));
        }
        return new Unanswered(new Problem(
                "The process that was to answer ended in the middle" + status() + ".",
                called + ", question \"" + question.what() + "\"",
                "ask again: another process answers then; if it ends there too, the picture or the model file"
                        + " is to blame"));
    }

    private String status() {
        try {
            if (!process.waitFor(1, TimeUnit.SECONDS)) return "";
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return "";
        }
        int status = process.exitValue();
        return status > 128 ? " (signal " + (status - 128) + ")" : " (exit status " + status + ")";
    }

    /** Ends it at once. */
    void kill() {
        process.destroyForcibly();
    }
}
