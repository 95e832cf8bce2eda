package io.fovea.transfer;

import java.util.List;

/**
 * Features of some pictures and what is to be said of them.
 *
 * @param copies  the pictures as they are, then augmented copies of them, each N in the same order
 * @param targets of the N pictures
 */
public record HeadExamples(List<Features> copies, HeadTargets targets) {

    /** Checks the sizes and copies the list. */
    public HeadExamples {
        copies = List.copyOf(copies);
        if (copies.isEmpty()) throw new IllegalArgumentException("The pictures themselves are missing");
        for (Features features : copies) {
            if (features.count() != targets.count()
                    || features.size() != copies.getFirst().size()) {
                throw new IllegalArgumentException("Expected features [" + targets.count() + ", "
                        + copies.getFirst().size() + "], found [" + features.count() + ", " + features.size() + "]");
            }
        }
    }

    /** Of pictures without copies. */
    public HeadExamples(Features features, HeadTargets targets) {
        this(List.of(features), targets);
    }

    /** Returns N, without copies. */
    public int count() {
        return targets.count();
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

    /** Returns the targets of all rows of {@link #stacked}. */
    HeadTargets stackedTargets() {
        int[] rows = new int[copies.size() * count()];
        for (int i = 0; i < rows.length; i++) rows[i] = i % count();
        return targets.rows(rows);
    }
}
