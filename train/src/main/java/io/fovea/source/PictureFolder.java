package io.fovea.source;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A folder of a source that has pictures in it or below it. Grows while the paths are read; for one thread. */
final class PictureFolder {

    private final String path;
    private final Map<String, PictureFolder> folders = new TreeMap<>();
    private int pictures;

    private PictureFolder(String path) {
        this.path = path;
    }

    /** Returns the topmost folder of paths, which have {@code /} between the names; those that are no pictures' are left out. */
    static PictureFolder of(Collection<String> paths) {
        PictureFolder root = new PictureFolder("");
        Map<String, PictureFolder> known = new HashMap<>(Map.of("", root));
        for (String path : paths) {
            if (PictureName.isPicture(path))
                known.computeIfAbsent(above(path), folder -> root.below(folder)).pictures++;
        }
        return root;
    }

    /** Returns the folder of a path; empty for the topmost. */
    static String above(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private PictureFolder below(String folder) {
        PictureFolder at = this;
        for (String name : folder.split("/")) {
            String child = at.path.isEmpty() ? name : at.path + "/" + name;
            at = at.folders.computeIfAbsent(name, each -> new PictureFolder(child));
        }
        return at;
    }

    /** Returns the path from the topmost folder; empty for that itself. */
    String path() {
        return path;
    }

    /** Returns the last name of the path. */
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns how many pictures lie directly in it. */
    int pictures() {
        return pictures;
    }

    /** Returns how many pictures lie in it and below it. */
    int allPictures() {
        return pictures
                + folders.values().stream().mapToInt(PictureFolder::allPictures).sum();
    }

    /** Returns the folders in it, by name. */
    Map<String, PictureFolder> folders() {
        return folders;
    }

    /** Returns whether it has only a single folder, and that one no pictures but in folders of its own. */
    boolean isWrapping() {
        return pictures == 0 && folders.size() == 1 && only().pictures == 0;
    }

    /** Returns its first folder. */
    PictureFolder only() {
        return folders.values().iterator().next();
    }
}
