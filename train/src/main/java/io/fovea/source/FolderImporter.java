package io.fovea.source;

import io.fovea.dataset.FileFailure;
import io.fovea.dataset.Split;
import io.fovea.file.RawName;
import io.fovea.file.TextFile;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Lists pictures in class folders, following links but never around a loop. */
public final class FolderImporter {

    private FolderImporter() {}

    /**
     * Lists pictures in class folders.
     *
     * @param otherwise the part of pictures whose folders say none
     */
    public static SourceListing list(Source source, Split otherwise) {
        Path root = source.path();
        List<String> paths = paths(root);
        ClassFolders folders = ClassFolders.of(paths, source, otherwise);
        List<String> lists = ListsBeside.inFolder(root, paths);
        return new SourceListing(
                folders.pictures(),
                List.of(),
                List.of(),
                folders.passedOver(lists, () -> ListsBeside.inFolder(root, paths, lists), SourceName.of(root)),
                List.of(),
                reading(root, paths, folders.positions()));
    }

    /** Returns what to give as the sources to have the lists in a folder used; none if no list lies in it, or it is no folder. */
    public static List<Source> lists(Path root) {
        if (!Files.isDirectory(root)) return List.of();
        List<String> paths = paths(root);
        List<String> lists = ListsBeside.inFolder(root, paths);
        return lists.isEmpty()
                ? List.of()
                : ListsBeside.inFolder(root, paths, lists).instead();
    }

    /** Lists pictures whose names state a point. */
    public static SourceListing listPoints(Source source, Split otherwise) {
        Path root = source.path();
        List<String> paths = paths(root);
        NamedPoints points = NamedPoints.of(paths, source, otherwise);
        return new SourceListing(
                points.pictures(),
                List.of(),
                NamedPoints.COLUMNS,
                points.passedOver(),
                List.of(),
                reading(root, paths, points.positions()));
    }

    /** Files in the topmost folder that name the classes of masks, in the order of their numbers. */
    private static final List<String> CLASS_NAMES =
            List.of("classes.txt", "class_names.txt", "labels.txt", "names.txt", "codes.txt");

    /** Lists pictures with a mask for each. */
    public static SourceListing listMasks(Source source, Split otherwise, Optional<Charset> namesEncoding) {
        Path root = source.path();
        List<String> paths = paths(root);
        MaskPairs pairs = MaskPairs.of(paths, source, otherwise);
        Optional<String> names = CLASS_NAMES.stream().filter(paths::contains).findFirst();
        List<String> classes = names.map(name ->
                        ClassNamesFile.read(root.resolve(name), namesEncoding).names())
                .orElse(List.of());
        List<PassedOver> passedOver = new ArrayList<>(pairs.passedOver());
        passedOver.addAll(UnreadFiles.described(
                paths.stream()
                        .filter(path -> !PictureName.isPicture(path) && !names.equals(Optional.of(path)))
                        .toList(),
                SourceName.of(root)));
        PictureReading masks = reading(root, paths, pairs.masks());
        PictureReading pictures = (wanted, receiver) -> {
            for (int i = 0; i < pairs.positions().size(); i++) {
                if (!wanted.test(i)) continue;
                receiver.receive(
                        i,
                        new PictureContent.Masked(
                                onDisk(root, paths.get(pairs.positions().get(i))),
                                onDisk(root, paths.get(pairs.masks().get(i)))));
            }
        };
        return new SourceListing(
                pairs.pictures(), classes, List.of(), Optional.of(masks), passedOver, List.of(), pictures);
    }

    private static PictureContent onDisk(Path root, String path) {
        return new PictureContent.OnDisk(RawName.below(root, path));
    }

    private static PictureReading reading(Path root, List<String> paths, List<Integer> positions) {
        return (wanted, receiver) -> {
            for (int i = 0; i < positions.size(); i++) {
                if (!wanted.test(i)) continue;
                receiver.receive(i, onDisk(root, paths.get(positions.get(i))));
            }
        };
    }

    /** Returns the names of the files in a folder, without those below it, sorted. */
    public static List<String> files(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile)
                    .map(RawName::shown)
                    .filter(name -> !UnseenFiles.isUnseen(name))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw FileFailure.unreadable(folder, e);
        }
    }

    /** Returns the files below a folder, unseen ones left out, sorted, with {@code /} between the names. */
    public static List<String> paths(Path root) {
        List<String> paths = new ArrayList<>();
        try {
            Files.walkFileTree(
                    root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                            if (!isSeen(folder)) return FileVisitResult.SKIP_SUBTREE;
                            if (!folder.equals(root)) refuseUnreadableName(folder);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                            // A link that leads nowhere is kept: reading it says what is wrong. Pipes and devices would
                            // never end.
                            if (isSeen(file) && (attributes.isRegularFile() || attributes.isSymbolicLink()))
                                paths.add(relative(file));
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                            if (failure instanceof FileSystemLoopException) return FileVisitResult.CONTINUE;
                            throw failure;
                        }

                        private boolean isSeen(Path path) {
                            return path.equals(root)
                                    || !UnseenFiles.isUnseen(path.getFileName().toString());
                        }

                        private String relative(Path file) {
                            return StreamSupport.stream(root.relativize(file).spliterator(), false)
                                    .map(RawName::shown)
                                    .collect(Collectors.joining("/"));
                        }
                    });
        } catch (IOException e) {
            throw FileFailure.unreadable(root, e);
        }
        paths.sort(null);
        return paths;
    }

    /** A file is read whatever its name is; a folder's name may become that of a class, and then it must be text. */
    private static void refuseUnreadableName(Path folder) {
        if (RawName.isText(folder.getFileName())
                || TextFile.decoded(RawName.of(folder), StandardCharsets.UTF_8).isPresent()) return;
        throw new Problem(
                "The name of the folder \"" + RawName.shown(folder) + "\" is not UTF-8.",
                String.valueOf(folder.getParent()),
                "rename it, for example: convmv -f latin1 -t utf8 -r --notest " + folder.getParent());
    }
}
