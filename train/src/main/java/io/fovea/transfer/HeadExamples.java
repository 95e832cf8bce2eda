package io.fovea.transfer;

import io.fovea.optimize.Targets;
import java.util.List;

/**
 * Features of some pictures and what is to be said of them.
 *
 * @param copies  the pictures as they are, then augmented copies of them, each N in the same order
 * @param targets of the N pictures: labels or numbers
 * @param outputs K, of a head
 */
public record HeadExamples(List<Features> copies, Targets targets, int outputs) {

    /** Checks the sizes and labels, and copies the list. */
    public HeadExamples {
        copies = List.copyOf(copies);
        if (copies.isEmpty()) throw new IllegalArgumentException("The pictures themselves are missing");
        int count = count(targets, outputs);
        for (Features features : copies) {
            if (features.count() != count
                    || features.size() != copies.getFirst().size()) {
                throw new IllegalArgumentException("Expected features [" + count + ", "
                        + copies.getFirst().size() + "], found [" + features.count() + ", " + features.size() + "]");
            }
        }
    }

    /** Of pictures without copies. */
    public HeadExamples(Features features, Targets targets, int outputs) {
        this(List.of(features), targets, outputs);
    }

    private static int count(Targets targets, int outputs) {
        return switch (targets) {
            case Targets.Labels(int[] labels) -> {
                for (int label : labels) {
                    if (label < 0 || label >= outputs)
                        throw new IllegalArgumentException("Label " + label + " is not in 0 … " + (outputs - 1));
                }
                yield labels.length;
            }
            case Targets.Values(float[] values) -> {
                if (values.length % outputs != 0)
                    throw new IllegalArgumentException(values.length + " values are no rows of " + outputs);
                yield values.length / outputs;
            }
            case Targets.MixedLabels _, Targets.Masks _ -> throw unfit(targets);
        };
    }

    private static IllegalArgumentException unfit(Targets targets) {
        return new IllegalArgumentException("Expected labels or numbers, found " + targets.words());
    }

    /** Returns N, without copies. */
    public int count() {
        return copies.getFirst().count();
    }

    /** Returns D. */
    public int size() {
        return copies.getFirst().size();
    }

    /** Returns all copies one below the other. */
    Features stacked() {
        if (copies.size() == 1) return copies.getFirst();
        float[] values = new float[Math.multiplyExact(copies.size() * count(), size())];
        for (int copy = 0; copy < copies.size(); copy++) {
            System.arraycopy(copies.get(copy).values(), 0, values, copy * count() * size(), count() * size());
        }
        return new Features(copies.size() * count(), size(), values);
    }

    /** Returns the rows of {@link #stacked} that belong to these pictures, copies and all. */
    int[] rowsOf(int[] pictures) {
        int[] rows = new int[pictures.length * copies.size()];
        for (int copy = 0, at = 0; copy < copies.size(); copy++) {
            for (int picture : pictures) rows[at++] = copy * count() + picture;
        }
        return rows;
    }

    /** Returns the targets of rows of {@link #stacked}, in that order. */
    Targets targetsOf(int[] rows) {
        return switch (targets) {
            case Targets.Labels(int[] labels) -> {
                int[] chosen = new int[rows.length];
                for (int i = 0; i < rows.length; i++) chosen[i] = labels[rows[i] % count()];
                yield new Targets.Labels(chosen);
            }
            case Targets.Values(float[] values) -> {
                float[] chosen = new float[rows.length * outputs];
                for (int i = 0; i < rows.length; i++)
                    System.arraycopy(values, rows[i] % count() * outputs, chosen, i * outputs, outputs);
                yield new Targets.Values(chosen);
            }
            case Targets.MixedLabels _, Targets.Masks _ -> throw unfit(targets);
        };
    }

    /** Returns the targets of all rows of {@link #stacked}. */
    Targets stackedTargets() {
        int[] rows = new int[copies.size() * count()];
        for (int i = 0; i < rows.length; i++) rows[i] = i;
        return targetsOf(rows);
    }
}
