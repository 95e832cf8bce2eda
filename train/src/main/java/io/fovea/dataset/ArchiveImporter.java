package io.fovea.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * Lists the pictures of class folders in a tar, tar.gz or zip, which is read as a stream and not unpacked.
 *
 * <p>An archive whose files all lie in one folder above the classes is read as if that folder were not there. An archive of idx
 * or CIFAR files instead of pictures has those few files unpacked.
 */
final class ArchiveImporter {

    private static final int TAR_MAGIC_AT = 257;
    private static final byte[] TAR_MAGIC = "ustar".getBytes(StandardCharsets.US_ASCII);
    private static final Set<String> TAR_ENDINGS = Set.of(".tar", ".tar.gz", ".tgz");

    private ArchiveImporter() {}

    /** Returns whether a file is a tar, tar.gz or zip. */
    static boolean isArchive(Path file) throws IOException {
        return isZip(file) || isTar(file);
    }

    /** Returns the pictures of class folders in an archive, or nothing if it holds data files instead. */
    static Optional<SourceListing> list(Source source) {
        Path archive = source.path();
        try {
            List<String> names = new ArrayList<>();
            ArchiveEntries.visit(archive, entry -> names.add(entry.isFile() || entry.isLink() ? entry.name() : ""));
            if (names.stream().anyMatch(ArchiveImporter::isDataFile)) return Optional.empty();
            List<Integer> entries = new ArrayList<>();
            List<String> paths = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                if (names.get(i).isEmpty() || isHidden(names.get(i))) continue;
                entries.add(i);
                paths.add(names.get(i));
            }
            ClassFolders folders = ClassFolders.of(withoutWrapping(paths), source.role(), SourceName.of(archive));
            int[] entryOf = folders.positions().stream().mapToInt(entries::get).toArray();
            PictureReading reading =
                    PictureReading.of(archive, (wanted, receiver) -> read(archive, entryOf, wanted, receiver));
            return Optional.of(new SourceListing(folders.pictures(), List.of(), folders.remarks(), reading));
        } catch (IOException e) {
            throw FileFailure.unreadable(archive, e);
        }
    }

    /** Unpacks the idx and CIFAR files of an archive into a folder, and returns it. */
    static Path unpackDataFiles(Source source, Path folder) throws IOException {
        ArchiveEntries.visit(source.path(), entry -> {
            String name = entry.name().substring(entry.name().lastIndexOf('/') + 1);
            if (!entry.isFile() || !isDataFile(entry.name())) return;
            try (InputStream in = entry.open();
                    OutputStream out = Files.newOutputStream(folder.resolve(name))) {
                in.transferTo(out);
            }
        });
        return folder;
    }

    private static void read(Path archive, int[] entryOf, IntPredicate wanted, PictureReading.Receiver receiver)
            throws IOException, InterruptedException {
        int[] at = {0, 0};
        ArchiveEntries.visit(archive, entry -> {
            int entryPosition = at[0]++;
            if (at[1] == entryOf.length || entryOf[at[1]] != entryPosition) return;
            int position = at[1]++;
            if (wanted.test(position)) receiver.receive(position, entry.content());
        });
        if (at[1] != entryOf.length) throw new IOException("it was changed during the import");
    }

    /** Takes single folders away from the top until there are several, or one with pictures, or one that names a part. */
    private static List<String> withoutWrapping(List<String> paths) {
        List<String> unwrapped = paths;
        while (true) {
            Set<String> tops = new TreeSet<>();
            boolean onlyDeep = true;
            for (String path : unwrapped) {
                if (!ClassFolders.isPicture(path)) continue;
                String[] names = path.split("/", 3);
                tops.add(names[0]);
                onlyDeep &= names.length == 3;
            }
            if (tops.size() != 1
                    || !onlyDeep
                    || ClassFolders.part(tops.iterator().next()).isPresent()) return unwrapped;
            String top = tops.iterator().next() + "/";
            unwrapped = unwrapped.stream()
                    .map(path -> path.startsWith(top) ? path.substring(top.length()) : path)
                    .toList();
        }
    }

    private static boolean isHidden(String path) {
        return Arrays.stream(path.split("/")).anyMatch(ClassFolders::isHidden);
    }

    private static boolean isDataFile(String path) {
        return !isHidden(path) && SourceDetection.isDataFile(path.substring(path.lastIndexOf('/') + 1));
    }

    /** Returns whether a file is a zip, by its first bytes. */
    static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] first = in.readNBytes(4);
            return first.length == 4 && first[0] == 'P' && first[1] == 'K' && (first[2] == 3 || first[2] == 5);
        }
    }

    private static boolean isTar(Path file) throws IOException {
        String name = SourceName.of(file).toLowerCase(Locale.ROOT);
        if (TAR_ENDINGS.stream().anyMatch(name::endsWith)) return true;
        byte[] header = Decompression.beginning(file, 512);
        return header.length == 512
                && Arrays.equals(header, TAR_MAGIC_AT, TAR_MAGIC_AT + TAR_MAGIC.length, TAR_MAGIC, 0, TAR_MAGIC.length);
    }
}
