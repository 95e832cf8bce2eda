package io.fovea.importer;

import io.fovea.dataset.BrokenPicture;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.Pixels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What sources would become, seen before anything is imported: the same detection and the same plan as the import's, and a few of the pictures.
 *
 * <p>What only decoding every picture tells is not known here: broken pictures but for those that were looked at, and the classes of masks that no file
 * names.
 *
 * @param usedLists      the lists in the given folder that were looked at in its place, as the folder alone says nothing: an import must be given
 *                       them as its sources, in these words; none if the given sources themselves were looked at
 * @param lists          likewise what to give as the sources to have lists used that lie beside the pictures and were not
 * @param truth          what stands beside the pictures, as it was found or asked for; never {@link Truth.Detected}
 * @param shape          the one that the format gives to every picture, if it does
 * @param classNames     by label; none where there are numbers, and none where masks name theirs nowhere
 * @param targets        names of the numbers beside every picture; none elsewhere
 * @param countsPerClass for every split the pictures of each class; without classes of whole pictures all in one number
 * @param leftOut        pictures that the settings do not take: classes too small, more than the most per class
 * @param sizes          [height, width] of the pictures that were looked at, as they are
 * @param samples        some of them
 * @param broken         those that could not be read
 * @param remarks        what is left out or to be known, as the import will say it
 */
public record ImportLook(
        List<String> usedLists,
        List<String> lists,
        Truth truth,
        Optional<Preparation> shape,
        List<String> classNames,
        List<String> targets,
        Map<Split, List<Integer>> countsPerClass,
        int leftOut,
        List<PictureSize> sizes,
        List<Sample> samples,
        List<BrokenPicture> broken,
        List<String> remarks) {

    /** Pictures no longer than that are small: they were made for a network, and lose by being made larger. */
    private static final int LONGEST_SMALL_SIDE = 128;

    /** Copies the lists. */
    public ImportLook {
        usedLists = List.copyOf(usedLists);
        lists = List.copyOf(lists);
        classNames = List.copyOf(classNames);
        targets = List.copyOf(targets);
        countsPerClass = Map.copyOf(countsPerClass);
        sizes = List.copyOf(sizes);
        samples = List.copyOf(samples);
        broken = List.copyOf(broken);
        remarks = List.copyOf(remarks);
    }

    /** Returns the size to keep the pictures as they are, if all that were looked at are alike and small, and their format does not say it already. */
    public Optional<PictureSize> ownSize() {
        if (shape.isPresent() || sizes.isEmpty() || Set.copyOf(sizes).size() > 1) return Optional.empty();
        return Optional.of(sizes.getFirst())
                .filter(size -> Math.max(size.height(), size.width()) <= LONGEST_SMALL_SIDE);
    }

    /** A picture's height and width. */
    public record PictureSize(int height, int width) {}

    /**
     * A picture of the sources.
     *
     * @param source    where it is
     * @param className its class; empty where pictures have none
     * @param split     what it is for
     * @param picture   upright, in colour or as the format has it; larger ones made smaller in proportion
     */
    public record Sample(String source, String className, Split split, Pixels picture) {}
}
