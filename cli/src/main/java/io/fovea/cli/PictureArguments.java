package io.fovea.cli;

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
 * The pictures that words of a command name: files as they are, and of folders all pictures at any depth, in the order of their paths.
 *
 * <p>A picture of a folder is told by its name's ending. What systems and storage boxes put beside pictures is unseen, as in an import.
 *
 * @param pictures files, and words that name nothing
 * @param remarks  what was passed over in folders
 */
record PictureArguments(List<Path> pictures, List<String> remarks) {

    /**
     * Lists.
     *
     * @throws Problem if a folder cannot be read, or has no picture
     */
    static PictureArguments of(List<Path> words) {
        List<Path> pictures = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        for (Path word : words) {
            if (Files.isDirectory(word)) addFolder(word, pictures, remarks);
            else pictures.add(word);
        }
        return new PictureArguments(List.copyOf(pictures), List.copyOf(remarks));
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
