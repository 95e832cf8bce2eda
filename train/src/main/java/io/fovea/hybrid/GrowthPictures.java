package io.fovea.hybrid;

import io.fovea.dataset.PreparedDataset;
import io.fovea.dataset.PreparedPicture;
import io.fovea.dataset.Split;
import io.fovea.image.Preprocessing;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Pictures of all classes of a model that grows.
 *
 * @param old        those of the classes that it knows
 * @param classes    that it is to learn
 * @param added      their pictures, some of them to judge by ({@link Split#TEST})
 * @param classNames of all classes, the old ones first
 */
record GrowthPictures(OldPictures old, List<NewClass> classes, List<PreparedPicture> added, List<String> classNames) {

    /** Returns all that may be learned from, old ones first. */
    List<PreparedPicture> training() {
        return Stream.concat(old.training().stream(), added(Split.TRAINING).stream())
                .toList();
    }

    /** Returns all that judge, old ones first. */
    List<PreparedPicture> judged() {
        return Stream.concat(old.judged().stream(), added(Split.TEST).stream()).toList();
    }

    private List<PreparedPicture> added(Split split) {
        return added.stream().filter(picture -> picture.split() == split).toList();
    }

    /** Returns those of one new class that may be learned from. */
    List<PreparedPicture> learned(NewClass of) {
        int label = classNames.size() - classes.size() + classes.indexOf(of);
        return added(Split.TRAINING).stream()
                .filter(picture -> picture.label() == label)
                .toList();
    }

    /** Returns how many pictures to learn from the smallest class has. */
    int fewest() {
        int[] counts = new int[classNames.size()];
        for (PreparedPicture picture : training()) counts[picture.label()]++;
        return Arrays.stream(counts).filter(count -> count > 0).min().orElse(1);
    }

    /** Returns a sentence for each new class whose pictures are, pixel for pixel, pictures of an old one. */
    List<String> remarks() {
        Map<ByteBuffer, Integer> known = new HashMap<>();
        for (List<PreparedPicture> some : List.of(old.training(), old.judged()))
            for (PreparedPicture picture : some) known.put(key(picture), picture.label());
        List<String> remarks = new ArrayList<>();
        for (int c = classNames.size() - classes.size(); c < classNames.size(); c++) {
            int[] counts = new int[classNames.size()];
            for (PreparedPicture picture : added) {
                Integer label = known.get(key(picture));
                if (picture.label() == c && label != null) counts[label]++;
            }
            for (int other = 0; other < counts.length; other++) {
                if (counts[other] == 0) continue;
                remarks.add(counts[other] + " pictures of \"" + classNames.get(c) + "\" are known already as \""
                        + classNames.get(other) + "\", pixel for pixel.");
            }
        }
        return remarks;
    }

    private static ByteBuffer key(PreparedPicture picture) {
        return ByteBuffer.wrap(picture.pixels().values());
    }

    /**
     * Writes a dataset of all of them, so that the next class can be added, or a model be made anew.
     *
     * @param folder its own folder, which must not exist
     */
    void write(Preprocessing preprocessing, Path folder, long seed) {
        List<String> sources = new ArrayList<>(old.sources());
        for (NewClass each : classes)
            sources.add(each.folder().toAbsolutePath().normalize().toString());
        new PreparedDataset(
                        folder.getFileName().toString(),
                        classNames,
                        OldPictures.preparation(preprocessing),
                        sources,
                        seed,
                        List.of("Made of \"" + old.name() + "\" when classes were added to a model."))
                .write(Stream.concat(training().stream(), judged().stream()), folder);
    }
}
