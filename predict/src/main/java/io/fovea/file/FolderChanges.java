package io.fovea.file;

import io.fovea.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a folder that have come or changed since they were sent last, cut into parts, to go to a copy of the folder on another machine.
 *
 * <p>A file of the copy is replaced as a whole once its last part is there; files that have gone stay. For one thread.
 */
public final class FolderChanges {

    private static final int PART = 4 << 20;

    private final Path folder;
    private final Predicate<Path> wanted;
    private Map<String, State> sent;

    /** What tells a file from what it was before. */
    private record State(Object key, long size, long modified) {}

    /**
     * Watches a folder; what is in it now is known to the other side.
     *
     * @param wanted which of its files go there
     */
    public FolderChanges(Path folder, Predicate<Path> wanted) {
        this.folder = folder;
        this.wanted = wanted;
        sent = states();
    }

    private Map<String, State> states() {
        if (!Files.isDirectory(folder)) return Map.of();
        try (Stream<Path> all = Files.walk(folder)) {
            Map<String, State> states = new TreeMap<>();
            for (Path file : all.filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS))
                    .filter(wanted)
                    .collect(Collectors.toList())) {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                states.put(
                        folder.relativize(file).toString(),
                        new State(
                                now.fileKey(),
                                now.size(),
                                now.lastModifiedTime().toMillis()));
            }
            return states;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Sends what has changed, the eldest first, so that a copy that gets no more is as the folder was at some time. */
    public void send(Consumer<byte[]> part) {
        Map<String, State> now = states();
        List<String> changed = new ArrayList<>(now.keySet());
        changed.removeIf(name -> now.get(name).equals(sent.get(name)));
        changed.sort(Comparator.comparingLong(name -> now.get(name).modified()));
        for (String name : changed) send(name, part);
        sent = now;
    }

    private void send(String name, Consumer<byte[]> part) {
        try (InputStream in = Files.newInputStream(folder.resolve(name))) {
            long offset = 0;
            byte[] next = in.readNBytes(PART);
            boolean isLast;
            do {
                byte[] content = next;
                next = in.readNBytes(PART);
                isLast = next.length == 0;
                part.accept(part(name, offset, isLast, content));
                offset += content.length;
            } while (!isLast);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static byte[] part(String name, long offset, boolean isLast, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(name);
        out.writeLong(offset);
        out.writeBoolean(isLast);
        out.write(content);
        return bytes.toByteArray();
    }

    /**
     * Takes a part into a copy of the folder; parts come in the order in which they were sent, and may come again from the first one of their file.
     *
     * @throws Problem if it cannot be written
     */
    public static void take(byte[] part, Path folder) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(part))) {
            Path file = folder.resolve(in.readUTF()).normalize();
            if (!file.startsWith(folder)) throw new IOException("A file would lie outside of its folder: " + file);
            long offset = in.readLong();
            boolean isLast = in.readBoolean();
            Files.createDirectories(file.getParent());
            Path beside = file.resolveSibling("." + file.getFileName() + ".part");
            try (RandomAccessFile out = new RandomAccessFile(beside.toFile(), "rw")) {
                if (offset > out.length())
                    throw new IOException("A part of " + file + " is missing before byte " + offset);
                out.setLength(offset);
                out.seek(offset);
                out.write(in.readAllBytes());
                if (isLast) out.getChannel().force(true); // before it takes the place of a file that is whole
            }
            if (isLast) Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new Problem(
                    "A file from another machine cannot be written: " + failure.getMessage() + ".",
                    folder.toString(),
                    "make room on the disk and allow writing there",
                    failure);
        }
    }
}
