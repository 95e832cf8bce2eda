package io.fovea.source;

import io.fovea.dataset.FileFailure;
import io.fovea.file.FolderBounds;
import io.fovea.file.RawName;
import io.fovea.problem.Problem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Walks through the entries of an archive in their stored order, on guard against archives made to do harm.
 *
 * <p>Refused as a whole: names with {@code ..} or from the root of the disk, links that lead out of the archive, and content that
 * unpacks to more than {@value #LARGEST_EXPANSION} times the size of the archive.
 */
final class ArchiveEntries {

    /** Pictures hardly shrink in an archive; only a bomb unpacks to so many times its size. */
    static final int LARGEST_EXPANSION = 200;

    private static final long SMALL = 256L << 20;
    private static final int LARGEST_PICTURE = 1 << 29;

    private ArchiveEntries() {}

    /** One entry; its content can be read only while it is visited. */
    interface Entry {

        /** Returns the path within the archive, without a leading {@code ./}. */
        String name();

        /** Returns whether it is a file with content. */
        boolean isFile();

        /** Returns whether it is a link to another entry. */
        boolean isLink();

        /** Opens the content; the caller closes it. */
        InputStream open() throws IOException;

        /** Returns the content as a picture to come, or why there is none. */
        default PictureContent content() throws IOException {
            if (isLink())
                return new PictureContent.Unreadable("It is a link, and links within archives are not followed.");
            try (InputStream in = open()) {
                byte[] file = in.readNBytes(LARGEST_PICTURE);
                return file.length < LARGEST_PICTURE
                        ? new PictureContent.Encoded(file)
                        : new PictureContent.Unreadable("It has more than " + LARGEST_PICTURE + " bytes.");
            }
        }
    }

    /** Is shown every entry. */
    @FunctionalInterface
    interface Visitor<X extends Exception> {
        void visit(Entry entry) throws IOException, X;
    }

    /**
     * Shows every entry to {@code visitor}, in the same order every time.
     *
     * @return what is to be said about how the names were read
     */
    static <X extends Exception> Optional<String> visit(Path archive, SourceReading reading, Visitor<X> visitor)
            throws IOException, X {
        if (ArchiveImporter.isZip(archive)) return visitZip(archive, reading, visitor);
        visitTar(archive, reading, visitor);
        return Optional.empty();
    }

    private static <X extends Exception> void visitTar(Path archive, SourceReading reading, Visitor<X> visitor)
            throws IOException, X {
        Budget budget = new Budget(archive);
        try (InputStream counted = budget.count(Decompression.open(archive))) {
            visitTar(counted, archive, reading, visitor);
        }
    }

    /**
     * Shows every entry of an unpacked tar that comes as a stream, and closes it.
     *
     * @param archive how problems name it
     */
    static <X extends Exception> void visitTar(
            InputStream stream, Path archive, SourceReading reading, Visitor<X> visitor) throws IOException, X {
        try (NamedTar tar = new NamedTar(stream)) {
            for (Optional<NamedTar.Named> next = tar.next(); next.isPresent(); next = tar.next()) {
                TarArchiveEntry entry = next.get().entry();
                boolean link = entry.isSymbolicLink() || entry.isLink();
                String name = checkedName(tarName(next.get().name(), reading, archive), archive);
                // A symbolic link starts from its own folder, a hard link from the archive's root.
                if (link) checkLink(entry.isLink() ? "" : name, entry.getLinkName(), archive);
                visitor.visit(new TarEntry(name, entry.isFile() && !link, link, tar));
            }
        }
    }

    private static String tarName(byte[] raw, SourceReading reading, Path archive) {
        return RawName.text(raw, reading.namesEncoding())
                .orElseThrow(() -> unreadableName(
                        RawName.shown(raw), reading.namesEncoding().orElse(StandardCharsets.UTF_8), archive));
    }

    private record TarEntry(String name, boolean isFile, boolean isLink, InputStream tar) implements Entry {
        @Override
        public InputStream open() {
            return new FilterInputStream(tar) {
                @Override
                public void close() {
                    // The archive stays open for the entries to come.
                }
            };
        }
    }

    private static <X extends Exception> Optional<String> visitZip(
            Path archive, SourceReading reading, Visitor<X> visitor) throws IOException, X {
        Budget budget = new Budget(archive);
        try (ZipFile zip = ZipFile.builder()
                .setPath(FolderBounds.ofThisProcess().checked(archive))
                .get()) {
            List<ZipArchiveEntry> entries = Collections.list(zip.getEntriesInPhysicalOrder());
            ZipNames names = new ZipNames(archive, entries, reading.namesEncoding());
            for (ZipArchiveEntry entry : entries) {
                String name = checkedName(names.name(entry).replace('\\', '/'), archive);
                boolean link = entry.isUnixSymlink();
                if (link) checkLink(name, zip.getUnixSymlink(entry), archive);
                if (!link && !entry.isDirectory() && !zip.canReadEntryData(entry)) throw unreadableEntry(name, archive);
                visitor.visit(new ZipEntry(name, !entry.isDirectory() && !link, link, zip, entry, budget));
            }
            return names.remark();
        }
    }

    private record ZipEntry(
            String name, boolean isFile, boolean isLink, ZipFile zip, ZipArchiveEntry entry, Budget budget)
            implements Entry {
        @Override
        public InputStream open() throws IOException {
            return budget.count(zip.getInputStream(entry));
        }

        /** Entries of a zip stand alone: a damaged one is one broken picture. */
        @Override
        public PictureContent content() {
            try {
                return Entry.super.content();
            } catch (IOException e) {
                return new PictureContent.Unreadable("Cannot read the entry: " + FileFailure.reason(e) + ".");
            }
        }
    }

    private static String checkedName(String name, Path archive) {
        String path = name.startsWith("./") ? name.substring(2) : name;
        boolean absolute = path.startsWith("/") || path.matches("[A-Za-z]:.*");
        if (absolute || Arrays.asList(path.split("/")).contains("..")) throw escaping(name, archive);
        return path;
    }

    private static void checkLink(String name, String target, Path archive) {
        if (target.startsWith("/") || target.matches("[A-Za-z]:.*")) throw escaping(name + " → " + target, archive);
        int depth = name.split("/").length - 1;
        for (String step : target.split("/")) {
            if (step.equals("..")) depth--;
            else if (!step.isEmpty() && !step.equals(".")) depth++;
            if (depth < 0) throw escaping(name + " → " + target, archive);
        }
    }

    private static Problem escaping(String name, Path archive) {
        return new Problem(
                "The archive has an entry that leads out of it: \"" + name + "\".",
                archive.toString(),
                "do not trust this archive; if it is yours, pack it again from within its folder");
    }

    /** Returns the problem of a name that is no text in its encoding; it is never read as something near, for then two could become one. */
    static Problem unreadableName(String shown, Charset encoding, Path archive) {
        return new Problem(
                "The name \"" + shown + "\" is not " + encoding.name() + ".",
                archive.toString(),
                "say what the names are in, for example --names-encoding windows-1252 (or cp850, shift_jis, gbk …), or"
                        + " pack the archive again with names in UTF-8");
    }

    private static Problem unreadableEntry(String name, Path archive) {
        return new Problem(
                "The entry \"" + name + "\" is encrypted or packed in a way that cannot be read.",
                archive.toString(),
                "pack the archive again without a password, or unpack it and give the folder");
    }

    /** How many bytes an archive may still unpack to. */
    private static final class Budget {

        private final Path archive;
        private long left;

        Budget(Path archive) throws IOException {
            this.archive = archive;
            left = SMALL + LARGEST_EXPANSION * Files.size(archive);
        }

        InputStream count(InputStream stream) {
            return new FilterInputStream(stream) {
                @Override
                public int read() throws IOException {
                    int value = super.read();
                    if (value >= 0) spend(1);
                    return value;
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    int count = super.read(target, offset, length);
                    if (count > 0) spend(count);
                    return count;
                }

                @Override
                public long skip(long wanted) throws IOException {
                    long count = super.skip(wanted);
                    spend(count);
                    return count;
                }
            };
        }

        private void spend(long bytes) {
            left -= bytes;
            if (left >= 0) return;
            throw new Problem(
                    "The archive unpacks to more than " + LARGEST_EXPANSION + " times its size.",
                    archive.toString(),
                    "do not trust this archive; if it is yours, unpack it and give the folder");
        }
    }
}
