package io.fovea.importer;

import io.fovea.dataset.Split;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/**
 * Finds pictures that are there twice, pixel for pixel: in several splits, where they make a model look better than it is, in several
 * classes, of which a model can be right about one, or in several sources, such as a folder and an archive of it. For one thread.
 *
 * <p>Eight bytes of each SHA-256 are kept; among a million pictures two different ones share them with a chance of 3·10⁻⁸.
 */
final class SharedPictures {

    private final Map<Split, Seen> seen = new EnumMap<>(Split.class);

    SharedPictures() {
        for (Split split : Split.values()) seen.put(split, new Seen());
    }

    /**
     * Takes a picture.
     *
     * @param position among those that were listed
     */
    void add(Split split, int label, int position, byte[] hash) {
        seen.get(split).add(ByteBuffer.wrap(hash).getLong(), label, position);
    }

    /** Returns a sentence for each pair of splits that share pictures, one for those of several classes, and one for each pair of sources. */
    List<String> remarks(List<String> classNames, IntFunction<String> sourceOf) {
        List<String> remarks = new ArrayList<>();
        for (Split one : Split.values()) {
            long[] sorted = seen.get(one).hashes().sorted().toArray();
            for (Split other : Split.values()) {
                if (other.compareTo(one) <= 0) continue;
                long shared = seen.get(other)
                        .hashes()
                        .filter(value -> Arrays.binarySearch(sorted, value) >= 0)
                        .count();
                if (shared > 0)
                    remarks.add((shared == 1 ? "1 picture of the " : shared + " pictures of the ") + word(other)
                            + (shared == 1 ? " part is also in the " : " part are also in the ") + word(one)
                            + " part, pixel for pixel.");
            }
        }
        contradictions(classNames, sourceOf).ifPresent(remarks::add);
        remarks.addAll(betweenSources(classNames, sourceOf));
        return remarks;
    }

    /** Speaks of pictures of a source that one before it has under the same class. */
    private List<String> betweenSources(List<String> classNames, IntFunction<String> sourceOf) {
        long[] repeated = repeated();
        Map<Integer, Occurrence> inOrder = new TreeMap<>();
        for (Seen pictures : seen.values()) {
            for (int i = 0; i < pictures.count; i++) {
                long hash = pictures.hashes[i];
                if (Arrays.binarySearch(repeated, hash) < 0) continue;
                inOrder.put(pictures.positions[i], new Occurrence(hash, pictures.labels[i]));
            }
        }
        Map<Occurrence, String> first = new HashMap<>();
        Map<List<String>, Integer> counts = new LinkedHashMap<>();
        inOrder.forEach((position, picture) -> {
            String source = sourceOf.apply(position).replaceFirst("/.*", "");
            String other = first.putIfAbsent(picture, source);
            if (other != null && !other.equals(source)) counts.merge(List.of(source, other), 1, Integer::sum);
        });
        List<String> remarks = new ArrayList<>();
        counts.forEach((pair, count) -> remarks.add((count == 1 ? "1 picture of " : count + " pictures of ")
                + pair.getFirst() + (count == 1 ? " is also in " : " are also in ") + pair.getLast()
                + (classNames.isEmpty() ? "" : " under the same class") + ", pixel for pixel, and "
                + (count == 1 ? "counts twice" : "count twice") + ": leave one of the two sources out."));
        return remarks;
    }

    private record Occurrence(long hash, int label) {}

    private Optional<String> contradictions(List<String> classNames, IntFunction<String> sourceOf) {
        Map<Long, Listed> first = new HashMap<>();
        Map<Long, Listed> contradicting = new HashMap<>();
        long[] repeated = repeated();
        Optional<String> example = Optional.empty();
        for (Seen pictures : seen.values()) {
            for (int i = 0; i < pictures.count; i++) {
                long hash = pictures.hashes[i];
                if (Arrays.binarySearch(repeated, hash) < 0) continue;
                Listed listed = new Listed(pictures.labels[i], pictures.positions[i]);
                Listed other = first.putIfAbsent(hash, listed);
                if (other == null || other.label() == listed.label()) continue;
                contradicting.putIfAbsent(hash, listed);
                if (example.isEmpty())
                    example = Optional.of(
                            other.words(classNames, sourceOf) + " and " + listed.words(classNames, sourceOf));
            }
        }
        int count = contradicting.size();
        return example.map(words -> (count == 1 ? "1 picture is" : count + " pictures are")
                + " listed under two classes or more, pixel for pixel, such as " + words + ".");
    }

    /** Returns the hashes that are there twice or more, in order. */
    private long[] repeated() {
        long[] all = seen.values().stream().flatMapToLong(Seen::hashes).sorted().toArray();
        LongStream.Builder repeated = LongStream.builder();
        for (int i = 1; i < all.length; i++)
            if (all[i] == all[i - 1] && (i == 1 || all[i] != all[i - 2])) repeated.add(all[i]);
        return repeated.build().toArray();
    }

    private record Listed(int label, int position) {
        String words(List<String> classNames, IntFunction<String> sourceOf) {
            return "\"" + sourceOf.apply(position) + "\" as \"" + classNames.get(label) + "\"";
        }
    }

    /** The pictures of one split, gathered as they come. */
    private static final class Seen {

        private long[] hashes = new long[1024];
        private int[] labels = new int[1024];
        private int[] positions = new int[1024];
        private int count;

        LongStream hashes() {
            return Arrays.stream(hashes, 0, count);
        }

        void add(long hash, int label, int position) {
            if (count == hashes.length) {
                hashes = Arrays.copyOf(hashes, 2 * count);
                labels = Arrays.copyOf(labels, 2 * count);
                positions = Arrays.copyOf(positions, 2 * count);
            }
            hashes[count] = hash;
            labels[count] = label;
            positions[count++] = position;
        }
    }

    private static String word(Split split) {
        return split.name().toLowerCase(Locale.ROOT);
    }
}
