package io.fovea.weights;

import java.nio.file.Path;
import java.util.Map;

/** Weights as safetensors files. */
public final class Safetensors {

    private Safetensors() {}

    /** Reads every tensor, widened to float. */
    public static Weights read(Path file) {
        throw new UnsupportedOperationException();
    }

    /** Reads every tensor of a file that is in memory; problems call it {@code name}. */
    public static Weights read(byte[] file, String name) {
        throw new UnsupportedOperationException();
    }

    /** Writes every tensor as F32, beside {@code target}, and moves into place. */
    public static void write(Weights weights, Map<String, String> metadata, Path target) {
        throw new UnsupportedOperationException();
    }

    /** Returns the bytes that {@link #write} writes. */
    public static byte[] bytes(Weights weights, Map<String, String> metadata) {
        throw new UnsupportedOperationException();
    }
}
