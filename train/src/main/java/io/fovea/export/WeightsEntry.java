package io.fovea.export;

/** Whether a bundle holds its weights a second time, as safetensors, for programs that read no ONNX. */
public enum WeightsEntry {
    /** Twice the size. */
    WRITTEN,
    /** They stand in the ONNX file, under the same names, and are read from there. */
    LEFT_OUT
}
