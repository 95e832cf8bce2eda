package io.fovea.source;

import io.fovea.dataset.FileFailure;
import io.fovea.dataset.Split;
import io.fovea.file.RawName;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The idx and CIFAR files of a folder, wherever they lie in it: which they are, for which part, and each once, however often and in
 * whatever spelling or compression it is there.
 */
public final class DataFiles {

    private static final String COMPRESSED = "(\\.gz)?";
    private static final Pattern IDX_IMAGES = Pattern.compile("(?i)(?!\\.).*idx3[^.]*(\\.ubyte)?" + COMPRESSED);
    private static final Pattern IDX_LABELS = Pattern.compile("(?i)(?!\\.).*idx1[^.]*(\\.ubyte)?" + COMPRESSED);
    private static final Pattern CIFAR = Pattern.compile("(?i)(?!\\.)(?!.*label)(.*[-_. ])?"
            + "(data_batch_?\\d+|test_batch|train|training|val|valid|validation|test|testing)([-_. (].*)?\\.bin"
            + COMPRESSED);
    private static final Pattern COPY = Pattern.compile("(?i)( ?\\(\\d+\\)| - copy)(?=\\.|$)");

    /** Sets of data files are few files; a folder of more is one of pictures. */
    private static final int MOST_FILES = 64;

    private static final int DEEPEST = 3;

    private DataFiles() {}

    /** Returns whether a file's name is that of idx pictures. */
    public static boolean isIdxImages(String name) {
        return IDX_IMAGES.matcher(name).matches();
    }

    /** Returns whether a file's name is that of idx labels. */
    public static boolean isIdxLabels(String name) {
        return IDX_LABELS.matcher(name).matches();
    }

    /** Returns whether a file's name is that of pictures of CIFAR's binary version. */
    static boolean isCifar(String name) {
        return CIFAR.matcher(name).matches();
    }

    /** Returns whether a file name is one of idx or CIFAR, as an archive may hold them. */
    static boolean isDataFile(String name) {
        return isIdxImages(name) || isIdxLabels(name) || isCifar(name) || CifarImporter.isClassNamesFile(name);
    }

