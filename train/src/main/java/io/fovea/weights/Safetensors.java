package io.fovea.weights;

import io.fovea.file.AtomicFile;
import io.fovea.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Weights as safetensors: eight bytes of header length, a JSON header, then the tensors' bytes, everything little-endian.
 *
 * <p>Read: F64, F32, F16, BF16, I64, I32, I16, I8, U64, U32, U16, U8 and BOOL, each as the nearest float (see
 * {@link NamedTensor}). Written: F32 or F16. Threads may share this class.
 *
 * <p>Source: the format's description in the repository huggingface/safetensors, section "Format".
 */
public final class Safetensors {

    private Safetensors() {}

    /**
     * Reads every tensor, in the order in which they lie in the file.
     *
     * <p>Cost: one pass over the file; holds one tensor's bytes beside the floats.
     *
     * @throws Problem if the file is missing, cut off, or its header contradicts itself or the file
     */
    public static Weights read(Path file) {
        return ByteSource.opened(file, source -> tensors(source, file.toString()));
    }

    /**
     * Reads every tensor of a file that is in memory.
     *
     * @param name what problems call the file
     * @throws Problem as {@link #read(Path)}
     */
    public static Weights read(byte[] file, String name) {
        try {
            return tensors(ByteSource.of(file), name);
        } catch (IOException e) {
            throw ByteSource.broken("The file ends too early", name, e);
        }
    }

    /**
     * Returns the free-form notes of the file; often empty.
     *
     * @throws Problem as {@link #read(Path)}
     */
    public static Map<String, String> metadata(Path file) {
        return ByteSource.opened(
                file, source -> SafetensorsHeader.read(source, file.toString()).metadata());
    }

    /**
     * Writes every tensor as F32, beside {@code target}, and moves into place.
     *
     * @throws Problem if the folder cannot be written or the disk is full
     */
    public static void write(Weights weights, Map<String, String> metadata, Path target) {
        write(weights, WeightPrecision.FP32, metadata, target);
    }

    /**
     * Writes likewise in a precision.
     *
     * @throws Problem likewise
     */
    public static void write(Weights weights, WeightPrecision precision, Map<String, String> metadata, Path target) {
        AtomicFile.write(target, out -> write(weights, precision, metadata, out));
    }

    /** Returns the bytes that {@link #write(Weights, Map, Path)} writes; equal weights and metadata give equal bytes. */
    public static byte[] bytes(Weights weights, Map<String, String> metadata) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(weights, WeightPrecision.FP32, metadata, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void write(
            Weights weights, WeightPrecision precision, Map<String, String> metadata, OutputStream out)
            throws IOException {
        byte[] header = SafetensorsHeader.bytes(weights, precision, metadata);
        out.write(littleEndian(Long.BYTES).putLong(header.length).array());
        out.write(header);
        for (NamedTensor tensor : weights.tensors()) {
            StoredType type = precision.type(tensor);
            ByteBuffer bytes = littleEndian(Math.multiplyExact(tensor.values().length, type.sizeInBytes()));
            type.narrow(tensor.values(), bytes);
            out.write(bytes.array());
        }
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    static Weights tensors(ByteSource source, String name) throws IOException {
        SafetensorsHeader header = SafetensorsHeader.read(source, name);
        List<NamedTensor> tensors = new ArrayList<>();
        for (SafetensorsHeader.Entry entry : header.entries()) {
            int size = entry.count() * entry.type().sizeInBytes();
            ByteBuffer bytes = source.bytes(entry.position(), size).order(ByteOrder.LITTLE_ENDIAN);
            float[] values = new float[entry.count()];
            entry.type().widen(bytes, values);
            tensors.add(new NamedTensor(entry.name(), entry.shape(), values));
        }
        return new Weights(tensors);
    }
}
