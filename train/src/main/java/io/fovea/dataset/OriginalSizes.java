package io.fovea.dataset;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which heights and widths the pictures of a dataset had before they were made alike.
 *
 * @param smallestHeight of all pictures; 0 where nothing is known, as in datasets of earlier versions
 * @param largestHeight  likewise
 * @param smallestWidth  likewise
 * @param largestWidth   likewise
 * @param different      how many sizes there were
 * @param common         the most common ones, at most {@value #MOST_COMMON}
 */
public record OriginalSizes(
        int smallestHeight,
        int largestHeight,
        int smallestWidth,
        int largestWidth,
        int different,
        List<CountedSize> common) {

    /** Of datasets that do not say. */
    public static final OriginalSizes UNKNOWN = new OriginalSizes(0, 0, 0, 0, 0, List.of());

    private static final int MOST_COMMON = 10;

    /** Copies. */
    public OriginalSizes {
        common = List.copyOf(common);
    }

    /** How many pictures had a size. */
    public record CountedSize(int height, int width, int pictures) {}

    /** Counts sizes as they come. For one thread. */
    public static final class Counting {

        private final Map<Long, Integer> counts = new LinkedHashMap<>();

        /** Counts a picture. */
        public void add(int height, int width) {
            counts.merge((long) height << 32 | width, 1, Integer::sum);
        }

        /** Returns what was counted. */
        public OriginalSizes sizes() {
            if (counts.isEmpty()) return UNKNOWN;
            List<CountedSize> all = counts.entrySet().stream()
                    .map(each -> new CountedSize(
                            (int) (each.getKey() >> 32), each.getKey().intValue(), each.getValue()))
                    .sorted(Comparator.comparingInt(CountedSize::pictures).reversed())
                    .toList();
            var heights = all.stream().mapToInt(CountedSize::height).summaryStatistics();
            var widths = all.stream().mapToInt(CountedSize::width).summaryStatistics();
            return new OriginalSizes(
                    heights.getMin(),
                    heights.getMax(),
                    widths.getMin(),
                    widths.getMax(),
                    all.size(),
                    all.subList(0, Math.min(MOST_COMMON, all.size())));
        }
    }
}
