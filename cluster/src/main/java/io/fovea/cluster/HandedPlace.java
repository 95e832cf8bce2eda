package io.fovea.cluster;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
     * Hands out a file, or all files of a folder, as they are now.
     *
     * @param number no other place's of the application
     */
    static HandedPlace of(Path place, int number, SparkContext spark) {
        boolean isFolder = Files.isDirectory(place);
        Path folder = isFolder ? place : place.getParent();
        String address = spark.env().rpcEnv().fileServer().addDirectory("/fovea-" + number, folder.toFile());
        try (Stream<Path> found = isFolder ? Files.walk(place) : Stream.of(place)) {
            List<Entry> files = new ArrayList<>();
            for (Path file : found.filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .collect(Collectors.toList())) {
                String name = folder.relativize(file).toString();
                files.add(new Entry(name, HandedFile.of(file.toFile(), address + encoded("/" + name))));
            }
            return new HandedPlace(place.toString(), files);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String encoded(String path) {
        try {
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Returns where it lies on this machine.
     *
     * @throws IOException if it is not here, and the driver does not hand it out
     */
    String here() throws IOException {
        if (files.stream().allMatch(entry -> entry.file().isHere()) && new File(path).exists()) return path;
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
