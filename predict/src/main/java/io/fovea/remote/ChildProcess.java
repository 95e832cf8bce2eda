package io.fovea.remote;

import io.fovea.problem.Problem;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The end of the pipe at whoever started a process that runs an {@link AnsweringProcess}. One question at a time; only {@link #stop} and {@link #close} are for other threads. */
public final class ChildProcess implements AutoCloseable {

    /**
     * Answers have a stream of their own, and what native code prints goes to the standard error. Ctrl-C in a terminal reaches all of its processes: one
     * that learns is asked to stop instead, and ends with its input.
     */
    private static final String BEFORE = "trap '' INT HUP; exec \"$@\" 3>&1 1>&2";

    private final Process process;
    private final DataOutputStream questions;
    private final DataInputStream answers;

    /**
     * Begins a process.
     *
     * @param command that runs an {@link AnsweringProcess}
     * @throws IOException if the system cannot begin it
     */
    public static ChildProcess begin(List<String> command) throws IOException {
        List<String> words = new ArrayList<>(List.of("sh", "-c", BEFORE, "sh"));
        words.addAll(command);
        return new ChildProcess(new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    private ChildProcess(Process process) {
        this.process = process;
        questions = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16));
        answers = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
    }

    /** Hears what a process says while it works on a question. */
    public interface Line {

        /** It says something. */
        void told(byte[] word) throws IOException;

        /** Returns where a file or folder of whoever asked lies on this machine. */
        String find(String place) throws IOException;

        /** Returns once all that it said has reached whoever asked. */
        void flush() throws IOException;

        /** Gives a word to all and returns the words of all. */
        List<byte[]> share(byte[] word) throws IOException;
    }

    /**
     * Asks, and waits for the answer.
     *
     * @param line hears what the process says on the way
     * @throws Problem     that the process answers with
     * @throws IOException if the process ends, or cannot answer on this machine; then close it
     */
    public byte[] ask(byte[] question, Line line) throws IOException {
        write(new Frame(Frame.Kind.QUESTION, question));
        while (true) {
            Optional<Frame> next = Frame.read(answers);
            if (next.isEmpty()) throw new IOException("The process ended in the middle" + status());
            Frame frame = next.get();
            switch (frame.kind()) {
                case TOLD -> line.told(frame.bytes());
                case FIND -> write(new Frame(Frame.Kind.FOUND, Frame.utf8(line.find(frame.text()))));
                case FLUSH -> {
                    line.flush();
                    write(Frame.of(Frame.Kind.FLUSHED));
                }
                case SHARE -> write(new Frame(Frame.Kind.SHARED, ByteParts.joined(line.share(frame.bytes()))));
                case ANSWER -> {
                    return frame.bytes();
                }
                case PROBLEM -> throw frame.problem();
                case TROUBLE -> throw new IOException(frame.text());
                default -> throw new IOException("No message of a process that answers: " + frame.kind());
            }
        }
    }

    /** Asks for an answer soon; nothing if there is no process any more. */
    public void stop() {
        try {
            write(Frame.of(Frame.Kind.STOP));
        } catch (IOException over) {
            // it needs no telling
        }
    }

    private void write(Frame frame) throws IOException {
        synchronized (questions) {
            frame.write(questions);
        }
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

    /** Whether it can be asked. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it at once, and returns when it has ended. */
    @Override
    public void close() {
        process.destroyForcibly();
        boolean interrupted = Thread.interrupted();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException again) {
            interrupted = true;
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
