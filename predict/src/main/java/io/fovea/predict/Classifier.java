package io.fovea.predict;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.Manifest;
import io.fovea.image.Pixels;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A loaded model: pictures in, ranked classes out. Threads may share it. Close it to free native memory. */
public final class Classifier implements AutoCloseable {

    private Classifier() {}

    /** Loads a model file with the default options. */
    public static Classifier load(Path file) {
        return load(file, ClassifierOptions.DEFAULT);
    }

    /** Loads a model file. */
    public static Classifier load(Path file, ClassifierOptions options) {
        throw new UnsupportedOperationException();
    }

    /** Loads a model that is in memory already. */
    public static Classifier of(Bundle bundle, ClassifierOptions options) {
        throw new UnsupportedOperationException();
    }

    /** Returns what the model is. */
    public Manifest manifest() {
        throw new UnsupportedOperationException();
    }

    /** Returns what the replay found; empty if it was skipped. */
    public Optional<ReplayReport> replay() {
        throw new UnsupportedOperationException();
    }

    /** Classifies a picture file. */
    public Prediction classify(Path picture) {
        throw new UnsupportedOperationException();
    }

    /** Classifies the bytes of a picture file. */
    public Prediction classify(byte[] picture) {
        throw new UnsupportedOperationException();
    }

    /** Classifies the bytes of a picture file that a problem can call by name. */
    public Prediction classify(byte[] picture, String name) {
        throw new UnsupportedOperationException();
    }

    /** Classifies a picture of the Java desktop. */
    public Prediction classify(BufferedImage picture) {
        throw new UnsupportedOperationException();
    }

    /** Classifies a decoded picture. */
    public Prediction classify(Pixels picture) {
        throw new UnsupportedOperationException();
    }

    /** Classifies picture files in batches; the answers are in the files' order. */
    public List<Prediction> classifyAll(List<Path> pictures) {
        throw new UnsupportedOperationException();
    }

    /** Classifies decoded pictures in batches; the answers are in the pictures' order. */
    public List<Prediction> classifyBatch(List<Pixels> pictures) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
