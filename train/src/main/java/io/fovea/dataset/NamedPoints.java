package io.fovea.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pictures whose names state a point, {@code xy_X_Y_id.jpg}, as JetBot's road following names them: in one folder, or in folders
 * {@code train}, {@code val} or {@code validation}, and {@code test}.
 *
 * @param pictures  one for each picture
 * @param positions for each picture its position among the given paths
 * @param remarks   what was passed over
 */
record NamedPoints(List<ListedPicture> pictures, List<Integer> positions, List<String> remarks) {

    /** The two numbers of such a name. */
    static final List<TargetColumn> COLUMNS = List.of(TargetColumn.of("x"), TargetColumn.of("y"));

    private static final Pattern NAME = Pattern.compile("xy_(-?\\d+(?:\\.\\d+)?)_(-?\\d+(?:\\.\\d+)?)(?:_.*)?\\.[^.]+");

    /** Returns how the two numbers are called. */
    static List<String> names() {
        return COLUMNS.stream().map(TargetColumn::name).toList();
    }

    /** Lays out the paths of one source, as {@link ClassFolders#of} does for classes. */
    static NamedPoints of(List<String> paths, SourceRole role, String name) {
        boolean parted = ClassFolders.hasParts(paths);
        if (parted && role != SourceRole.DETECTED) ClassFolders.refuseSeveralParts(paths, role, name);
        List<ListedPicture> pictures = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        int unnamed = 0;
        for (int i = 0; i < paths.size(); i++) {
            String path = paths.get(i);
            if (!ClassFolders.isPicture(path)) continue;
            Optional<Split> part = parted ? ClassFolders.part(path.split("/")[0]) : Optional.of(Split.TRAINING);
            Optional<double[]> point = point(path);
            if (part.isEmpty() || point.isEmpty()) {
                unnamed++;
                continue;
            }
            String source = name + "/" + path;
            Split split = role.split().or(() -> part).orElseThrow();
            pictures.add(ListedPicture.of(source, split, point.get(), source));
            positions.add(i);
        }
        List<String> remarks = unnamed == 0
                ? List.of()
                : List.of(unnamed + " pictures of " + name + " state no point by their names and were passed over.");
        return new NamedPoints(pictures, positions, remarks);
    }

    /** Returns whether all pictures state a point, and lie where only such pictures lie: in no folder, or in that of a part. */
    static boolean areAll(List<String> paths) {
        boolean parted = ClassFolders.hasParts(paths);
        boolean any = false;
        for (String path : paths) {
            if (!ClassFolders.isPicture(path)) continue;
            int depth = path.split("/").length - 1;
            if (depth != (parted ? 1 : 0) || point(path).isEmpty()) return false;
            any = true;
        }
        return any;
    }

    private static Optional<double[]> point(String path) {
        Matcher name = NAME.matcher(path.substring(path.lastIndexOf('/') + 1));
        if (!name.matches()) return Optional.empty();
        return Optional.of(new double[] {Double.parseDouble(name.group(1)), Double.parseDouble(name.group(2))});
    }
}
