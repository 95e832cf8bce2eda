package io.fovea.remote;

import io.fovea.problem.Problem;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The end of the pipe in the process that answers: questions on its input, answers on its output, one after the other. It ends at once when its input
 * does, whatever it is doing, for then nobody waits for it.
 */
public final class AnsweringProcess {

    /** Where {@link ChildProcess} listens. */
    private static final String ANSWERS = "/dev/fd/3";

    private final Answerer answerer;
    private final DataOutputStream out;
    private final BlockingQueue<Frame> questions = new LinkedBlockingQueue<>();
    private final BlockingQueue<Frame> replies = new LinkedBlockingQueue<>();
    private volatile boolean stopping;

    private AnsweringProcess(Answerer answerer, OutputStream out) {
        this.answerer = answerer;
        this.out = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
    }

    /** Answers until the input of this process ends, which a {@link ChildProcess} has begun. */
    public static void run(Answerer answerer) throws IOException {
        try (OutputStream answers = new FileOutputStream(ANSWERS)) {
            new AnsweringProcess(answerer, answers).run();
        }
    }

    private void run() throws IOException {
        Thread reader = new Thread(this::read, "questions");
        reader.setDaemon(true);
        reader.start();
        try {
            while (true) answer(questions.take());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try {
            DataInputStream in = new DataInputStream(new BufferedInputStream(System.in, 1 << 16));
            for (Optional<Frame> next = Frame.read(in); next.isPresent(); next = Frame.read(in)) {
                switch (next.get().kind()) {
                    case QUESTION -> {
                        stopping = false;
                        questions.add(next.get());
                    }
                    case SHARED, FOUND, FLUSHED -> replies.add(next.get());
                    case STOP -> stopping = true;
                    default ->
                        throw new IOException("No message for a process that answers: "
                                + next.get().kind());
                }
            }
        } catch (IOException brokenOff) {
            // as at its end
        } finally {
            Runtime.getRuntime().halt(0); // whatever it does just now: nobody waits for it
        }
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
            return ByteParts.of(reply(new Frame(Frame.Kind.SHARE, word)).bytes());
        }

        @Override
        public Path find(Path place) throws IOException {
            return Path.of(reply(new Frame(Frame.Kind.FIND, Frame.utf8(place.toString())))
                    .text());
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
