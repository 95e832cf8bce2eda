package io.fovea.source;

import io.fovea.dataset.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pictures whose names state a point, {@code xy_X_Y_id.jpg}, as JetBot's road following names them: in one folder, or in folders
 * for parts.
 *
 * @param pictures  one for each picture
 * @param positions for each picture its position among the given paths
 * @param passedOver what is not used
 */
public record NamedPoints(List<ListedPicture> pictures, List<Integer> positions, List<PassedOver> passedOver) {

    /** The two numbers of such a name. */
    static final List<TargetColumn> COLUMNS = List.of(TargetColumn.of("x"), TargetColumn.of("y"));

    private static final Pattern NAME = Pattern.compile("xy_(-?\\d+(?:\\.\\d+)?)_(-?\\d+(?:\\.\\d+)?)(?:_.*)?\\.[^.]+");

    /** Returns how the two numbers are called. */
    public static List<String> names() {
        return COLUMNS.stream().map(TargetColumn::name).toList();
    }

    /** Lays out the paths of one source, as {@link ClassFolders#of} does for classes. */
    static NamedPoints of(List<String> paths, Source source, Split otherwise) {
        Map<String, Split> folders = FolderLayout.partFolders(PictureFolder.of(paths), source);
        String name = SourceName.of(source.path());
        List<ListedPicture> pictures = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        List<String> others = new ArrayList<>();
        int unnamed = 0;
        for (int i = 0; i < paths.size(); i++) {
            String path = paths.get(i);
            if (!PictureName.isPicture(path)) {
                if (UnreadFiles.described(path).isPresent()) others.add(path);
                continue;
            }
            Optional<Split> part = folders.isEmpty()
                    ? Optional.of(source.role().split().orElse(otherwise))
                    : Optional.ofNullable(folders.get(PictureFolder.above(path)));
            Optional<double[]> point = point(path);
            if (part.isEmpty() || point.isEmpty()) {
                unnamed++;
                continue;
            }
            String place = name + "/" + path;
            pictures.add(ListedPicture.of(place, part.get(), point.get(), place));
            positions.add(i);
        }
        List<PassedOver> passedOver = new ArrayList<>(UnreadFiles.described(others, name));
        if (unnamed > 0)
            passedOver.add(new PassedOver(
                    unnamed == 1
                            ? "1 picture of " + name + " states no point by its name and was passed over"
                            : unnamed + " pictures of " + name + " state no point by their names and were passed over",
                    ""));
        return new NamedPoints(pictures, positions, passedOver);
    }

    /** Returns whether all pictures state a point, and lie where only such pictures lie: in one folder, or in those of parts. */
    public static boolean areAll(List<String> paths) {
        boolean any = false;
        for (String path : paths) {
            if (!PictureName.isPicture(path)) continue;
            if (point(path).isEmpty()) return false;
            any = true;
        }
        if (!any) return false;
        PictureFolder top = FolderLayout.unwrapped(PictureFolder.of(paths));
        Map<PictureFolder, Split> parts = FolderLayout.parts(top);
        if (parts.isEmpty()) return top.folders().isEmpty();
        return top.pictures() == 0
                && parts.size() == top.folders().size()
                && parts.keySet().stream()
                        .allMatch(part ->
                                FolderLayout.innermost(part, Set.of()).folders().isEmpty());
    }

    private static Optional<double[]> point(String path) {
        Matcher name = NAME.matcher(path.substring(path.lastIndexOf('/') + 1));
        if (!name.matches()) return Optional.empty();
        return Optional.of(new double[] {Double.parseDouble(name.group(1)), Double.parseDouble(name.group(2))});
    }
}
