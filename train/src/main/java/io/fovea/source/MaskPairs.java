package io.fovea.source;

import io.fovea.dataset.Split;
import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The pictures of a folder and their masks.
 *
 * <p>A file below a folder whose name has a word for masks is one; if there is no such folder, a file whose own name has. A mask belongs to the picture that
 * lies and is called alike when words that only say picture or mask, and endings, are left out: {@code train/pictures/a.jpg} and {@code train/masks/a.png},
 * {@code images/train/a.jpg} and {@code labels/train/a.png}, {@code a.jpg} and {@code a_mask.png}.
 *
 * @param pictures   one for each picture with a mask
 * @param positions  for each its position among the given paths
 * @param masks      for each the position of its mask
 * @param passedOver pictures without masks, and masks without pictures
 */
record MaskPairs(
        List<ListedPicture> pictures, List<Integer> positions, List<Integer> masks, List<PassedOver> passedOver) {

    private static final int MOST_TO_NAME = 3;

    /**
     * Finds the pairs of one source.
     *
     * @param paths     relative to the source, with {@code /} between the names
     * @param source    whose role overrides what the folders say
     * @param otherwise the part of pictures whose folders say none
     * @throws Problem if there is no pair
     */
    static MaskPairs of(List<String> paths, Source source, Split otherwise) {
        List<Integer> pictures = new ArrayList<>();
        List<Integer> masks = new ArrayList<>();
        boolean byFolder = paths.stream()
                .anyMatch(path -> PictureName.isPicture(path) && MaskFolders.areMasks(PictureFolder.above(path)));
        for (int i = 0; i < paths.size(); i++) {
            String path = paths.get(i);
            if (!PictureName.isPicture(path)) continue;
            boolean isMask = MaskFolders.areMasks(byFolder ? PictureFolder.above(path) : fileName(path));
            (isMask ? masks : pictures).add(i);
        }
        Map<String, Integer> alike = byKey(paths, masks, MaskPairs::stem, source);
        UnaryOperator<String> name = MaskPairs::stem;
        if (pairs(paths, pictures, alike, name) * 2 < pictures.size()) {
            Map<String, Integer> loosely = byKey(paths, masks, MaskFolders::name, source);
            if (pairs(paths, pictures, loosely, MaskFolders::name) > pairs(paths, pictures, alike, name)) {
                alike = loosely;
                name = MaskFolders::name;
            }
        }
        return paired(paths, pictures, masks, alike, name, source, otherwise);
    }

    private static MaskPairs paired(
            List<String> paths,
            List<Integer> pictures,
            List<Integer> masks,
            Map<String, Integer> alike,
            UnaryOperator<String> name,
            Source source,
            Split otherwise) {
        String root = SourceName.of(source.path());
        List<ListedPicture> listed = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        List<Integer> ofMasks = new ArrayList<>();
        List<String> without = new ArrayList<>();
        Map<String, Integer> left = new TreeMap<>(alike);
        for (int position : pictures) {
            String path = paths.get(position);
            Integer mask = left.remove(key(path, name));
            if (mask == null) {
                without.add(path);
                continue;
            }
            Split part = source.role().split().orElseGet(() -> part(path).orElse(otherwise));
            listed.add(new ListedPicture(root + "/" + path, "", part));
            positions.add(position);
            ofMasks.add(mask);
        }
        if (listed.isEmpty()) throw noPair(pictures.size(), masks.size(), source);
        List<PassedOver> passedOver = new ArrayList<>();
        speakOf(without, "pictures of " + root + " have no mask", passedOver);
        speakOf(left.values().stream().map(paths::get).toList(), "masks of " + root + " have no picture", passedOver);
        return new MaskPairs(listed, positions, ofMasks, passedOver);
    }

    private static void speakOf(List<String> paths, String what, List<PassedOver> passedOver) {
        if (paths.isEmpty()) return;
        String some = paths.stream().limit(MOST_TO_NAME).collect(Collectors.joining(", "));
        passedOver.add(new PassedOver(
                paths.size() + " " + what + ": " + some + (paths.size() > MOST_TO_NAME ? ", …" : ""), ""));
    }

    private static Map<String, Integer> byKey(
            List<String> paths, List<Integer> masks, UnaryOperator<String> name, Source source) {
        Map<String, Integer> byKey = new TreeMap<>();
        for (int mask : masks) {
            Integer other = byKey.put(key(paths.get(mask), name), mask);
            if (other != null && name.apply(paths.get(mask)).equals(stem(paths.get(mask))))
                throw new Problem(
                        "Two masks belong to one picture: " + paths.get(other) + " and " + paths.get(mask) + ".",
                        source.path().toString(),
                        "leave one of them out, or give the folder that holds only the right ones");
        }
        return byKey;
    }

    private static long pairs(
            List<String> paths, List<Integer> pictures, Map<String, Integer> masks, UnaryOperator<String> name) {
        return pictures.stream()
                .filter(picture -> masks.containsKey(key(paths.get(picture), name)))
                .count();
    }

    /** Returns what a picture and its mask have in common: their folders without words that only say which of the two it is, and their name. */
    private static String key(String path, UnaryOperator<String> name) {
        String folders = Arrays.stream(PictureFolder.above(path).split("/"))
                .map(MaskPairs::withoutRole)
                .filter(folder -> !folder.isEmpty())
                .collect(Collectors.joining("/"));
        return folders + "/" + name.apply(path);
    }

    private static String withoutRole(String folder) {
        return PartName.words(folder).stream()
                .filter(word -> !MaskFolders.isRole(word))
                .collect(Collectors.joining(" "));
    }

    private static Optional<Split> part(String path) {
        return Arrays.stream(PictureFolder.above(path).split("/"))
                .map(MaskPairs::withoutRole)
                .flatMap(folder -> PartName.whole(folder).stream())
                .findFirst();
    }

    private static String stem(String path) {
        String file = fileName(path);
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static Problem noPair(int pictures, int masks, Source source) {
        String found = masks == 0
                ? pictures + " pictures and no folder of masks"
                : pictures + " pictures and " + masks + " masks, of which no two are called alike";
        return new Problem(
                "Expected pictures and their masks, found " + found + ".",
                source.path().toString(),
                "put pictures into a folder called pictures and their masks into one called masks beside it, each mask"
                        + " called as its picture is: pictures/a.jpg and masks/a.png; both within train, val and test"
                        + " if there are parts");
    }
}
