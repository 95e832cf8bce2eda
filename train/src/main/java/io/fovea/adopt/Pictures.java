package io.fovea.adopt;

import io.fovea.source.PictureName;
import java.nio.file.Path;
import java.util.List;

/** Pictures of a project, as the importer takes them. */
final class Pictures {

    private Pictures() {}

    /** Returns the folder above the folders of classes; none where pictures do not lie in at least two folders of their own. */
    static List<String> folder(ProjectFiles files) {
        List<Path> folders = files.files().stream()
                .filter(file -> PictureName.isPicture(file.getFileName().toString()))
                .map(Path::getParent)
                .distinct()
                .toList();
        if (folders.size() < 2) return List.of();
        Path above = folders.getFirst();
        while (above != null && !isAbove(above, folders)) above = above.getParent();
        return above == null ? List.of() : List.of(above.toString());
    }

    private static boolean isAbove(Path above, List<Path> folders) {
        return folders.stream().allMatch(folder -> folder.startsWith(above) && !folder.equals(above));
    }
}
