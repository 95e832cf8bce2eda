package io.fovea.source;

import io.fovea.dataset.FileFailure;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.file.FolderBounds;
import io.fovea.file.RawName;
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
import java.util.function.IntPredicate;
import java.util.zip.GZIPInputStream;

/**
 * Lists the pictures of class folders in a tar, tar.gz or zip, which is read as a stream and not unpacked.
 *
 * <p>An archive of idx or CIFAR files instead of pictures has those few files unpacked.
 */
public final class ArchiveImporter {

    /** Reads names of every encoding, for whoever looks at their endings only. */
    private static final SourceReading ANY_NAMES =
            new SourceReading(Optional.of(StandardCharsets.ISO_8859_1), Optional.empty(), Optional.empty());

    private static final int TAR_MAGIC_AT = 257;
    private static final byte[] TAR_MAGIC = "ustar".getBytes(StandardCharsets.US_ASCII);
    private static final Set<String> TAR_ENDINGS = Set.of(".tar", ".tar.gz", ".tgz");

    private ArchiveImporter() {}

    /** Returns whether a file is a tar, tar.gz or zip. */
    public static boolean isArchive(Path file) throws IOException {
        return isZip(file) || isTar(file);
    }

    /**
     * What an archive holds.
     *
     * @param folders   the pictures of class folders
     * @param pictures  the number of all pictures
     * @param dataFiles whether there are idx or CIFAR files
     */
    public record Contents(SourceListing folders, int pictures, boolean dataFiles) {

        /** Returns whether its idx or CIFAR files are what it is about. */
        public boolean areDataFiles() {
            return dataFiles
                    && folders.pictures().stream()
                                    .map(ListedPicture::className)
                                    .distinct()
                                    .limit(2)
                                    .count()
                            < 2;
        }
    }

    /**
     * Returns what an archive holds.
     *
     * @param otherwise the part of pictures whose folders say none
     */
    public static Contents list(Source source, Split otherwise, SourceReading reading) {
        Path archive = source.path();
        try {
            List<String> names = new ArrayList<>();
            Optional<String> remark = ArchiveEntries.visit(
                    archive, reading, entry -> names.add(entry.isFile() || entry.isLink() ? entry.name() : ""));
            List<Integer> entries = new ArrayList<>();
            List<String> paths = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                if (names.get(i).isEmpty() || UnseenFiles.isBelowUnseen(names.get(i))) continue;
                entries.add(i);
                paths.add(names.get(i));
            }
            ClassFolders folders = ClassFolders.of(paths, source, otherwise);
            int[] entryOf = folders.positions().stream().mapToInt(entries::get).toArray();
            PictureReading content =
                    PictureReading.of(archive, (wanted, receiver) -> read(archive, reading, entryOf, wanted, receiver));
            List<String> lists = ListsBeside.inArchive(paths);
            List<PassedOver> passedOver =
                    folders.passedOver(lists, () -> ListsBeside.inArchive(archive, lists), SourceName.of(archive));
            SourceListing listing = new SourceListing(
                    folders.pictures(),
                    List.of(),
                    List.of(),
                    passedOver,
                    remark.stream().toList(),
                    content);
            int pictures = (int) paths.stream().filter(PictureName::isPicture).count();
            return new Contents(listing, pictures, paths.stream().anyMatch(ArchiveImporter::holdsPictures));
        } catch (IOException e) {
            throw FileFailure.unreadable(archive, e);
        }
    }

    /** Returns the shape that idx or CIFAR files of an archive give to every picture; looks no further than the first of them, or the first picture. */
    public static Optional<Preparation> dataShape(Path archive) throws IOException {
        try {
            ArchiveEntries.<Told>visit(archive, ANY_NAMES, entry -> {
                String name = lastName(entry.name());
                if (!entry.isFile() || UnseenFiles.isBelowUnseen(entry.name())) return;
                if (PictureName.isPicture(name)) throw new Told(Optional.empty());
                if (DataFiles.isCifar(name)) throw new Told(Optional.of(CifarImporter.SHAPE));
                if (DataFiles.isIdxImages(name)) throw new Told(Optional.of(idxShape(entry, archive)));
            });
            return Optional.empty();
        } catch (Told told) {
            return told.shape;
        }
    }

    private static Preparation idxShape(ArchiveEntries.Entry entry, Path archive) throws IOException {
        boolean packed = entry.name().toLowerCase(Locale.ROOT).endsWith(".gz");
        try (InputStream in = entry.open();
                InputStream plain = packed ? new GZIPInputStream(in) : in) {
            return IdxImporter.shape(plain, archive);
        }
    }

    /** Ends a visit: the shape is known. */
    private static final class Told extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Optional<Preparation> shape;

        Told(Optional<Preparation> shape) {
            super(null, null, false, false);
            this.shape = shape;
        }
    }

    /** Unpacks the idx and CIFAR files of an archive into a folder, each to its place below it, and returns it. */
    public static Path unpackDataFiles(Source source, SourceReading reading, Path folder) throws IOException {
        ArchiveEntries.visit(source.path(), reading, entry -> {
            if (!entry.isFile() || UnseenFiles.isBelowUnseen(entry.name())) return;
            if (!DataFiles.isDataFile(lastName(entry.name()))) return;
            Path file = RawName.below(folder, entry.name());
            Files.createDirectories(file.getParent());
            try (InputStream in = entry.open();
                    OutputStream out = Files.newOutputStream(file)) {
                in.transferTo(out);
            }
        });
        return folder;
    }

    private static void read(
            Path archive, SourceReading reading, int[] entryOf, IntPredicate wanted, PictureReading.Receiver receiver)
            throws IOException, InterruptedException {
        int[] at = {0, 0};
        ArchiveEntries.visit(archive, reading, entry -> {
            int entryPosition = at[0]++;
            if (at[1] == entryOf.length || entryOf[at[1]] != entryPosition) return;
            int position = at[1]++;
            if (wanted.test(position)) receiver.receive(position, entry.content());
        });
        if (at[1] != entryOf.length) throw new IOException("it was changed during the import");
    }

    private static boolean holdsPictures(String path) {
        return DataFiles.isIdxImages(lastName(path)) || DataFiles.isCifar(lastName(path));
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns whether a file is a zip, by its first bytes. */
    static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(FolderBounds.ofThisProcess().checked(file))) {
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
