package io.fovea.intake;

import io.fovea.problem.Problem;
import io.fovea.source.PictureName;
import io.fovea.source.UnseenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Folders to choose sources from, as REST answers with them: only what may be read is ever listed. */
public final class OpenFolders {

    private static final int MOST_ENTRIES = 1_000;

    private final List<Path> roots;
    private final Predicate<Path> open;

    /**
     * Lists some folders and what is in them.
     *
     * @param roots that whoever started the server named, and the workspace
     * @param open  whether what a path leads to lies in one of them
     */
    public OpenFolders(List<Path> roots, Predicate<Path> open) {
        this.roots = List.copyOf(roots);
        this.open = open;
    }

    /** Returns the folders that can be begun with. */
    public Map<String, Object> begin() {
        List<Map<String, Object>> entries = roots.stream()
                .filter(Files::isDirectory)
                .map(root -> entry(root, root.toString()))
                .toList();
        return Map.of("entries", entries, "left", 0, "pictures", 0);
    }

    /**
     * Returns the folders of a folder, its archives and lists, and how many pictures lie in it.
     *
     * @throws Problem if it cannot be read
     */
    public Map<String, Object> list(Path folder) {
        Path place = folder.toAbsolutePath().normalize();
        List<Map<String, Object>> entries = new ArrayList<>();
        int pictures = 0;
        int left = 0;
        try (Stream<Path> all = Files.list(place)) {
            for (Path path : all.sorted().toList()) {
                String name = path.getFileName().toString();
                if (UnseenFiles.isUnseen(name) || !open.test(path)) continue;
                if (PictureName.isPicture(name)) {
                    pictures++;
                    continue;
                }
                if (!Files.isDirectory(path) && !maySource(name)) continue;
                if (entries.size() < MOST_ENTRIES) entries.add(entry(path, name));
                else left++;
            }
        } catch (IOException failure) {
            throw new Problem(
                    "The folder cannot be read: " + failure.getMessage() + ".",
                    place.toString(),
                    "check the path",
                    failure);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", place.toString());
        Path above = place.getParent();
        if (above != null && open.test(above)) json.put("parent", above.toString());
        json.put("entries", entries);
        json.put("left", left);
        json.put("pictures", pictures);
        return json;
    }

    private static Map<String, Object> entry(Path path, String name) {
        return Map.of("name", name, "path", path.toString(), "kind", Files.isDirectory(path) ? "folder" : "file");
    }

    private static boolean maySource(String name) {
        return name.toLowerCase(Locale.ROOT)
                .matches(".*(\\.zip|\\.tar|\\.tgz|\\.gz|\\.csv|\\.tsv|\\.txt|\\.bin|ubyte)");
    }
}
