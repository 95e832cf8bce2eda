package io.fovea.predict;

/**
 * Hears what a model does, in the threads that do it and before they have their answers, so it should be quick. Replays of golden pictures are not
 * told. Threads share it.
 */
public interface PredictionListener {

    /** Hears nothing; times are not even taken. */
    PredictionListener NONE = new PredictionListener() {
        @Override
        public void finished(Stage stage, int pictures, long nanoseconds) {}

        @Override
        public void answered(Answer answer) {}
    };

    /** Steps from a picture file to an answer. */
    enum Stage {
        /** Bytes of a file, or an image of Java, to pixels. */
        DECODE,
        /** Pixels to the network's size. */
        RESIZE,
        /** Normalising, and the network. */
        NETWORK
    }

    /**
     * A step was done.
     *
     * @param pictures    of the step: of a batch that the network computed, else 1
     * @param nanoseconds that it took
     */
    void finished(Stage stage, int pictures, long nanoseconds);

    /** A decoder answered about a picture. */
    void answered(Answer answer);
}
