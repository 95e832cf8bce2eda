package io.fovea.weights;

import io.fovea.file.AtomicFile;
import io.fovea.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Weights as safetensors: eight bytes of header length, a JSON header, then the tensors' bytes, everything little-endian.
 *
 * <p>Read: F64, F32, F16, BF16, I64, I32, I16, I8, U8 and BOOL, each widened (F64, I64 and I32: rounded) to float.
 * Written: F32. Threads may share this class.
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
        return opened(file, (header, source) -> tensors(header, source, file.toString()));
    }

    /**
     * Reads every tensor of a file that is in memory.
     *
     * @param name what problems call the file
     * @throws Problem as {@link #read(Path)}
     */
    public static Weights read(byte[] file, String name) {
        Source source = (position, length) -> {
            if (position + length > file.length) throw new EOFException();
            return ByteBuffer.wrap(file, Math.toIntExact(position), length).slice();
        };
        try {
            return tensors(SafetensorsHeader.read(source, file.length, name), source, name);
        } catch (IOException e) {
            throw SafetensorsHeader.broken("The file ends too early", name, e);
        }
    }

    /**
     * Returns the free-form notes of the file; often empty.
     *
     * @throws Problem as {@link #read(Path)}
     */
    public static Map<String, String> metadata(Path file) {
        return opened(file, (header, source) -> header.metadata());
    }

    /**
     * Writes every tensor as F32, beside {@code target}, and moves into place.
     *
     * @throws Problem if the folder cannot be written or the disk is full
     */
    public static void write(Weights weights, Map<String, String> metadata, Path target) {
        AtomicFile.write(target, out -> write(weights, metadata, out));
    }

    /** Returns the bytes that {@link #write(Weights, Map, Path)} writes; equal weights and metadata give equal bytes. */
    public static byte[] bytes(Weights weights, Map<String, String> metadata) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(weights, metadata, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void write(Weights weights, Map<String, String> metadata, OutputStream out) throws IOException {
        byte[] header = SafetensorsHeader.bytes(weights, metadata);
        out.write(littleEndian(Long.BYTES).putLong(header.length).array());
        out.write(header);
        for (NamedTensor tensor : weights.tensors()) {
            ByteBuffer bytes = littleEndian(Math.multiplyExact(tensor.values().length, Float.BYTES));
            bytes.asFloatBuffer().put(tensor.values());
            out.write(bytes.array());
        }
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Bytes of a file, by position. */
    @FunctionalInterface
    interface Source {
        /** Returns a buffer that holds exactly {@code length} bytes. */
        ByteBuffer bytes(long position, int length) throws IOException;
    }

    private interface Step<T> {
        T with(SafetensorsHeader header, Source source) throws IOException;
    }

    private static <T> T opened(Path file, Step<T> step) {
        if (!Files.isRegularFile(file)) {
            throw new Problem(
                    Files.exists(file) ? "Expected a safetensors file, found a folder" : "There is no such file",
                    file.toString(),
                    "check the path; weights end in .safetensors");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            Source source = (position, length) -> {
                ByteBuffer buffer = ByteBuffer.allocate(length);
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer, position + buffer.position()) < 0) throw new EOFException();
                }
                return buffer.flip();
            };
            return step.with(SafetensorsHeader.read(source, channel.size(), file.toString()), source);
        } catch (EOFException e) {
            throw SafetensorsHeader.broken("The file ends too early", file.toString(), e);
        } catch (IOException e) {
            throw new Problem(
                    "The file cannot be read: " + e.getMessage(), file.toString(), "check that it may be read", e);
        }
    }

    private static Weights tensors(SafetensorsHeader header, Source source, String name) throws IOException {
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
