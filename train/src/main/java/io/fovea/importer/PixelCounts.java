package io.fovea.importer;

import io.fovea.dataset.Split;
import io.fovea.task.Segmentation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts the labelled pixels of each class as masks pass, and tells masks that have none. For one thread. */
final class PixelCounts {

    private static final int MOST_TO_NAME = 3;

    private final MaskClasses classes;
    private final Map<Split, long[]> counts = new EnumMap<>(Split.class);
    private final List<String> leftOut = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();

    PixelCounts(MaskClasses classes) {
        this.classes = classes;
        for (Split split : Split.values())
            counts.put(split, new long[classes.names().size()]);
    }

    /** Counts a mask; returns whether its picture is of use: for training only if a pixel has a class. */
    boolean takes(Split split, String source, byte[] mask) {
        long[] own = new long[Segmentation.UNLABELLED + 1];
        for (byte index : mask) own[index & 0xff]++;
        if (own[Segmentation.UNLABELLED] == mask.length) (split == Split.TRAINING ? leftOut : kept).add(source);
        long[] sums = counts.get(split);
        for (int label = 0; label < sums.length; label++) sums[label] += own[label];
        return own[Segmentation.UNLABELLED] < mask.length || split != Split.TRAINING;
    }

    Map<Split, List<Long>> perClass() {
        Map<Split, List<Long>> perClass = new EnumMap<>(Split.class);
        counts.forEach((split, values) ->
                perClass.put(split, Arrays.stream(values).boxed().toList()));
        return perClass;
    }

    /** Returns what there is to say of classes without pixels and pictures without labelled ones. */
    List<String> remarks() {
        long[] all = new long[classes.names().size()];
        counts.values().forEach(values -> Arrays.setAll(all, label -> all[label] + values[label]));
        List<String> remarks = new ArrayList<>(classes.withoutPixels(all));
        if (!leftOut.isEmpty()) remarks.add(some(leftOut) + " without any labelled pixel: left out of training.");
        if (!kept.isEmpty())
            remarks.add(some(kept) + " without any labelled pixel, outside training: nothing is judged there.");
        return remarks;
    }

    private static String some(List<String> sources) {
        return sources.size() + (sources.size() == 1 ? " picture" : " pictures") + " ("
                + String.join(", ", sources.subList(0, Math.min(MOST_TO_NAME, sources.size())))
                + (sources.size() > MOST_TO_NAME ? ", …" : "") + ")";
    }
}
