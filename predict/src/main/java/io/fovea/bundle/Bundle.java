package io.fovea.bundle;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A checked model in memory. Threads may share it. */
public final class Bundle {

    /** The entry with everything about the model. */
    public static final String MANIFEST = "manifest.json";
    /** The entry with the network. */
    public static final String ONNX = "model.onnx";
    /** The entry with a class name on each line. */
    public static final String LABELS = "labels.txt";
    /** The entry with the parameters; optional. */
    public static final String WEIGHTS = "weights.safetensors";
    /** The folder of the golden pictures. */
    public static final String GOLDEN = "golden/";

    private final Manifest manifest;

    private Bundle(Manifest manifest) {
        this.manifest = manifest;
    }

    /** Opens and checks the file. */
    public static Bundle open(Path file) {
        throw new UnsupportedOperationException();
    }

    /**
     * Puts a bundle together in memory.
     *
     * @param draft   everything but {@code files}, which is filled in here
     * @param onnx    the network
     * @param golden  the golden pictures' file bytes, by entry name as in the manifest
     * @param weights the parameters as safetensors, to go on training
     */
    public static Bundle of(Manifest draft, byte[] onnx, Map<String, byte[]> golden, Optional<byte[]> weights) {
        return new Bundle(draft);
    }

    /** Returns what the model is. */
    public Manifest manifest() {
        return manifest;
    }

    /** Returns the network as ONNX. The array is shared, not copied. */
    public byte[] onnx() {
        throw new UnsupportedOperationException();
    }

    /** Returns the file bytes of a golden picture. The array is shared, not copied. */
    public byte[] golden(GoldenPicture picture) {
        throw new UnsupportedOperationException();
    }

    /** Returns the parameters as safetensors, if the bundle carries them. */
    public Optional<byte[]> weights() {
        throw new UnsupportedOperationException();
    }
}
