package io.fovea.candidate;

import java.util.ArrayList;
import java.util.List;

/**
 * J candidates, each for a part of the kernels; all for filters, or all for the same layers.
 *
 * @param blocks [J] the part that each replaces
 * @param values [J, L] what it replaces it with, as {@link Block#put} takes it
 */
public record Candidates(List<Block> blocks, float[] values) {

    /** Checks that all are of one kind and size. */
    public Candidates {
        blocks = List.copyOf(blocks);
        if (blocks.isEmpty() || values.length == 0 || values.length % blocks.size() != 0) {
            throw new IllegalArgumentException("values must be a multiple of the candidates, of which there is one: "
                    + values.length + " values, " + blocks.size() + " candidates");
        }
        for (Block block : blocks) {
            if (block.getClass() != blocks.getFirst().getClass())
                throw new IllegalArgumentException(
                        "Candidates must be of one kind: " + block + ", " + blocks.getFirst());
        }
    }

    /**
     * Lays out what searches ask for: the first candidate of each search, then the second of each.
     *
     * @param searched what each search looks for
     * @param asked    by each search, in units of the layers' scales
     */
    public static Candidates of(List<Block> searched, List<double[][]> asked, Kernels kernels, Block.Scales scales) {
        int each = asked.getFirst().length;
        int length = asked.getFirst()[0].length;
        List<Block> blocks = new ArrayList<>(each * searched.size());
        float[] values = new float[each * searched.size() * length];
        for (int j = 0; j < each; j++) {
            for (int b = 0; b < searched.size(); b++) {
                searched.get(b).scale(asked.get(b)[j], kernels, scales, values, blocks.size() * length);
                blocks.add(searched.get(b));
            }
        }
        return new Candidates(blocks, values);
    }

    /** Returns J. */
    public int count() {
        return blocks.size();
    }

    /** Returns L. */
    public int length() {
        return values.length / blocks.size();
    }

    /** Whether each replaces one filter of the second layer. */
    boolean areFilters() {
        return blocks.getFirst() instanceof Block.Filter;
    }

    /** Returns which filter each replaces [J]. */
    int[] filters() {
        return blocks.stream()
                .mapToInt(block -> ((Block.Filter) block).filter())
                .toArray();
    }
}