    /**
     * Returns the format of the data files in a folder, if there are any: directly in it, or in small folders without pictures below it.
     * Does not walk through folders of many files.
     */
    public static Optional<SourceFormat> format(Path folder) throws IOException {
        Set<SourceFormat> found = new LinkedHashSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) found.addAll(format(SourceName.of(entry), entry));
        }
        if (found.isEmpty() && !below(folder, 1, found)) return Optional.empty();
        if (found.contains(SourceFormat.IDX)) return Optional.of(SourceFormat.IDX);
        return found.stream().findFirst();
    }

    private static Set<SourceFormat> format(String name, Path file) {
        boolean idx = isIdxImages(name);
        if (!idx && !isCifar(name) || !Files.isRegularFile(file)) return Set.of();
        return Set.of(idx ? SourceFormat.IDX : SourceFormat.CIFAR);
    }

    /** Returns whether there are data files below a folder, and no pictures, as far as it looks. */
    private static boolean below(Path folder, int depth, Set<SourceFormat> found) throws IOException {
        List<Path> folders = new ArrayList<>();
        int files = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = SourceName.of(entry);
                if (UnseenFiles.isUnseen(name)) continue;
                if (PictureName.isPicture(name) || ++files > MOST_FILES) return false;
                found.addAll(format(name, entry));
                if (depth < DEEPEST && Files.isDirectory(entry)) folders.add(entry);
            }
        }
        for (Path each : folders) if (!below(each, depth + 1, found)) return false;
        return !found.isEmpty() || depth > 1;
    }

    /**
     * Returns the files of a kind in a folder and below it, each once.
     *
     * @param kind       says of a name whether it is wanted
     * @param passedOver is told which copies were not counted
     * @throws Problem if two files claim to be the same and differ
     */
    public static List<Path> distinct(Path root, Predicate<String> kind, List<PassedOver> passedOver)
            throws IOException {
        Map<String, List<Path>> copies = new LinkedHashMap<>();
        for (String path : FolderImporter.paths(root)) {
            Path file = RawName.below(root, path);
            if (!kind.test(SourceName.of(file)) || !Files.isRegularFile(file)) continue;
            copies.computeIfAbsent(identity(root, file), each -> new ArrayList<>())
                    .add(file);
        }
        List<Path> distinct = new ArrayList<>();
        for (List<Path> same : copies.values()) {
            distinct.add(same.getFirst());
            if (same.size() > 1) passedOver.add(countedOnce(root, same));
        }
        return distinct;
    }

    /** Returns what to say of the pictures that lie beside data files, which are used instead. */
    public static List<PassedOver> picturesBeside(Path root) {
        List<String> paths = FolderImporter.paths(root);
        long pictures = paths.stream().filter(PictureName::isPicture).count();
        List<String> unread = paths.stream()
                .filter(path -> !isDataFile(path.substring(path.lastIndexOf('/') + 1)))
                .filter(path -> UnreadFiles.described(path).isPresent())
                .toList();
        List<PassedOver> beside = new ArrayList<>(UnreadFiles.described(unread, SourceName.of(root)));
        if (pictures > 0) beside.add(picturesBeside(pictures, SourceName.of(root)));
        return beside;
    }

    /** Returns what to say of {@code pictures} beside data files. */
    public static PassedOver picturesBeside(long pictures, String source) {
        return new PassedOver(
                (pictures == 1 ? "1 picture of " + source + " lies" : pictures + " pictures of " + source + " lie")
                        + " beside idx or CIFAR files, which are used instead",
                "");
    }

    /** What tells a file from those that are no copies of it: its part and the words of its name that say more than that. */
    private static String identity(Path root, Path file) {
        String name = COPY.matcher(SourceName.of(file)).replaceAll("");
        if (isCifar(name))
            return part(root, file) + " " + name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        return part(root, file) + " " + set(file);
    }

    /** Returns the words of an idx file's name that say neither part nor content: {@code emnist digits}. */
    static String set(Path file) {
        return PartName.rest(COPY.matcher(SourceName.of(file)).replaceAll(""), Set.of("idx", "ubyte", "patterns"));
    }

    private static PassedOver countedOnce(Path root, List<Path> copies) throws IOException {
        Path first = copies.getFirst();
        String content = hash(first);
        for (Path copy : copies) {
            if (copy.equals(first) || hash(copy).equals(content)) continue;
            throw new Problem(
                    "Two files are called as if they were the same, and differ: " + root.relativize(first) + " and "
                            + root.relativize(copy) + ".",
                    root.toString(),
                    "remove one of them, or give the files that count as sources");
        }
        return new PassedOver(
                SourceName.of(first) + " is there " + copies.size() + " times with the same content, and counts once",
                "");
    }

    /** The content without its compression. */
    static String hash(Path file) throws IOException {
        try (InputStream in = Decompression.open(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) digest.update(buffer, 0, read);
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw FileFailure.unreadable(file, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /**
     * Returns the split that the name of a data file means; training if it says nothing.
     *
     * @throws Problem if it names several
     */
    static Split part(Path file) {
        return named(file).orElse(Split.TRAINING);
    }

    /** Returns the split that the name of a data file means, or else the nearest folder within the source. */
    static Split part(Path root, Path file) {
        for (Path at = file; !at.equals(root); at = at.getParent()) {
            Optional<Split> named = named(at);
            if (named.isPresent()) return named.get();
        }
        return Split.TRAINING;
    }

    private static Optional<Split> named(Path file) {
        Set<Split> mentioned = PartName.mentioned(SourceName.of(file));
        if (mentioned.size() > 1)
            throw new Problem(
                    "The name says several parts: " + mentioned + ".",
                    file.toString(),
                    "give the file with its part: train=FILE, val=FILE or test=FILE");
        return mentioned.stream().findFirst();
    }

    /** Refuses a role for a folder of files that are of several parts. */
    static void refuseSeveralParts(Source source, List<Path> files) {
        if (source.role() == SourceRole.DETECTED || files.size() < 2) return;
        Set<Split> parts = new LinkedHashSet<>();
        for (Path file : files) parts.add(part(source.path(), file));
        if (parts.size() < 2) return;
        throw new Problem(
                "The source is given for " + source.role().word() + ", but has files for " + parts + ".",
                source.path().toString(),
                "give the source without a role, or give one of its files");
    }
}
