package io.fovea.source;

import io.fovea.problem.Problem;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Data for segmentation: a folder of pictures beside one of their masks, which are no two classes. Their names say so, and every mask is called as
 * its picture is ({@code images/1.jpg} and {@code masks/1.png}, {@code image_1} and {@code mask_1}).
 */
final class MaskFolders {

    private static final Set<String> PICTURES = Set.of(
            "image",
            "images",
            "img",
            "imgs",
            "jpegimages",
            "picture",
            "pictures",
            "photo",
            "photos",
            "frame",
            "frames",
            "input",
            "inputs",
            "original",
            "originals",
            "raw",
            "rgb",
            "data",
            "jpg",
            "jpeg",
            "png");

    private static final Set<String> MASKS = Set.of(
            "mask",
            "masks",
            "segmentation",
            "segmentations",
            "seg",
            "segs",
            "annotation",
            "annotations",
            "annot",
            "label",
            "labels",
            "gt",
            "gts",
            "groundtruth",
            "truth",
            "target",
            "targets",
            "trimap",
            "trimaps",
            "matte",
            "mattes");

    private static final Pattern NO_NAME = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** One of so many masks at least is called as a picture is. */
    private static final int CALLED_ALIKE = 2;

    private MaskFolders() {}

    /**
     * Checks what a source was understood to hold.
     *
     * @throws Problem if some classes are pictures and their masks, unless the source's role says that its folders are classes
     */
    static void refuse(List<ListedPicture> pictures, Source source) {
        if (source.role() != SourceRole.DETECTED) return;
        Set<String> classes = pictures.stream().map(ListedPicture::className).collect(Collectors.toSet());
        List<String> masks =
                classes.stream().filter(MaskFolders::areMasks).sorted().toList();
        if (masks.isEmpty()) return;
        List<String> images =
                classes.stream().filter(MaskFolders::arePictures).sorted().toList();
        for (String image : images)
            for (String mask : masks) refuse(image, names(pictures, image), mask, names(pictures, mask), source);
    }

    private static void refuse(String image, Set<String> images, String mask, Set<String> masks, Source source) {
        Set<String> alike = new HashSet<>(masks);
        alike.retainAll(images);
        if (alike.size() * CALLED_ALIKE < masks.size()) return;
        throw new Problem(
                "\"" + image + "\" and \"" + mask + "\" look like pictures and their masks, not like two classes: "
                        + alike.size() + " of " + masks.size() + " names in \"" + mask + "\" are also in \"" + image
                        + "\", such as \"" + alike.stream().sorted().findFirst().orElseThrow() + "\".",
                source.path().toString(),
                "give --task segmentation to learn the class of every pixel; to learn what whole pictures show, put"
                    + " them without their masks into a folder for each class; if these two are classes all the same,"
                    + " give train=" + source.path() + ", or train=FOLDER val=FOLDER where it has parts");
    }

    /** Returns the names of the files of a class without endings and without the words that only say picture or mask. */
    private static Set<String> names(List<ListedPicture> pictures, String className) {
        return pictures.stream()
                .filter(picture -> picture.className().equals(className))
                .map(picture -> name(picture.source()))
                .collect(Collectors.toSet());
    }

    /** Returns what a file is called, without its ending and without the words that only say picture or mask. */
    static String name(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        String stem = (dot > 0 ? file.substring(0, dot) : file).toLowerCase(Locale.ROOT);
        return Arrays.stream(NO_NAME.split(stem))
                .filter(word -> !word.isEmpty() && !PICTURES.contains(word) && !MASKS.contains(word))
                .collect(Collectors.joining("_"));
    }

    private static boolean arePictures(String folder) {
        List<String> words = words(folder);
        return !words.isEmpty() && words.stream().allMatch(PICTURES::contains);
    }

    /** Returns whether a name has a word for masks. */
    static boolean areMasks(String folder) {
        return words(folder).stream().anyMatch(MASKS::contains);
    }

    /** Returns whether a word only says picture or mask. */
    static boolean isRole(String word) {
        return PICTURES.contains(word) || MASKS.contains(word);
    }

    /** Without those that say a part: train_images, train_masks. */
    private static List<String> words(String folder) {
        return PartName.words(folder).stream()
                .filter(word -> PartName.whole(word).isEmpty())
                .toList();
    }
}
