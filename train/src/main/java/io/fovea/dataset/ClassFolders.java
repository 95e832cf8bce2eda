package io.fovea.dataset;

import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads classes and parts out of paths: {@code <class>/…/picture}, or {@code train|val|validation|test/<class>/…/picture}.
 *
 * <p>The top folders are parts if all of them have such names, or if there is {@code train} and one of the others; folders beside
 * them are then passed over. Anything below a class folder belongs to the class.
 *
 * @param pictures  one for each picture
 * @param positions for each picture its position among the given paths
 * @param remarks   what was passed over
 */
record ClassFolders(List<ListedPicture> pictures, List<Integer> positions, List<String> remarks) {

    private static final Map<String, Split> PARTS = Map.of(
            "train", Split.TRAINING, "val", Split.VALIDATION, "validation", Split.VALIDATION, "test", Split.TEST);

    private static final Set<String> EXTENSIONS = Set.of(
            "jpg", "jpeg", "jpe", "jfif", "png", "bmp", "gif", "webp", "tif", "tiff", "ppm", "pgm", "pbm", "pnm");

    /**
     * Lays out the paths of one source.
     *
     * @param paths relative to the source, with {@code /} between the names, hidden files already left out
     * @param role  overrides what the folders say
     * @param name  of the source, put before every path
     */
    static ClassFolders of(List<String> paths, SourceRole role, String name) {
        boolean parted = hasParts(paths);
        if (parted && role != SourceRole.DETECTED) refuseSeveralParts(paths, role, name);
        List<ListedPicture> pictures = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        int noPictures = 0;
        int outside = 0;
        for (int i = 0; i < paths.size(); i++) {
            String[] names = paths.get(i).split("/");
            int classAt = parted ? 1 : 0;
            if (!isPicture(paths.get(i))) {
                noPictures++;
            } else if (names.length <= classAt + 1 || parted && part(names[0]).isEmpty()) {
                outside++;
            } else {
                Split split = parted ? part(names[0]).orElseThrow() : Split.TRAINING;
                pictures.add(new ListedPicture(
                        name + "/" + paths.get(i), names[classAt], role.split().orElse(split)));
                positions.add(i);
            }
        }
        List<String> remarks = new ArrayList<>();
        if (noPictures > 0)
            remarks.add(noPictures + " files of " + name + " are no pictures by their names and were passed over.");
        if (outside > 0)
            remarks.add(outside + " pictures of " + name + " lie outside any class folder and were passed over.");
        return new ClassFolders(pictures, positions, remarks);
    }

    /** Returns whether a path ends like a picture's. */
    static boolean isPicture(String path) {
        return EXTENSIONS.contains(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /** Returns the split that a name such as {@code train} or {@code Val} stands for, if any. */
    static Optional<Split> part(String name) {
        return Optional.ofNullable(PARTS.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Returns whether a file is put there by an operating system or meant to be unseen. */
    static boolean isHidden(String name) {
        return name.startsWith(".")
                || name.equals("Thumbs.db")
                || name.equals("desktop.ini")
                || name.equals("__MACOSX");
    }

    /** Returns whether the top folders are parts. */
    static boolean hasParts(List<String> paths) {
        Set<String> folders = topFolders(paths);
        Set<Split> parts = new LinkedHashSet<>();
        for (String folder : folders) part(folder).ifPresent(parts::add);
        boolean all = !folders.isEmpty()
                && folders.stream().noneMatch(folder -> part(folder).isEmpty());
        return all || parts.contains(Split.TRAINING) && parts.size() > 1;
    }

    /** Refuses a role for a source of several parts. */
    static void refuseSeveralParts(List<String> paths, SourceRole role, String name) {
        List<String> parts = topFolders(paths).stream()
                .filter(folder -> !part(folder).isEmpty())
                .toList();
        if (parts.size() > 1) {
            throw new Problem(
                    "The source is given for " + role.split().orElseThrow() + ", but has the parts "
                            + String.join(", ", parts) + ".",
                    name,
                    "give the source without a role, or give one of its folders");
        }
    }

    private static Set<String> topFolders(List<String> paths) {
        Set<String> folders = new LinkedHashSet<>();
        for (String path : paths) {
            int slash = path.indexOf('/');
            if (slash > 0 && isPicture(path)) folders.add(path.substring(0, slash));
        }
        return folders;
    }
}
