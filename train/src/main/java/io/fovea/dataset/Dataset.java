package io.fovea.dataset;

import io.fovea.image.Pixels;
import java.nio.file.Path;
import java.util.List;

/** A complete dataset on disk, opened for reading; threads may share it. */
public final class Dataset implements AutoCloseable {

    private Dataset() {}

    /**
     * Opens a dataset.
     *
     * @param folder the folder that an import made
     * @throws io.fovea.problem.Problem if there is none, or it is incomplete or damaged
     */
    public static Dataset open(Path folder) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Returns the name that the import gave it. */
    public String name() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Returns the folder that it lies in. */
    public Path folder() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Returns the class names, by label. */
    public List<String> classNames() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Returns how the pictures were made alike. */
    public Preparation preparation() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Returns how many pictures a split has. */
    public int count(Split split) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Returns a picture's class, 0 … K − 1. */
    public int label(Split split, int index) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Returns where a picture came from: its path within the source. */
    public String source(Split split, int index) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Returns a picture. */
    public Pixels picture(Split split, int index) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Writes a picture's H·W·C bytes, in the order [H, W, C], into {@code target} from {@code offset}. */
    public void copyPicture(Split split, int index, byte[] target, int offset) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Loads a split decoded into memory, where {@link #copyPicture} and {@link #picture} then read it. */
    public void holdInMemory(Split split) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Returns counts, means and standard deviations, as the import computed them. */
    public DatasetStatistics statistics() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Returns the SHA-256 over class names, preparation and every picture with its split and label, in lower-case hex. */
    public String contentHash() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("not yet");
    }
}
