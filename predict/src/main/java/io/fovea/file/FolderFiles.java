package io.fovea.file;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A folder with all its files as bytes, to go from one machine to another. */
public final class FolderFiles {

    private FolderFiles() {}

    /** Returns the files below a folder; none if it is not there. */
    public static byte[] read(Path folder) {
        return read(folder, file -> true);
    }

    /** Returns those of the files below a folder that are wanted; none if it is not there. */
    public static byte[] read(Path folder, Predicate<Path> wanted) {
        recover(folder);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            List<Path> files = files(folder, wanted);
            out.writeInt(files.size());
            for (Path file : files) {
                byte[] content = Files.readAllBytes(file);
                out.writeUTF(folder.relativize(file).toString());
                out.writeInt(content.length);
                out.write(content);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    private static List<Path> files(Path folder, Predicate<Path> wanted) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(wanted)
                    .sorted()
                    .toList();
        }
    }

    /** Makes a folder of the files; what was there before is replaced as a whole. Of none comes none. By one process at a time. */
    public static void write(byte[] bytes, Path folder) {
        recover(folder);
        Path beside = hidden(folder, ".new");
        Path before = hidden(folder, ".old");
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int count = in.readInt();
            FileTree.remove(beside);
            Files.createDirectories(beside);
            for (int i = 0; i < count; i++) {
                Path file = beside.resolve(in.readUTF()).normalize();
                if (!file.startsWith(beside)) throw new IOException("A file would lie outside of its folder: " + file);
                Files.createDirectories(file.getParent());
                Files.write(file, in.readNBytes(in.readInt()));
            }
            if (Files.exists(folder)) Files.move(folder, before, StandardCopyOption.ATOMIC_MOVE);
            if (count > 0) Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
            FileTree.remove(beside);
            FileTree.remove(before);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A process that was killed between two moves has left the folder under its other name. */
    private static void recover(Path folder) {
        try {
            Path before = hidden(folder, ".old");
            if (!Files.exists(folder) && Files.exists(before))
                Files.move(before, folder, StandardCopyOption.ATOMIC_MOVE);
            FileTree.remove(before);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path hidden(Path folder, String ending) {
        return folder.resolveSibling("." + folder.getFileName() + ending);
    }
}
