package io.fovea.dataset;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Finds pictures that lie in several splits, pixel for pixel: they make a model look better than it is. For one thread.
 *
 * <p>Eight bytes of each SHA-256 are kept; among a million pictures two different ones share them with a chance of 3·10⁻⁸.
 */
final class SharedPictures {

    private final Map<Split, long[]> beginnings = new EnumMap<>(Split.class);
    private final Map<Split, Integer> counts = new EnumMap<>(Split.class);

    SharedPictures() {
        for (Split split : Split.values()) {
            beginnings.put(split, new long[1024]);
            counts.put(split, 0);
        }
    }

    void add(Split split, byte[] hash) {
        int count = counts.merge(split, 1, Integer::sum);
        long[] values = beginnings.get(split);
        if (count > values.length) {
            values = Arrays.copyOf(values, 2 * values.length);
            beginnings.put(split, values);
        }
        values[count - 1] = ByteBuffer.wrap(hash).getLong();
    }

    /** Returns a sentence for each pair of splits that share pictures. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        for (Split one : Split.values()) {
            long[] sorted = values(one);
            Arrays.sort(sorted);
            for (Split other : Split.values()) {
                if (other.compareTo(one) <= 0) continue;
                long shared = Arrays.stream(values(other))
                        .filter(value -> Arrays.binarySearch(sorted, value) >= 0)
                        .count();
                if (shared > 0)
                    remarks.add(shared + " pictures of " + other + " are also in " + one + ", pixel for pixel.");
            }
        }
        return remarks;
    }

    private long[] values(Split split) {
        return Arrays.copyOf(beginnings.get(split), counts.get(split));
    }
}
