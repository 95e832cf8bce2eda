package io.fovea.importer;

import io.fovea.problem.Problem;
import io.fovea.task.Segmentation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which class each value of the masks stands for.
 *
 * <p>With names, the values are 0, 1, 2 … in their order. Without, every value up to the largest is a class, called by its number. Masks of exactly two values,
 * 0 and the largest that 8 or 16 bits hold, have two classes. Else 255 says that nothing is known, as do the values that were declared.
 *
 * @param names   the classes in their order
 * @param indices by value, the class index or {@link Segmentation#UNLABELLED}
 * @param remarks what there is to say
 */
record MaskClasses(List<String> names, byte[] indices, List<String> remarks) {

    private static final int VALUES = 1 << 16;
    private static final int MOST_TO_NAME = 5;
    private static final Set<Integer> WHITE = Set.of(255, 65535);

    /**
     * Decides.
     *
     * @param named   the names that a file gives; or empty
     * @param ignored the values that were declared to say nothing
     * @throws Problem if a value is neither a class nor declared, or there are fewer than two classes
     */
    static MaskClasses of(MaskSurvey survey, List<String> named, Set<Integer> ignored) {
        int[] values = survey.values().filter(value -> !ignored.contains(value)).toArray();
        refuseLossy(survey);
        byte[] indices = new byte[VALUES];
        Arrays.fill(indices, (byte) Segmentation.UNLABELLED);
        boolean blackAndWhite = values.length == 2 && values[0] == 0 && WHITE.contains(values[1]);
        if (blackAndWhite && (named.isEmpty() || named.size() == 2)) {
            indices[0] = 0;
            indices[values[1]] = 1;
            List<String> names = named.isEmpty() ? List.of("0", String.valueOf(values[1])) : named;
            return new MaskClasses(
                    names,
                    indices,
                    List.of("The masks have the values 0 and " + values[1] + ", which are the classes \"" + names.get(0)
                            + "\" and \"" + names.get(1) + "\"."));
        }
        int[] classes = IntStream.of(values)
                .filter(value -> value != Segmentation.UNLABELLED)
                .toArray();
        List<String> names = named.isEmpty() ? numbers(classes) : named;
        for (int value : classes) if (value >= names.size()) throw unknown(value, names, named, survey);
        if (names.size() < 2 || names.size() > Segmentation.UNLABELLED) throw tooFew(classes, survey);
        for (int index = 0; index < names.size(); index++) if (!ignored.contains(index)) indices[index] = (byte) index;
        return new MaskClasses(names, indices, List.of());
    }

    /** Returns sentences about classes without pixels. */
    List<String> withoutPixels(long[] pixels) {
        List<String> empty = new ArrayList<>();
        for (int label = 0; label < names.size(); label++) if (pixels[label] == 0) empty.add(names.get(label));
        if (empty.isEmpty()) return List.of();
        return List.of(empty.size() + " of " + names.size() + " classes "
                + (empty.size() == 1 ? "has" : "have") + " no pixel: "
                + String.join(", ", empty.subList(0, Math.min(MOST_TO_NAME, empty.size())))
                + (empty.size() > MOST_TO_NAME ? ", …" : "") + ".");
    }

    private static List<String> numbers(int[] classes) {
        int largest = Arrays.stream(classes).max().orElse(-1);
        return IntStream.rangeClosed(0, Math.min(largest, Segmentation.UNLABELLED - 1))
                .mapToObj(Integer::toString)
                .toList();
    }

    private static void refuseLossy(MaskSurvey survey) {
        if (survey.lossy().isEmpty()) return;
        int[] between =
                survey.lossyValues().filter(value -> value != 0 && value != 255).toArray();
        if (between.length == 0) return;
        throw new Problem(
                "The masks are JPEG, which changes numbers at the edges of classes: values " + listed(between)
                        + " are between those that were written.",
                survey.lossy().get(),
                "write the masks as PNG from where they were made; a JPEG cannot be mended");
    }

    private static Problem unknown(int value, List<String> names, List<String> named, MaskSurvey survey) {
        if (named.isEmpty())
            return new Problem(
                    "Expected masks of at most " + Segmentation.UNLABELLED + " classes, found the value " + value + ".",
                    survey.where(value),
                    "give --ignore " + value + " if it says that nothing is known; else number the classes 0, 1, 2 …");
        return new Problem(
                "Expected the values 0 to " + (names.size() - 1) + ", the " + names.size() + " named classes, found "
                        + value + ".",
                survey.where(value),
                "give --ignore " + value + " if it says that nothing is known there, or name its class");
    }

    private static Problem tooFew(int[] classes, MaskSurvey survey) {
        String found = classes.length == 0 ? "none" : "only the value " + listed(classes);
        return new Problem(
                "Expected masks of 2 to " + Segmentation.UNLABELLED + " classes, found " + found + ".",
                classes.length == 0 ? survey.place() : survey.where(classes[0]),
                "check that these are the right masks: their values are 0, 1, 2 … and 255 where nothing is known");
    }

    private static String listed(int[] values) {
        String some = IntStream.of(values)
                .limit(MOST_TO_NAME)
                .mapToObj(Integer::toString)
                .reduce((one, two) -> one + ", " + two)
                .orElse("");
        return some + (values.length > MOST_TO_NAME ? " …" : "");
    }
}
