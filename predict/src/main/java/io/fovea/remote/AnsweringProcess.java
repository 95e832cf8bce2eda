package io.fovea.remote;

import io.fovea.problem.Problem;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The end of the pipe in the process that answers: questions on its input, answers on its output, one after the other. It ends at once when its input
 * does, whatever it is doing, for then nobody waits for it.
 */
public final class AnsweringProcess {

    private final Answerer answerer;
    private final DataOutputStream out;
    private final BlockingQueue<Optional<Frame>> questions = new LinkedBlockingQueue<>();
    private final BlockingQueue<Frame> replies = new LinkedBlockingQueue<>();
    private volatile boolean stopping;

    private AnsweringProcess(Answerer answerer, OutputStream out) {
        this.answerer = answerer;
        this.out = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
    }

    /** Answers on this process's standard streams until the input ends; what else is printed goes to the standard error. */
    public static void run(Answerer answerer) throws IOException {
        OutputStream answers = new FileOutputStream(java.io.FileDescriptor.out);
        System.setOut(new PrintStream(new FileOutputStream(java.io.FileDescriptor.err), true));
        InputStream input = System.in;
        new AnsweringProcess(answerer, answers)
                .run(input, () -> Runtime.getRuntime().halt(0));
    }

    /**
     * Answers until the input ends.
     *
     * @param abandoned is called in another thread when it does
     */
    static void run(Answerer answerer, InputStream input, OutputStream output, Runnable abandoned) throws IOException {
        new AnsweringProcess(answerer, output).run(input, abandoned);
    }

    private void run(InputStream input, Runnable abandoned) throws IOException {
        Thread reader = new Thread(
                () -> read(new DataInputStream(new BufferedInputStream(input, 1 << 16)), abandoned), "questions");
        reader.setDaemon(true);
        reader.start();
        try {
            for (Optional<Frame> next = questions.take(); next.isPresent(); next = questions.take()) answer(next.get());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(DataInputStream in, Runnable abandoned) {
        try {
            for (Optional<Frame> next = Frame.read(in); next.isPresent(); next = Frame.read(in)) {
                switch (next.get().kind()) {
                    case QUESTION -> {
                        stopping = false;
                        questions.add(next);
                    }
                    case SHARED, FLUSHED -> replies.add(next.get());
                    case STOP -> stopping = true;
                    default ->
                        throw new IOException("No message for a process that answers: "
                                + next.get().kind());
                }
            }
        } catch (IOException brokenOff) {
            // as an end
        }
        questions.add(Optional.empty());
        abandoned.run();
    }

    private void answer(Frame question) throws IOException {
        replies.clear();
        Frame answer;
        try {
            answer = new Frame(Frame.Kind.ANSWER, answerer.answer(question.bytes(), new Line()));
        } catch (Problem problem) {
            answer = Frame.of(problem);
        } catch (IOException | UncheckedIOException | OutOfMemoryError here) {
            answer = new Frame(Frame.Kind.TROUBLE, Frame.utf8(String.valueOf(here.getMessage())));
        } catch (RuntimeException | Error defect) {
            StackTraceElement[] trace = defect.getStackTrace();
            answer = Frame.of(new Problem(
                    String.valueOf(defect),
                    trace.length == 0 ? "a process on another machine" : trace[0].toString(),
                    "this is a defect of Fovea: report it"));
        }
        write(answer);
    }

    private void write(Frame frame) throws IOException {
        synchronized (out) {
            frame.write(out);
        }
    }

    /** The asker at the other end of the pipe. */
    private final class Line implements Asker {

        @Override
        public void tell(byte[] word) {
            try {
                write(new Frame(Frame.Kind.TOLD, word));
            } catch (IOException nobodyListens) {
                throw new UncheckedIOException(nobodyListens);
            }
        }

        @Override
        public List<byte[]> share(byte[] word) throws IOException {
            return reply(new Frame(Frame.Kind.SHARE, word)).words();
        }

        @Override
        public void flush() throws IOException {
            reply(Frame.of(Frame.Kind.FLUSH));
        }

        private synchronized Frame reply(Frame frame) throws IOException {
            write(frame);
            try {
                return replies.take();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted", ended);
            }
        }

        @Override
        public boolean isStopping() {
            return stopping;
        }
    }
}
