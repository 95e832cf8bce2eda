package io.fovea.predict;

import io.fovea.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/**
 * Predictions for many pictures on other machines than this one, written to a table.
 *
 * <p>What does it is found by {@link ServiceLoader}: a program that has it on its class path can, others know that they cannot.
 */
public interface Scoring {

    /** Returns the one on the class path; empty if there is none. */
    static Optional<Scoring> find() {
        return ServiceLoader.load(Scoring.class).findFirst();
    }

    /**
     * What is asked for.
     *
     * @param on       the machines, as their scheduler calls them: {@code local[2]}, {@code spark://host:7077}
     * @param model    the model file, as a path or an address that Hadoop knows
     * @param pictures files and folders, as paths or URIs
     * @param names    which names in folders count
     * @param out      the table, as a path or URI that ends with {@code .csv} or {@code .parquet}; must not exist
     * @param top      how many classes are named where they are ranked, at least 1
     */
    record Order(String on, String model, List<String> pictures, Names names, String out, int top) {

        /** Copies, and checks that nothing is missing. */
        public Order {
            Objects.requireNonNull(on, "on");
            Objects.requireNonNull(model, "model");
            pictures = List.copyOf(pictures);
            Objects.requireNonNull(names, "names");
            Objects.requireNonNull(out, "out");
            if (pictures.isEmpty()) throw new IllegalArgumentException("There is no picture to score");
            if (top < 1) throw new IllegalArgumentException("top must be at least 1: " + top);
        }
    }

    /**
     * Which files of a folder are looked at.
     *
     * @param picture whether a name is a picture's
     * @param unseen  whether a name, and all below it, is passed over in silence
     */
    record Names(Predicate<String> picture, Predicate<String> unseen) {}

    /** Hears how far it is; called by one thread at a time. */
    interface Listener {

        /** Something is to be said to whoever waits. */
        void remark(String line);

        /**
         * Pictures have been answered for.
         *
         * @param done of {@code all}
         */
        void progress(long done, long all);
    }

    /**
     * A machine that answered.
     *
     * @param name     host and number of the process that computed
     * @param java     the version of its Java
     * @param pictures how many it answered for
     */
    record Machine(String name, String java, long pictures) {}

    /**
     * What came out.
     *
     * @param pictures     how many were looked at: as many rows as the table has
     * @param problems     the first of those that have no answer, in the order of the pictures
     * @param problemCount how many have no answer
     * @param answers      how many pictures got which class, the most first; empty where classes are not ranked
     * @param machines     in the order of their names
     * @param toFirst      from the call to the first answer
     * @param afterFirst   from the first answer to the last row
     */
    record Outcome(
            long pictures,
            List<Problem> problems,
            long problemCount,
            Map<String, Long> answers,
            List<Machine> machines,
            Duration toFirst,
            Duration afterFirst) {}

    /**
     * Asks about each picture and writes the table, complete or not at all: a row for each in the order of the words, of folders in the order of
     * their paths. A picture that cannot be read is a row with its problem.
     *
     * @throws Problem if the machines cannot be reached, the model does not prove itself on one of them, there is no picture, or the table
     *     cannot be written
     */
    Outcome score(Order order, Listener listener);

    /**
     * Returns a model's file on this machine: the file itself, or a copy of what is at an address that Hadoop knows. A copy is made once, serves
     * {@link #score} too, and is deleted when this process ends.
     *
     * @throws Problem if it cannot be fetched, or what comes is no model
     */
    Path modelFile(String model);
}
