package io.fovea.weights;

import io.fovea.file.AtomicFile;
import io.fovea.problem.Problem;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Weights as npz: a zip with one array of NumPy's for each name, as {@code numpy.savez} writes and {@code numpy.load} reads it.
 *
 * <p>Read: stored or compressed; every number type that NumPy has except complex and extended precision, of either byte order,
 * in row-major or Fortran order, and bfloat16 (type V2); each number as the nearest float (see {@link NamedTensor}). Text is left
 * out, Python objects are refused. Written: float32 or float16, stored. Threads may share this class.
 */
public final class Npz {

    private static final String ENDING = ".npy";
    /** No method of zip gets more than this out of one byte, so who claims more lies. */
    private static final int LARGEST_EXPANSION = 1032;

    private static final long ALWAYS_ALLOWED_BYTES = 256L << 20;
    private static final int ALLOWED_EXPANSION = 32;

    private Npz() {}

    /**
     * Reads every array of numbers, in the order of the file.
     *
     * @throws Problem if the file is missing, damaged, or holds Python objects or unsupported number types
     */
    public static Weights read(Path file) {
        return contents(file).weights();
    }

    /** Reads the arrays, and the names of what is none. */
    static WeightFile contents(Path file) {
        return ZipArchive.opened(file, zip -> contents(zip, file));
    }

    /** Reads an archive that is open already. */
    static WeightFile contents(ZipFile zip, Path file) throws IOException {
        List<NamedTensor> tensors = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        Set<String> names = new HashSet<>();
        long allowed = Math.max(ALWAYS_ALLOWED_BYTES, ALLOWED_EXPANSION * Files.size(file));
        for (ZipEntry entry : Collections.list(zip.entries())) {
            if (entry.isDirectory()) continue;
            String where = file + ", array \"" + entry.getName() + "\"";
            if (!names.add(entry.getName())) throw ByteSource.broken("Two arrays have one name", where, null);
            if (!entry.getName().endsWith(ENDING)) {
                skipped.add(entry.getName());
                continue;
            }
            allowed -= entry.getSize();
            if (entry.getSize() < 0
                    || allowed < 0
                    || entry.getSize() > LARGEST_EXPANSION * (1 + entry.getCompressedSize())) {
                throw ByteSource.broken(
                        "The arrays claim far more bytes than a file of this size can hold", where, null);
            }
            read(zip, entry, where, tensors, skipped);
        }
        return new WeightFile(WeightFile.Form.NPZ, new Weights(tensors), skipped);
    }

    private static void read(ZipFile zip, ZipEntry entry, String where, List<NamedTensor> tensors, List<String> skipped)
            throws IOException {
        String name = entry.getName().substring(0, entry.getName().length() - ENDING.length());
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(zip.getInputStream(entry), 1 << 16))) {
            switch (NpyHeader.read(in, where)) {
                case NpyHeader.Reading.NoNumbers _ -> skipped.add(name);
                case NpyHeader.Reading.Numbers(NpyHeader header) -> tensors.add(tensor(name, header, in, entry, where));
            }
        } catch (EOFException e) {
            throw ByteSource.broken("The array ends too early", where, e);
        }
    }

    private static NamedTensor tensor(String name, NpyHeader header, DataInputStream in, ZipEntry entry, String where)
            throws IOException {
        int size = header.count() * header.type().sizeInBytes();
        if (size > entry.getSize()) {
            throw ByteSource.broken(
                    header.type() + " " + Arrays.toString(header.shape()) + " needs " + size
                            + " bytes, but the whole array has " + entry.getSize(),
                    where,
                    null);
        }
        byte[] bytes = new byte[size];
        in.readFully(bytes);
        if (in.read() >= 0) throw ByteSource.broken("The array goes on after its last number", where, null);
        float[] values = new float[header.count()];
        header.type().widen(ByteBuffer.wrap(bytes).order(header.order()), values);
        return new NamedTensor(
                name,
                header.shape(),
                switch (header.layout()) {
                    case ROW_MAJOR -> values;
                    case COLUMN_MAJOR -> Strided.gathered(values, header.shape(), Strided.columnMajor(header.shape()));
                });
    }

    /**
     * Writes every tensor as float32, beside {@code target}, and moves into place; equal weights give equal bytes.
     *
     * @throws Problem if the folder cannot be written or the disk is full
     */
    public static void write(Weights weights, Path target) {
        write(weights, WeightPrecision.FP32, target);
    }

    /**
     * Writes likewise in a precision.
     *
     * @throws Problem likewise
     */
    public static void write(Weights weights, WeightPrecision precision, Path target) {
        AtomicFile.write(target, out -> write(weights, precision, out));
    }

    private static void write(Weights weights, WeightPrecision precision, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (NamedTensor tensor : weights.tensors()) {
            byte[] bytes = bytes(tensor, precision.type(tensor));
            CRC32 checksum = new CRC32();
            checksum.update(bytes);
            ZipEntry entry = new ZipEntry(tensor.name() + ENDING);
            // The first moment that zip knows: the same weights always give the same file.
            entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(bytes.length);
            entry.setCrc(checksum.getValue());
            zip.putNextEntry(entry);
            zip.write(bytes);
            zip.closeEntry();
        }
        zip.finish();
    }

    private static byte[] bytes(NamedTensor tensor, StoredType type) {
        String shape =
                Arrays.stream(tensor.shape()).mapToObj(size -> size + ",").collect(Collectors.joining(" ", "(", ")"));
        if (tensor.shape().length > 1) shape = shape.replace(",)", ")");
        String text = "{'descr': '<f" + type.sizeInBytes() + "', 'fortran_order': False, 'shape': " + shape + ", }";
        // Magic, version and length are ten bytes; NumPy lets numbers begin on a multiple of 64.
        int length = (10 + text.length() + 1 + 63) / 64 * 64 - 10;
        ByteBuffer bytes = ByteBuffer.allocate(
                        Math.addExact(10 + length, Math.multiplyExact(type.sizeInBytes(), tensor.values().length)))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) length);
        bytes.put((text + " ".repeat(length - text.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII));
        type.narrow(tensor.values(), bytes);
        return bytes.array();
    }
}
