package io.fovea.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.problem.Problem;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The process's side: reads questions and answers them, one after the other, until its input ends. */
public final class WorkerProcess {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] NONE = {};

    /** Knows the answers. */
    @FunctionalInterface
    public interface Answerer {

        /**
         * Answers a question.
         *
         * @param what   the word for it
         * @param fields of the question
         * @param bytes  of the question
         * @throws Problem that is sent instead of an answer
         */
        Answer answer(String what, JsonNode fields, byte[] bytes) throws IOException;
    }

    private WorkerProcess() {}

    /**
     * Answers until the input ends, and ends the process at once then, whatever it does: whoever asked is gone.
     *
     * @param stream where answers go; whatever native code prints goes elsewhere
     */
    public static void run(Answerer answerer, String stream) throws IOException, InterruptedException {
        BlockingQueue<Frame> questions = new LinkedBlockingQueue<>();
        Thread.ofPlatform().daemon().name("questions").start(() -> read(questions));
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(stream)))) {
            while (true) answered(answerer, questions.take()).write(out);
        }
    }

    private static void read(BlockingQueue<Frame> questions) {
        try {
            DataInputStream in = new DataInputStream(new BufferedInputStream(System.in, 1 << 16));
            for (Optional<Frame> next = Frame.read(in); next.isPresent(); next = Frame.read(in))
                questions.add(next.get());
        } catch (IOException brokenOff) {
            // as at its end
        } finally {
            Runtime.getRuntime()
                    .halt(0); // whatever happened, also when a question does not fit into memory, no other will be read
        }
    }

    private static Frame answered(Answerer answerer, Frame question) {
        try {
            JsonNode head = question.head();
            Answer answer = answerer.answer(head.path("what").asText(), head.path("fields"), question.bytes());
            return new Frame(JSON.createObjectNode().put("mediaType", answer.mediaType()), answer.bytes());
        } catch (Problem problem) {
            return refused(problem);
        } catch (IllegalArgumentException wrong) {
            return refused(new Problem(String.valueOf(wrong.getMessage()), "the question", "ask otherwise", wrong));
        } catch (OutOfMemoryError full) {
            return refused(new Problem(
                    "There is not enough memory for this.",
                    "a worker of the workbench",
                    "use a smaller picture or network, or a machine with more memory"));
        } catch (IOException | RuntimeException | LinkageError failure) {
            String words = failure.getMessage() == null ? "" : ": " + failure.getMessage();
            StackTraceElement[] trace = failure.getStackTrace();
            return refused(new Problem(
                    "A worker of the workbench failed in a way it did not foresee: "
                            + failure.getClass().getSimpleName() + words,
                    trace.length == 0 ? "unknown" : trace[0].toString(),
                    "report it; other questions are still answered",
                    failure));
        }
    }

    private static Frame refused(Problem problem) {
        ObjectNode head = JSON.createObjectNode();
        head.set("problem", JSON.valueToTree(problem.parts()));
        return new Frame(head, NONE);
    }
}
