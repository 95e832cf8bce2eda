package io.fovea.explain;

import java.util.List;

/**
 * How often values of each size occur, in bins of equal width.
 *
 * @param edges  of the bins, one more than there are bins, ascending; bin i holds values from edge i up to, not including, edge i + 1, the last
 *               one those at its upper edge too
 * @param counts of values, one for each bin
 */
public record Histogram(List<Double> edges, List<Long> counts) {

    /** How many bins there are. */
    public static final int BINS = 20;

    /** Copies. */
    public Histogram {
        edges = List.copyOf(edges);
        counts = List.copyOf(counts);
        if (edges.size() != counts.size() + 1)
            throw new IllegalArgumentException(counts.size() + " bins need one edge more, found " + edges.size());
    }
}
