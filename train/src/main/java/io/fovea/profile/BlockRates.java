package io.fovea.profile;

import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many operations a second each kind of block does, for channels and sizes between those that were measured.
 *
 * <p>Formula: log rate = Σ w · log rate[i] / Σ w over the measured blocks of the kind, w = 1 / d⁴, d² = (log₂ C − log₂ C[i])² + (log₂ S − log₂ S[i])²; a block that
 * was measured keeps its rate.
 * <p>Source: Shepard 1968, doi:10.1145/800186.810616.
 */
final class BlockRates {

    /** A layer with four times fewer or more channels or pixels a side than any block is beyond what was measured. */
    private static final double BEYOND = 2;

    private final Map<Block.Kind, List<BlockTime>> measured = new EnumMap<>(Block.Kind.class);
    private final double least;
    private final String machine;

    /**
     * Of the measurements of one form and number of threads.
     *
     * @param others  stand for kinds that the form has not
     * @param machine which problems name
     */
    BlockRates(List<BlockTime> times, List<BlockTime> others, String machine) {
        this.machine = machine;
        for (BlockTime time : times)
            measured.computeIfAbsent(time.block().kind(), _ -> new ArrayList<>())
                    .add(time);
        for (BlockTime time : others)
            if (times.stream()
                    .noneMatch(each -> each.block().kind() == time.block().kind()))
                measured.computeIfAbsent(time.block().kind(), _ -> new ArrayList<>())
                        .add(time);
        least = times.stream().mapToDouble(BlockTime::micros).min().orElse(0);
    }

    /**
     * Returns the microseconds of so many operations; no fewer than the fastest of all blocks took, which is what any step costs.
     *
     * @param channels the geometric mean of those in and out
     * @param size     the geometric mean of height and width
     * @throws Problem if the profile holds no block of the kind
     */
    double micros(Block.Kind kind, double operations, double channels, double size) {
        if (!measured.containsKey(kind))
            throw new Problem(
                    "The profile holds no block \"" + kind.word() + "\", which the network needs.",
                    "profile of " + machine,
                    DeviceProfile.AGAIN);
        double weights = 0;
        double sum = 0;
        for (BlockTime time : measured.get(kind)) {
            double distance = squared(time.block(), channels, size);
            if (distance < 1e-9) return Math.max(least, operations / time.rate() * 1e6);
            double weight = 1 / (distance * distance);
            weights += weight;
            sum += weight * Math.log(time.rate());
        }
        return Math.max(least, operations / Math.exp(sum / weights) * 1e6);
    }

    /** Whether no block of the kind is near. */
    boolean isBeyond(Block.Kind kind, double channels, double size) {
        return measured.get(kind).stream()
                .noneMatch(time -> Math.abs(log2(channels / time.block().channels())) <= BEYOND
                        && Math.abs(log2(size / time.block().size())) <= BEYOND);
    }

    private static double squared(Block block, double channels, double size) {
        double c = log2(channels / block.channels());
        double s = log2(size / block.size());
        return c * c + s * s;
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
