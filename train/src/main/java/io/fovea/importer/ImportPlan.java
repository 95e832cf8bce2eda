package io.fovea.importer;

import io.fovea.dataset.Split;
import io.fovea.dataset.SplitMix;
import io.fovea.list.ClassOrder;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.source.ListedPicture;
import io.fovea.source.PassedOver;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which of the listed pictures are taken, for which split and under which label; decided before any picture is read.
 *
 * <p>Draws of a class depend only on (seed, class name, the class's pictures), so another class more or less changes nothing.
 */
final class ImportPlan {

    private static final byte LEFT_OUT = -1;
    private static final int CLASSES_TO_NAME = 10;
    private static final int CLASSES_TO_REPORT = 3;

    private final List<String> classNames;
    private final List<String> remarks;
    private final int[] labels;
    private final byte[] splits;

    private ImportPlan(List<String> classNames, List<String> remarks, int[] labels, byte[] splits) {
        this.classNames = classNames;
        this.remarks = remarks;
        this.labels = labels;
        this.splits = splits;
    }

    /**
     * Plans an import.
     *
     * @param pictures  of all sources, one after the other
     * @param numbered  the class names by label if a source numbers them; else empty
     * @param passedOver what the sources have besides
     * @param leftOut   classes that are not wanted, because an attempt showed too few readable pictures
     * @param sources   how problems name the place
     */
    static ImportPlan of(
            List<ListedPicture> pictures,
            List<String> numbered,
            List<PassedOver> passedOver,
            ImportSettings settings,
            Set<String> leftOut,
            String sources) {
        Map<String, int[]> byClass = positionsByClass(pictures);
        refuseAmbiguousNames(byClass.keySet(), sources);
        boolean hasTraining = pictures.stream().anyMatch(picture -> picture.part() == Split.TRAINING);
        List<String> remarks = new ArrayList<>();
        List<String> classNames = new ArrayList<>(numbered);
        Set<String> known = Set.copyOf(numbered);
        for (Map.Entry<String, int[]> entry : byClass.entrySet()) {
            String name = entry.getKey();
            if (!numbered.isEmpty() && !known.contains(name)) throw unknownClass(name, numbered, sources);
            int[] counted = hasTraining ? inPart(pictures, entry.getValue(), Split.TRAINING) : entry.getValue();
            if (counted.length == 0 && numbered.isEmpty()) throw onlyOutsideTraining(name, pictures, sources);
            boolean tooFew = counted.length < settings.minimumPerClass();
            if (tooFew) remarks.add(tooFew(name, counted.length, settings.minimumPerClass(), numbered.isEmpty()));
            if (numbered.isEmpty() && !tooFew && !leftOut.contains(name)) classNames.add(name);
        }
        if (numbered.isEmpty()) classNames = ClassOrder.sorted(classNames);
        else withoutPictures(numbered, byClass.keySet()).ifPresent(remarks::add);
        refuseTooFewClasses(
                hasTraining || pictures.isEmpty() ? 2 : 1, classNames, byClass, passedOver, remarks, sources);
        remarks.addAll(unusedShares(pictures, settings.splits()));
        int[] labels = new int[pictures.size()];
        byte[] splits = new byte[pictures.size()];
        Arrays.fill(splits, LEFT_OUT);
        Division division = new Division(pictures, settings, splits);
        for (int label = 0; label < classNames.size(); label++) {
            int[] positions = byClass.getOrDefault(classNames.get(label), new int[0]);
            for (int position : positions) labels[position] = label;
            division.divide(classNames.get(label), positions);
        }
        return new ImportPlan(List.copyOf(classNames), remarks, labels, splits);
    }

    /** Plans the import of a regression: all pictures are divided as those of one class are. */
    static ImportPlan ofTargets(List<ListedPicture> pictures, ImportSettings settings) {
        return ofMasks(pictures, List.of(), settings);
    }

    /** Plans the import of pictures with masks, likewise; {@code classNames} are those of their pixels. */
    static ImportPlan ofMasks(List<ListedPicture> pictures, List<String> classNames, ImportSettings settings) {
        byte[] splits = new byte[pictures.size()];
        new Division(pictures, settings, splits)
                .divide("", IntStream.range(0, pictures.size()).toArray());
        return new ImportPlan(classNames, unusedShares(pictures, settings.splits()), new int[pictures.size()], splits);
    }

    List<String> classNames() {
        return classNames;
    }

    List<String> remarks() {
        return remarks;
    }

    /** Returns how many pictures were listed. */
    int size() {
        return splits.length;
    }

    boolean isTaken(int position) {
        return splits[position] != LEFT_OUT;
    }

    int label(int position) {
        return labels[position];
    }

    Split split(int position) {
        return Split.values()[splits[position]];
    }

    /** Returns how many classes must have pictures: two to learn from, one to judge a model on. */
    int leastClasses() {
        return count(Split.TRAINING) > 0 ? 2 : 1;
    }

    /** Returns how many pictures are taken for a split. */
    int count(Split split) {
        int count = 0;
        for (byte each : splits) if (each == split.ordinal()) count++;
        return count;
    }

    private static Map<String, int[]> positionsByClass(List<ListedPicture> pictures) {
        Map<String, Integer> counts = new HashMap<>();
        for (ListedPicture picture : pictures) counts.merge(picture.className(), 1, Integer::sum);
        Map<String, int[]> positions = new TreeMap<>();
        counts.forEach((name, count) -> positions.put(name, new int[count]));
        Map<String, Integer> filled = new HashMap<>();
        for (int i = 0; i < pictures.size(); i++) {
            String name = pictures.get(i).className();
            positions.get(name)[filled.merge(name, 1, Integer::sum) - 1] = i;
        }
        return positions;
    }

    private static int[] inPart(List<ListedPicture> pictures, int[] positions, Split part) {
        return Arrays.stream(positions)
                .filter(i -> pictures.get(i).part() == part)
                .toArray();
    }

    private static void refuseAmbiguousNames(Set<String> names, String sources) {
        Map<String, String> seen = new LinkedHashMap<>();
        for (String name : names) {
            String other = seen.put(ClassOrder.identity(name), name);
            if (other != null) {
                throw new Problem(
                        "The classes \"" + other + "\" and \"" + name + "\" "
                                + (ClassOrder.isWhole(name)
                                        ? "are the same number."
                                        : other.equalsIgnoreCase(name)
                                                ? "differ only in upper and lower case."
                                                : "differ only in how their accents are written."),
                        sources,
                        "put their pictures together, or give one of them another name");
            }
        }
    }

    /** Nothing is learned of one class; but a model that knows several can be judged on pictures of one. */
    private static void refuseTooFewClasses(
            int least,
            List<String> classNames,
            Map<String, int[]> byClass,
            List<PassedOver> passedOver,
            List<String> remarks,
            String sources) {
        Set<String> present = new LinkedHashSet<>(classNames);
        present.retainAll(byClass.keySet());
        if (present.size() >= least) return;
        String found =
                present.isEmpty() ? "none" : "only \"" + present.iterator().next() + "\"";
        List<String> besides = new ArrayList<>(remarks.subList(0, Math.min(CLASSES_TO_REPORT, remarks.size())));
        if (remarks.size() > CLASSES_TO_REPORT)
            besides.add("And so on for " + (remarks.size() - CLASSES_TO_REPORT) + " more.");
        String missing = "Expected pictures of at least " + (least == 1 ? "one class" : "two classes") + ", found "
                + found + "." + (besides.isEmpty() ? "" : " " + String.join(" ", besides));
        String advice = PassedOver.advice(passedOver)
                + (remarks.isEmpty() ? "" : "give fewer pictures as the minimum (--min-per-class); or ");
        throw new Problem(
                PassedOver.after(missing, passedOver),
                sources,
                advice
                        + "give every class a folder of its own (SOURCE/<class>/picture.jpg), with enough pictures in"
                        + " it");
    }

    private static Optional<String> withoutPictures(List<String> numbered, Set<String> present) {
        List<String> empty =
                numbered.stream().filter(name -> !present.contains(name)).toList();
        if (empty.isEmpty()) return Optional.empty();
        return Optional.of(empty.size() + " of " + numbered.size() + " classes have no picture: "
                + String.join(", ", empty.subList(0, Math.min(CLASSES_TO_NAME, empty.size())))
                + (empty.size() > CLASSES_TO_NAME ? ", …" : "") + ".");
    }

    private static List<String> unusedShares(List<ListedPicture> pictures, SplitSettings splits) {
        List<String> remarks = new ArrayList<>();
        unusedShare(pictures, splits, Split.VALIDATION, splits.validationPercent(), "for validation", "--validation")
                .ifPresent(remarks::add);
        unusedShare(pictures, splits, Split.TEST, splits.testPercent(), "for the test", "--test")
                .ifPresent(remarks::add);
        return remarks;
    }

    private static Optional<String> unusedShare(
            List<ListedPicture> pictures, SplitSettings splits, Split part, double percent, String use, String option) {
        if (percent == 0 || !splits.asked().contains(part) || !isGiven(pictures, part)) return Optional.empty();
        return Optional.of("The pictures " + use + " come from the source as they are, so " + option + " "
                + new BigDecimal(String.valueOf(percent)).stripTrailingZeros().toPlainString()
                + " was not used: give each of its folders as train=FOLDER to divide all pictures anew.");
    }

    private static boolean isGiven(List<ListedPicture> pictures, Split part) {
        return pictures.stream().anyMatch(picture -> picture.part() == part);
    }

    private static Problem unknownClass(String name, List<String> numbered, String sources) {
        return new Problem(
                "The class \"" + name + "\" is not among the " + numbered.size() + " given class names.",
                sources,
                Nearest.to(name, numbered)
                        .map(nearest -> "did you mean \"" + nearest + "\"?")
                        .orElse("add it to the class names, or leave its pictures out"));
    }

    private static Problem onlyOutsideTraining(String name, List<ListedPicture> pictures, String sources) {
        Set<String> trained = new LinkedHashSet<>();
        for (ListedPicture picture : pictures) if (picture.part() == Split.TRAINING) trained.add(picture.className());
        return new Problem(
                "The class \"" + name + "\" has pictures for validation or test, but none for training.",
                sources,
                Nearest.to(name, trained)
                        .map(nearest -> "did you mean \"" + nearest + "\"?")
                        .orElse("add training pictures of it, or leave it out"));
    }

    private static String tooFew(String name, int count, int minimum, boolean dropped) {
        return "Class \"" + name + "\" has " + count + " of at least " + minimum + " pictures"
                + (dropped ? " and was left out." : "; it stays, because its label is numbered by the source.");
    }

    /** Divides the pictures of one class after another between the splits. */
    private static final class Division {

        private final List<ListedPicture> pictures;
        private final ImportSettings settings;
        private final byte[] splits;
        private final double validationPercent;
        private final double testPercent;

        Division(List<ListedPicture> pictures, ImportSettings settings, byte[] splits) {
            this.pictures = pictures;
            this.settings = settings;
            this.splits = splits;
            this.validationPercent =
                    isGiven(pictures, Split.VALIDATION) ? 0 : settings.splits().validationPercent();
            this.testPercent =
                    isGiven(pictures, Split.TEST) ? 0 : settings.splits().testPercent();
        }

        void divide(String className, int[] positions) {
            for (int i : positions) splits[i] = (byte) pictures.get(i).part().ordinal();
            int[] pool = inPart(pictures, positions, Split.TRAINING);
            switch (settings.splits().order()) {
                case RANDOM -> shuffle(pool, className);
                case BLOCK -> pool = byName(pool);
            }
            int count = Math.min(pool.length, settings.maximumPerClass().orElse(pool.length));
            int validation = (int) Math.round(count * validationPercent / 100);
            int test = (int) Math.round(count * testPercent / 100);
            // Rounding up twice must not leave a class without training pictures.
            while (count > 0 && validation + test >= count) {
                if (validation >= test) validation--;
                else test--;
            }
            // A block is the end: training, validation, test in the order of names.
            int turned = settings.splits().order() == SplitOrder.BLOCK ? validation + test : 0;
            for (int i = 0; i < pool.length; i++) {
                int place = i < count ? (i + turned) % count : i;
                if (i >= count) splits[pool[i]] = LEFT_OUT;
                else if (place < validation) splits[pool[i]] = (byte) Split.VALIDATION.ordinal();
                else if (place < validation + test) splits[pool[i]] = (byte) Split.TEST.ordinal();
            }
        }

        private int[] byName(int[] positions) {
            return Arrays.stream(positions)
                    .boxed()
                    .sorted(Comparator.comparing((Integer i) -> pictures.get(i).source(), new NameOrder()))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }

        private void shuffle(int[] positions, String className) {
            SplitMix random = new SplitMix(0);
            random.restart(settings.seed(), className.hashCode(), positions.length);
            for (int i = positions.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int position = positions[i];
                positions[i] = positions[j];
                positions[j] = position;
            }
        }
    }
}
