package io.fovea.source;

import io.fovea.dataset.FileFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntPredicate;

/** Reads the pictures of one source. */
@FunctionalInterface
public interface PictureReading {

    /**
     * Hands over the wanted pictures in the order of the listing; opens and closes what it needs itself.
     *
     * @param wanted says for each position in the listing whether it is needed
     * @throws io.fovea.problem.Problem if the source as a whole cannot be read; a single picture that cannot is handed over as
     *     {@link PictureContent.Unreadable}
     */
    void read(IntPredicate wanted, Receiver receiver) throws InterruptedException;

    /** Returns a reading whose failures are problems of a file. */
    static PictureReading of(Path file, Failing reading) {
        return (wanted, receiver) -> {
            try {
                reading.read(wanted, receiver);
            } catch (IOException e) {
                throw FileFailure.unreadable(file, e);
            }
        };
    }

    /** A reading that leaves its failures to {@link #of}. */
    @FunctionalInterface
    interface Failing {
        void read(IntPredicate wanted, Receiver receiver) throws IOException, InterruptedException;
    }

    /** Takes a picture at its position in the listing; waits while too many are under way. */
    @FunctionalInterface
    interface Receiver {
        void receive(int position, PictureContent content) throws InterruptedException;
    }
}
