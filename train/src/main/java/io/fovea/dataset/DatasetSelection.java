package io.fovea.dataset;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Which pictures of a dataset make up the training and validation splits of a view on it; the test split stays as it is. Immutable.
 *
 * @param training   in their order
 * @param validation in their order
 */
public record DatasetSelection(List<Example> training, List<Example> validation) {

    /**
     * A picture of the whole dataset.
     *
     * @param split where it is there
     * @param index its number there
     */
    public record Example(Split split, int index) {
        /** Checks. */
        public Example {
            Objects.requireNonNull(split, "split");
            if (split == Split.TEST) throw new IllegalArgumentException("Test pictures are not for training");
            if (index < 0) throw new IllegalArgumentException("index must not be negative: " + index);
        }
    }

    /** Copies. */
    public DatasetSelection {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
    }

    /**
     * Returns the views of a k-fold cross-validation: every training and validation picture of the dataset is validated on in one of them and
     * trained on in all others. Each class is spread over the folds as evenly as its number allows.
     *
     * <p>Source: Kohavi 1995, "A study of cross-validation and bootstrap", section 2.2 (stratified).
     *
     * @param count k, at least 2 and at most the number of pictures
     * @param seed  of who is in which fold
     * @throws IllegalArgumentException if there are not that many pictures
     */
    public static List<DatasetSelection> folds(Dataset dataset, int count, long seed) {
        List<Example> all = new ArrayList<>();
        for (Split split : List.of(Split.TRAINING, Split.VALIDATION)) {
            for (int i = 0; i < dataset.count(split); i++) all.add(new Example(split, i));
        }
        if (count < 2 || count > all.size()) {
            throw new IllegalArgumentException(
                    "folds must be 2 to " + all.size() + ", the pictures there are: " + count);
        }
        int[] fold = new int[all.size()];
        int next = 0;
        SplittableRandom random = new SplittableRandom(seed);
        for (List<Integer> ofClass : byClass(dataset, all)) {
            shuffle(ofClass, random);
            // the deal goes on where the class before ended, so that folds differ by one picture at most
            for (int position : ofClass) fold[position] = next++ % count;
        }
        List<DatasetSelection> folds = new ArrayList<>();
        for (int f = 0; f < count; f++) {
            List<Example> training = new ArrayList<>();
            List<Example> validation = new ArrayList<>();
            for (int i = 0; i < fold.length; i++) (fold[i] == f ? validation : training).add(all.get(i));
            folds.add(new DatasetSelection(training, validation));
        }
        return List.copyOf(folds);
    }

    private static List<List<Integer>> byClass(Dataset dataset, List<Example> all) {
        Map<Integer, List<Integer>> classes = new TreeMap<>();
        for (int i = 0; i < all.size(); i++) {
            int label = dataset.label(all.get(i).split(), all.get(i).index());
            classes.computeIfAbsent(label, _ -> new ArrayList<>()).add(i);
        }
        return List.copyOf(classes.values());
    }

    private static void shuffle(List<Integer> list, SplittableRandom random) {
        for (int i = list.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            Integer swapped = list.get(i);
            list.set(i, list.get(j));
            list.set(j, swapped);
        }
    }

    /** Returns the picture that is number {@code index} of a split of the view. */
    Example example(Split split, int index) {
        return (split == Split.TRAINING ? training : validation).get(index);
    }

    /** Returns the selection as bytes, to tell views apart. */
    byte[] identity() {
        ByteBuffer bytes = ByteBuffer.allocate(5 * (training.size() + validation.size()) + 1);
        for (Example example : training) put(example, bytes);
        bytes.put((byte) -1);
        for (Example example : validation) put(example, bytes);
        return bytes.array();
    }

    private static void put(Example example, ByteBuffer bytes) {
        bytes.put((byte) example.split().ordinal()).putInt(example.index());
    }
}
