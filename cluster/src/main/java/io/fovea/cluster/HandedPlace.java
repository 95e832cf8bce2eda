package io.fovea.cluster;

import io.fovea.problem.Problem;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;

/**
 * A file or folder of the driver that processes on any machine read: where it lies if the machine has the same there, such as on storage that all share,
 * else fetched from the driver once for all processes of the machine.
 *
 * @param path  on the driver
 * @param files that it is made of
 */
record HandedPlace(String path, List<Entry> files) implements Serializable {

    /** Copies. */
    HandedPlace {
        files = List.copyOf(files);
    }

    /**
     * A file.
     *
     * @param name below the folder; of a file that is handed out by itself, the file's own
     */
    record Entry(String name, HandedFile file) implements Serializable {}

    /**
     * Hands out a file, or all files of a folder, as they are now: these and nothing else, for whoever reaches the driver's port can ask for what it hands
     * out.
     *
     * @param links a folder for links, which the driver hands out by their names; no other place's
     * @throws Problem if there is no file
     */
    static HandedPlace of(Path place, Path links, SparkContext spark) {
        List<Entry> files = new ArrayList<>();
        try {
            Path real = place.toRealPath(); // a walk does not follow a link that it begins with
            boolean isFolder = Files.isDirectory(real);
            try (Stream<Path> found = Files.walk(real)) {
                for (Path file : found.filter(Files::isRegularFile).sorted().collect(Collectors.toList())) {
                    String name = isFolder
                            ? real.relativize(file).toString()
                            : place.getFileName().toString();
                    File shown = (isFolder ? place.resolve(name) : place).toFile();
                    Path link = links.resolve(links.getFileName() + "-" + files.size());
                    Files.createSymbolicLink(link, file);
                    String address = spark.env().rpcEnv().fileServer().addFile(link.toFile());
                    files.add(new Entry(name, HandedFile.of(shown, address)));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        if (!files.isEmpty()) return new HandedPlace(place.toString(), files);
        throw new Problem(
                "There is no file that could be sent to the machines of the cluster.",
                place.toString(),
                "make what should be here anew");
    }

    /**
     * Returns where it lies on this machine.
     *
     * @throws IOException if it is not here, and the driver does not hand it out
     */
    String here() throws IOException {
        if (files.stream().allMatch(entry -> entry.file().isHere())) return path;
        String identity = files.stream()
                .map(entry -> entry.name() + " " + entry.file().size() + " "
                        + entry.file().modified())
                .collect(Collectors.joining("\n"));
        Path fetched = FetchedFolder.of(FetchedFolder.name(path + "\n" + identity), folder -> {
            for (Entry entry : files) entry.file().fetch(folder.resolve(entry.name()));
        });
        boolean isFile = files.size() == 1 && files.get(0).file().path().equals(path);
        return (isFile ? fetched.resolve(files.get(0).name()) : fetched).toString();
    }
}
