package io.fovea.cluster;

import io.fovea.file.FileAddress;
import io.fovea.predict.Scoring;
import io.fovea.problem.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/**
 * The pictures that words name, listed once on the driver: files as they are, and of folders all pictures at any depth, in the order of their paths.
 *
 * <p>Files of this machine are listed and read by Java, which takes every name; others ({@code hdfs:}, {@code s3a:}) by Hadoop.
 *
 * @param pictures in their order
 * @param remarks  what was passed over in folders
 */
record PictureListing(List<PictureFile> pictures, List<String> remarks) {

    /**
     * Lists.
     *
     * @throws Problem if a word names nothing, a folder cannot be read, or has no picture
     */
    static PictureListing of(List<String> words, Scoring.Names names, Configuration hadoop) {
        List<PictureFile> pictures = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        for (String word : words) {
            Found found = new Found(names);
            boolean folder = FileAddress.isOne(word) ? remote(word, hadoop, found) : local(word, found);
            if (folder) remarks.addAll(found.remarks(word));
            found.pictures.sort(Comparator.comparing(PictureFile::name));
            pictures.addAll(found.pictures);
        }
        return new PictureListing(pictures, remarks);
    }

    /** Returns the path that a word of this machine means. */
    static Path path(String word) {
        try {
            return word.toLowerCase(Locale.ROOT).startsWith("file:") ? Path.of(URI.create(word)) : Path.of(word);
        } catch (IllegalArgumentException wrong) {
            throw new Problem("That is no path: " + wrong.getMessage() + ".", word, "write it as /folder/file", wrong);
        }
    }

    /** What a word names. */
    private static final class Found {

        private final Scoring.Names names;
        private final List<PictureFile> pictures = new ArrayList<>();
        private long others;
        private String other = "";

        Found(Scoring.Names names) {
            this.names = names;
        }

        void add(String last, String name, String location, long length) {
            if (names.unseen().test(last)) return;
            if (names.picture().test(last)) {
                pictures.add(new PictureFile(name, location, length));
                return;
            }
            if (others++ == 0 || last.compareTo(other) < 0) other = last;
        }

        private String others() {
            return String.format(Locale.ROOT, "%,d file%s (%s …)", others, others == 1 ? "" : "s", other);
        }

        List<String> remarks(String folder) {
            if (pictures.isEmpty())
                throw new Problem(
                        "There is no picture in the folder" + (others == 0 ? "" : ", only " + others()) + ".",
                        folder,
                        "name a folder with JPEG, PNG, BMP, GIF, WebP, TIFF or PPM files, or the files themselves");
            return others == 0
                    ? List.of()
                    : List.of(others() + " of " + folder + " are no pictures by their names and were passed over.");
        }
    }

    /** Returns whether it is a folder. */
    private static boolean local(String word, Found found) {
        Path named = path(word);
        try {
            if (!Files.isDirectory(named)) {
                found.pictures.add(new PictureFile(
                        named.toString(), named.toAbsolutePath().normalize().toString(), Files.size(named)));
                return false;
            }
            Files.walkFileTree(named, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean unseen = !folder.equals(named)
                            && found.names.unseen().test(folder.getFileName().toString());
                    return unseen ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    String location = file.toAbsolutePath().normalize().toString();
                    long length =
                            attributes.isSymbolicLink() && Files.exists(file) ? Files.size(file) : attributes.size();
                    found.add(file.getFileName().toString(), file.toString(), location, length);
                    return FileVisitResult.CONTINUE;
                }
            });
            return true;
        } catch (IOException failure) {
            throw Files.exists(named) ? unreadable(word, failure) : missing(word, failure);
        }
    }

    /** Returns whether it is a folder. */
    private static boolean remote(String word, Configuration hadoop, Found found) {
        Storage storage = new Storage(word, word);
        return storage.ask("The pictures cannot be listed", () -> {
            org.apache.hadoop.fs.Path named = storage.path();
            FileSystem files = storage.files(hadoop);
            FileStatus status;
            try {
                status = files.getFileStatus(named);
            } catch (FileNotFoundException failure) {
                throw missing(word, failure);
            }
            if (!status.isDirectory()) {
                found.pictures.add(new PictureFile(word, status.getPath().toString(), status.getLen()));
                return false;
            }
            remoteFolder(files, status.getPath(), found);
            return true;
        });
    }

    private static void remoteFolder(FileSystem files, org.apache.hadoop.fs.Path folder, Found found)
            throws IOException {
        for (FileStatus each : files.listStatus(folder)) {
            org.apache.hadoop.fs.Path path = each.getPath();
            if (!each.isDirectory()) found.add(path.getName(), path.toString(), path.toString(), each.getLen());
            else if (!found.names.unseen().test(path.getName())) remoteFolder(files, path, found);
        }
    }

    private static Problem missing(String word, IOException failure) {
        return new Problem("There is no picture or folder \"" + word + "\".", word, "check the path", failure);
    }

    private static Problem unreadable(String word, Exception failure) {
        return new Problem(
                "The pictures cannot be listed: " + Words.of(failure) + ".",
                word,
                "check the path and that you may read it",
                failure);
    }
}
