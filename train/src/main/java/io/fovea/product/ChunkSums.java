package io.fovea.product;

import java.util.List;

/**
 * Sums over pictures for each of J candidates, chunk by chunk of the same few pictures: whoever summed which chunks, on however many threads or machines,
 * their total has the same bits.
 *
 * @param candidates J
 * @param sums       [chunks, J]
 */
public record ChunkSums(int candidates, double[] sums) {

    /** The pictures of a chunk; the last one of all may have fewer. */
    public static final int PICTURES = 8;

    /** Checks that every chunk has a sum for every candidate. */
    public ChunkSums {
        if (candidates < 1 || sums.length % candidates != 0) {
            throw new IllegalArgumentException("sums must be a multiple of the candidates: " + sums.length + " sums, "
                    + candidates + " candidates");
        }
    }

    /** Returns how many chunks so many pictures are. */
    public static int chunks(int pictures) {
        return Math.ceilDiv(pictures, PICTURES);
    }

    /** Returns the chunks of all parts, one part after the other. */
    public static ChunkSums joined(List<ChunkSums> parts) {
        double[] all =
                new double[parts.stream().mapToInt(part -> part.sums.length).sum()];
        int at = 0;
        for (ChunkSums part : parts) {
            System.arraycopy(part.sums, 0, all, at, part.sums.length);
            at += part.sums.length;
        }
        return new ChunkSums(parts.getFirst().candidates, all);
    }

    /** Returns how many chunks there are. */
    public int chunks() {
        return sums.length / candidates;
    }

    /** Returns each candidate's sum over all chunks [J], added in their order. */
    public double[] total() {
        double[] total = new double[candidates];
        for (int chunk = 0; chunk < chunks(); chunk++) {
            for (int j = 0; j < candidates; j++) total[j] += sums[chunk * candidates + j];
        }
        return total;
    }
}
