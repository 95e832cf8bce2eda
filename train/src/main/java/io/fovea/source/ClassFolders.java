package io.fovea.source;

import io.fovea.dataset.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The pictures of a source whose folders say class and part, as {@link FolderLayout} understands them.
 *
 * @param pictures   one for each picture
 * @param positions  for each picture its position among the given paths
 * @param others     the other paths
 * @param passedOver what of the folders is not used
 */
record ClassFolders(
        List<ListedPicture> pictures, List<Integer> positions, List<String> others, List<PassedOver> passedOver) {

    private static final int MOST_TO_NAME = 20;

    /**
     * Lays out the paths of one source.
     *
     * @param paths     relative to the source, with {@code /} between the names, unseen files already left out
     * @param source    whose role overrides what the folders say, and whose name is put before every path
     * @param otherwise the part of pictures whose folders say none
     */
    static ClassFolders of(List<String> paths, Source source, Split otherwise) {
        String name = SourceName.of(source.path());
        FolderLayout layout = FolderLayout.of(PictureFolder.of(paths), source, otherwise);
        List<ListedPicture> pictures = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            String path = paths.get(i);
            if (!PictureName.isPicture(path)) {
                others.add(path);
                continue;
            }
            Optional<FolderLayout.Place> place = layout.place(PictureFolder.above(path));
            if (place.isEmpty()) continue;
            pictures.add(new ListedPicture(
                    name + "/" + path, place.get().className(), place.get().part()));
            positions.add(i);
        }
        MaskFolders.refuse(pictures, source);
        List<PassedOver> passedOver = new ArrayList<>(layout.passedOver());
        if (!pictures.isEmpty()) withoutPictures(others, layout, name).ifPresent(passedOver::add);
        return new ClassFolders(pictures, positions, others, passedOver);
    }

    /** Speaks of folders that would be classes if their files were of a format that is read. */
    private static Optional<PassedOver> withoutPictures(List<String> others, FolderLayout layout, String name) {
        Set<String> folders = new TreeSet<>();
        for (String path : others) {
            if (UnreadFiles.isPicture(path) && !isBelowClass(path, layout)) folders.add(PictureFolder.above(path));
        }
        folders.remove("");
        if (folders.isEmpty() || folders.size() > MOST_TO_NAME) return Optional.empty();
        return Optional.of(new PassedOver(
                "No picture that is read lies in " + String.join(", ", folders) + " of " + name
                        + ", which is therefore no class",
                ""));
    }

    private static boolean isBelowClass(String path, FolderLayout layout) {
        for (String folder = PictureFolder.above(path); !folder.isEmpty(); folder = PictureFolder.above(folder))
            if (layout.place(folder).isPresent()) return true;
        return false;
    }

    /**
     * Returns everything that is not used: lists, other files, and what of the folders is not.
     *
     * @param lists    among the other paths
     * @param remark   what to say of the lists, if there are any
     * @param source   the source's name
     */
    List<PassedOver> passedOver(List<String> lists, Supplier<PassedOver> remark, String source) {
        List<PassedOver> all = new ArrayList<>();
        if (!lists.isEmpty()) all.add(remark.get());
        Set<String> spoken = Set.copyOf(lists);
        all.addAll(UnreadFiles.described(
                others.stream().filter(path -> !spoken.contains(path)).toList(), source));
        all.addAll(passedOver);
        return all;
    }
}
