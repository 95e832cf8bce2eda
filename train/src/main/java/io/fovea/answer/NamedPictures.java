package io.fovea.answer;

import io.fovea.file.RawName;
import io.fovea.problem.Problem;
import io.fovea.source.PictureName;
import io.fovea.source.UnseenFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The pictures that words name: files as they are, and of folders all pictures at any depth, in the order of their paths.
 *
 * <p>A picture of a folder is told by its name's ending. What systems and storage boxes put beside pictures is unseen, as in an import.
 *
 * @param pictures files, and words that name nothing
 * @param remarks  what was passed over in folders
 */
public record NamedPictures(List<Path> pictures, List<String> remarks) {

    /**
     * Lists.
     *
     * @throws Problem if a folder cannot be read, or has no picture
     */
    public static NamedPictures of(List<Path> words) {
        List<Path> pictures = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        for (Path word : words) {
            if (Files.isDirectory(word)) addFolder(word, pictures, remarks);
            else pictures.add(word);
        }
        return new NamedPictures(List.copyOf(pictures), List.copyOf(remarks));
    }

    /**
     * Returns the file that a word means, whatever the character set that its name was written in.
     *
     * @throws Problem if there is none
     */
    public static Path file(Path named) {
        if (Files.isRegularFile(named)) return named;
        Path picture = RawName.meant(named.toString()).orElse(named);
        if (Files.isRegularFile(picture)) return picture;
        if (!RawName.isText(picture))
            throw new Problem(
                    "The name \"" + picture + "\" is not UTF-8, and it is not clear which file it means.",
                    picture.toAbsolutePath().normalize().toString(),
                    "rename it, for example: convmv -f latin1 -t utf8 --notest FILE");
        throw new Problem(
                "There is no picture \"" + picture + "\".",
                picture.toAbsolutePath().normalize().toString(),
                "check the path");
    }

    private static void addFolder(Path folder, List<Path> pictures, List<String> remarks) {
        List<Path> found = new ArrayList<>();
        List<Path> others = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes) {
                    boolean unseen = !below.equals(folder) && isUnseen(below);
                    return unseen ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!isUnseen(file)) (isPicture(file) ? found : others).add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            throw new Problem(
                    "The folder cannot be read: " + unreadable.getMessage() + ".",
                    folder.toString(),
                    "check its permissions",
                    unreadable);
        }
        if (found.isEmpty()) {
            throw new Problem(
                    "There is no picture in the folder" + (others.isEmpty() ? "" : ", only " + files(others)) + ".",
                    folder.toString(),
                    "name a folder with JPEG, PNG, BMP, GIF, WebP, TIFF or PPM files, or the files themselves");
        }
        if (!others.isEmpty())
            remarks.add(files(others) + " of " + folder + " are no pictures by their names and were passed over.");
        pictures.addAll(found.stream().sorted().toList());
    }

    private static String files(List<Path> others) {
        Path example = others.stream().sorted().findFirst().orElseThrow();
        return String.format(
                Locale.ROOT, "%,d file%s (%s …)", others.size(), others.size() == 1 ? "" : "s", example.getFileName());
    }

    private static boolean isUnseen(Path path) {
        return UnseenFiles.isUnseen(path.getFileName().toString());
    }

    private static boolean isPicture(Path file) {
        return PictureName.isPicture(file.getFileName().toString());
    }
}
