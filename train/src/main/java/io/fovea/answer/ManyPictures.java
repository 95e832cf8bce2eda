package io.fovea.answer;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.file.FolderBounds;
import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import io.fovea.source.PictureName;
import io.fovea.source.UnseenFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Pictures of any number, told one after the other, so that no more than the names of one folder are held at once. What cannot be found is told too, with
 * its reason, as a picture that has a problem.
 */
public sealed interface ManyPictures {

    /** Tells each picture, in an order that is always the same. */
    void each(Consumer<Told> receiver);

    /**
     * A picture, or what stands in its place.
     *
     * @param name  as its folder, list or dataset calls it
     * @param truth its class by name or number, where that is known
     */
    record Told(String name, Optional<String> truth, Content content) {}

    /** What a picture is read from. */
    sealed interface Content {

        /** A file. */
        record OnDisk(Path file) implements Content {}

        /** Pixels as a dataset holds them. */
        record Prepared(Supplier<Pixels> pixels) implements Content {}

        /** Nothing: why. */
        record Missing(String reason) implements Content {}
    }

    /** Returns how many there are; they are told once for that. */
    default long count() {
        long[] count = new long[1];
        each(_ -> count[0]++);
        return count[0];
    }

    /**
     * Pictures of a split.
     *
     * @param dataset open as long as they are told; its pictures have classes
     */
    record OfSplit(Dataset dataset, Split split) implements ManyPictures {

        @Override
        public void each(Consumer<Told> receiver) {
            boolean known = !dataset.classNames().isEmpty() && !dataset.hasMasks();
            for (int i = 0; i < dataset.count(split); i++) {
                int position = i;
                receiver.accept(new Told(
                        dataset.source(split, i),
                        known ? Optional.of(dataset.classNames().get(dataset.label(split, i))) : Optional.empty(),
                        new Content.Prepared(() -> dataset.picture(split, position))));
            }
        }

        @Override
        public long count() {
            return dataset.count(split);
        }
    }

    /**
     * Pictures of places on disk: files, folders at any depth, and lists.
     *
     * @param places     a place that ends with .txt, .csv, .tsv or .lst is a list
     * @param classNames names of folders that tell what the pictures in them truly are
     */
    record OfPlaces(List<Path> places, Set<String> classNames) implements ManyPictures {

        /** Copies, and checks that each place is there. */
        public OfPlaces {
            places = List.copyOf(places);
            classNames = Set.copyOf(classNames);
            for (Path place : places) {
                if (Files.exists(place)) continue;
                throw new Problem(
                        "There is no picture, folder or list \"" + place.getFileName() + "\".",
                        place.toString(),
                        "check the path");
            }
        }

        @Override
        public void each(Consumer<Told> receiver) {
            for (Path place : places) {
                if (Files.isDirectory(place)) folder(place, place, receiver);
                else if (isList(place)) list(place, receiver);
                else
                    receiver.accept(
                            new Told(place.getFileName().toString(), Optional.empty(), new Content.OnDisk(place)));
            }
        }

        private static boolean isList(Path place) {
            return place.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*\\.(txt|csv|tsv|lst)");
        }

        /** Links to folders are not followed: they may lead in a circle. */
        private void folder(Path root, Path folder, Consumer<Told> receiver) {
            List<Path> entries;
            try (Stream<Path> listed = Files.list(folder)) {
                entries = listed.sorted().toList();
            } catch (IOException unreadable) {
                String reason = "the folder cannot be read: " + unreadable.getMessage();
                receiver.accept(new Told(root.relativize(folder) + "/", Optional.empty(), new Content.Missing(reason)));
                return;
            }
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (UnseenFiles.isUnseen(name)) continue;
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) folder(root, entry, receiver);
                else if (PictureName.isPicture(name) && !Files.isDirectory(entry))
                    receiver.accept(new Told(
                            root.relativize(entry).toString().replace('\\', '/'),
                            truth(root, entry),
                            new Content.OnDisk(entry)));
            }
        }

        /** The nearest folder that is called as a class. */
        private Optional<String> truth(Path root, Path file) {
            for (Path folder = file.getParent(); !folder.equals(root); folder = folder.getParent()) {
                String name = folder.getFileName().toString();
                if (classNames.contains(name)) return Optional.of(name);
            }
            return Optional.empty();
        }

        private void list(Path file, Consumer<Told> receiver) {
            Path beside = file.toAbsolutePath().normalize().getParent();
            try (BufferedReader lines =
                    Files.newBufferedReader(FolderBounds.ofThisProcess().checked(file), StandardCharsets.ISO_8859_1)) {
                long number = 0;
                boolean first = true;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    number++;
                    Optional<ListLine> read = ListLine.of(decoded(line), beside);
                    if (read.isEmpty() || first && read.get().isHead()) continue;
                    first = false;
                    receiver.accept(read.get().told(file.getFileName() + ", line " + number));
                }
            } catch (IOException unreadable) {
                throw new Problem(
                        "The list cannot be read: " + unreadable.getMessage() + ".",
                        file.toString(),
                        "check its permissions",
                        unreadable);
            }
        }

        /** A line that is no UTF-8 is taken for Latin-1, as old programs wrote it, and hides no other line. */
        private static String decoded(String line) {
            byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(java.nio.ByteBuffer.wrap(bytes))
                        .toString();
            } catch (java.nio.charset.CharacterCodingException latin) {
                return line;
            }
        }
    }
}
