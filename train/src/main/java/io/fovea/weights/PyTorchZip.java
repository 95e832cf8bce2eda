package io.fovea.weights;

import io.fovea.problem.Problem;
import io.fovea.weights.PickledValue.Storage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * PyTorch's form since release 1.6: a zip with {@code ROOT/data.pkl}, which describes the tensors, and {@code ROOT/data/KEY}, the
 * bytes of each storage; {@code ROOT/byteorder} says in which order.
 *
 * <p>Source: torch/serialization.py, _save and _load; caffe2/serialize/inline_container.h.
 */
final class PyTorchZip {

    private static final String PICKLE = "data.pkl";
    private static final long LARGEST_PICKLE = 256L << 20;
    /** The most that deflate gets out of one byte. */
    private static final int LARGEST_EXPANSION = 1032;

    private PyTorchZip() {}

    static boolean isOne(ZipFile zip) {
        return pickle(zip).isPresent();
    }

    private static Optional<? extends ZipEntry> pickle(ZipFile zip) {
        return zip.stream()
                .filter(entry ->
                        entry.getName().equals(PICKLE) || entry.getName().endsWith("/" + PICKLE))
                .findFirst();
    }

    static WeightFile read(ZipFile zip, Path file) throws IOException {
        ZipEntry entry = pickle(zip).orElseThrow();
        String root = entry.getName().substring(0, entry.getName().length() - PICKLE.length());
        if (zip.getEntry(root + "constants.pkl") != null) {
            throw new Problem(
                    "Expected weights, found a program of TorchScript",
                    file.toString(),
                    "write its weights alone: torch.save(torch.jit.load(FILE).state_dict(), \"weights.pth\")");
        }
        String name = file.toString();
        byte[] bytes = small(zip, entry, file);
        try {
            PickleInput in = new PickleInput(ByteSource.of(bytes), 0, bytes.length, name + ", " + entry.getName());
            StateDictionary found = StateDictionary.of(Unpickler.read(in, new PyTorchValues()), name);
            Weights weights = TensorValues.read(
                    PyTorchFile.described(found, name),
                    new Entries(zip, root, file),
                    order(zip, root, file),
                    Files.size(file),
                    name);
            return new WeightFile(WeightFile.Form.PYTORCH_ZIP, weights, found.skipped());
        } catch (EOFException e) {
            throw ByteSource.broken("The pickle ends too early", name + ", " + entry.getName(), e);
        }
    }

    private static ByteOrder order(ZipFile zip, String root, Path file) throws IOException {
        ZipEntry entry = zip.getEntry(root + "byteorder");
        if (entry == null) return ByteOrder.LITTLE_ENDIAN;
        String order = new String(small(zip, entry, file), StandardCharsets.US_ASCII);
        return order.equals("big") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private static byte[] small(ZipFile zip, ZipEntry entry, Path file) throws IOException {
        long size = checkedSize(entry, file);
        if (size > LARGEST_PICKLE) {
            throw ByteSource.broken("The description has " + size + " bytes", file + ", " + entry.getName(), null);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readNBytes((int) size);
        }
    }

    private static long checkedSize(ZipEntry entry, Path file) throws IOException {
        long size = entry.getSize();
        boolean credible = entry.getMethod() == ZipEntry.STORED
                ? size == entry.getCompressedSize()
                : size >= 0 && size <= LARGEST_EXPANSION * (1 + entry.getCompressedSize());
        if (credible && entry.getCompressedSize() <= Files.size(file)) return size;
        throw ByteSource.broken(
                "The zip entry claims more bytes than the file can hold", file + ", " + entry.getName(), null);
    }

    /** Storages as entries of the archive. */
    private record Entries(ZipFile zip, String root, Path file) implements TensorValues.Storages {

        @Override
        public long size(Storage storage) throws IOException {
            return checkedSize(entry(storage), file);
        }

        private ZipEntry entry(Storage storage) {
            ZipEntry entry = zip.getEntry(root + "data/" + storage.key());
            if (entry == null) {
                throw ByteSource.broken("The storage \"" + storage.key() + "\" is missing", file.toString(), null);
            }
            return entry;
        }

        @Override
        public ByteBuffer bytes(Storage storage, long position, int length) throws IOException {
            byte[] bytes = new byte[length];
            try (InputStream in = zip.getInputStream(entry(storage))) {
                in.skipNBytes(position);
                if (in.readNBytes(bytes, 0, length) < length) throw new EOFException();
            }
            return ByteBuffer.wrap(bytes);
        }
    }
}
