package io.fovea.collection;

import io.fovea.download.DownloadListener;
import io.fovea.file.AtomicFolder;
import io.fovea.problem.Problem;
import io.fovea.source.Source;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Another set's pictures, and after them their negatives: 255 less each value, with the same labels.
 *
 * @param folder their folder's name
 * @param plain  the set, in the idx form of MNIST
 */
record InvertedFiles(String folder, SetFiles plain) implements SetFiles {

    private static final List<String> PARTS = List.of("train", "t10k");

    @Override
    public boolean isHere(LocalData local) {
        return plain.isHere(local);
    }

    @Override
    public long bytesToFetch() {
        return plain.bytesToFetch();
    }

    @Override
    public List<Source> provide(LocalData local, Path made, DownloadListener listener) {
        Path place = made.resolve(folder);
        if (!Files.isDirectory(place)) {
            Path from = plain.provide(local, made, listener).getFirst().path();
            AtomicFolder.write(place, part -> {
                for (String name : PARTS) {
                    twice(from, part, name + "-images-idx3-ubyte", 0xff);
                    twice(from, part, name + "-labels-idx1-ubyte", 0);
                }
            });
        }
        return List.of(Source.of(place));
    }

    /** Writes a file's values, and after them the same with the bits of the mask turned over. */
    private static void twice(Path from, Path to, String name, int mask) {
        try (DataInputStream in = new DataInputStream(opened(from.resolve(name)));
                DataOutputStream out =
                        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(to.resolve(name))))) {
            int magic = in.readInt();
            out.writeInt(magic);
            out.writeInt(Math.multiplyExact(2, in.readInt()));
            for (int axis = 1; axis < (magic & 0xff); axis++) out.writeInt(in.readInt());
            byte[] values = in.readAllBytes();
            out.write(values);
            for (int i = 0; i < values.length; i++) values[i] ^= (byte) mask;
            out.write(values);
        } catch (IOException failure) {
            throw new Problem(
                    "The negatives cannot be made: " + failure.getMessage() + ".",
                    from.resolve(name).toString(),
                    "check that the file is whole, and the free space of " + to,
                    failure);
        }
    }

    private static InputStream opened(Path file) throws IOException {
        if (Files.isRegularFile(file)) return Files.newInputStream(file);
        return new GZIPInputStream(Files.newInputStream(file.resolveSibling(file.getFileName() + ".gz")), 1 << 16);
    }
}
