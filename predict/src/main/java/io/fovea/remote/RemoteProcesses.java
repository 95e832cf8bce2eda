package io.fovea.remote;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Processes of this program on other machines; each answers one question at a time, by an {@link Answerer}.
 *
 * <p>What a process that was lost had been asked is asked again of another one, so that each question is answered once; an answerer must
 * therefore give the same answer to the same question, and leave nothing behind that a second try would stumble over. For one thread at a time.
 */
public interface RemoteProcesses extends AutoCloseable {

    /** Opens processes; the one on the class path is found by {@link ServiceLoader}. */
    interface Opener {

        /** Returns the one on the class path; empty if there is none. */
        static Optional<Opener> find() {
            return ServiceLoader.load(Opener.class).findFirst();
        }

        /**
         * Reaches for the machines. Processes begin with the first question.
         *
         * @throws io.fovea.problem.Problem if nobody answers there
         */
        RemoteProcesses open(Order order);
    }

    /**
     * What is wanted.
     *
     * @param on      the machines, as their scheduler calls them: {@code local[2]}, {@code spark://host:7077}
     * @param name    of the work, for people who look at the cluster
     * @param program the main class of a process, which runs an {@link AnsweringProcess}
     * @param threads that a process computes with: as many cores are set aside for it
     * @param places  absolute: files and folders of this machine that the processes read, see {@link Asker#find}
     */
    record Order(String on, String name, String program, int threads, List<Path> places) {

        /** Checks and copies. */
        public Order {
            places = List.copyOf(places);
            if (threads < 1) throw new IllegalArgumentException("threads must be at least 1: " + threads);
        }
    }

    /** Hears of the questions of one call; called in the thread that asked. */
    interface Listener {

        /**
         * The process that works on a question says something. After a process was lost, the next one says it again from the start.
         *
         * @param question its place in the list
         */
        default void told(int question, byte[] word) {}

        /**
         * A question is answered.
         *
         * @return whether the answer is taken, so that {@link #ask} need not keep it
         */
        default boolean answered(int question, byte[] answer) {
            return false;
        }

        /** Returns how far the work has come that is not lost with a process, as a number that grows; it decides whether another try is worth it. */
        default long progress() {
            return 0;
        }

        /** Something is to be said to whoever waits. */
        default void remark(String line) {}
    }

    /**
     * Asks; free processes take the questions in their order.
     *
     * @param stop asks all processes that work on a question to end soon, with the answer that they have; no other question begins
     * @return the answers, in the order of the questions; empty for those that had not begun when it was stopped, or that the listener took
     * @throws io.fovea.problem.Problem what a process answers with, or if the machines are lost; the other questions are then given up
     */
    List<Optional<byte[]>> ask(List<byte[]> questions, Listener listener, BooleanSupplier stop);

    /**
     * Asks all at the same time, each of a process of its own, which can {@link Asker#share share words}. If one is lost, all begin again, unless
     * several tries have brought no {@link Listener#progress}.
     *
     * @param questions as they are now: asked for anew with each try
     * @throws io.fovea.problem.Problem as {@link #ask}, and if there are fewer places than questions
     */
    List<Optional<byte[]>> askTogether(Supplier<List<byte[]>> questions, Listener listener, BooleanSupplier stop);

    /** Returns how many questions are worked on at once; waits until the machines have begun. */
    int places();

    /** Ends the processes. */
    @Override
    void close();
}
