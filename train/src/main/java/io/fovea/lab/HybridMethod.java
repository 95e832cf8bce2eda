package io.fovea.lab;

import io.fovea.job.Job;
import java.util.Optional;

/**
 * One way to a classifier: a row of the lab's tables.
 *
 * @param key   names its files
 * @param words names its row
 * @param way   how it is made
 * @param said  what the talk says of it
 */
public record HybridMethod(String key, String words, Way way, Optional<Talk> said) {

    /** The network without slicing, whose speed is compared. */
    static final String WHOLE_NETWORK = "mnist-cnn";

    /** What {@code shrink hybrid} does if nothing else is asked for. */
    static final String USUAL = "kmeans-es-adam";

    /** The same within the talk's 74 KB, references included. */
    static final String SMALL = "kmeans-es-adam-74kb";

    /** How a classifier is made. */
    public sealed interface Way {

        /** A network of the catalogue learns by backpropagation. */
        record Backpropagation(String network) implements Way {}

        /**
         * Its dense layers are cut off and nearest neighbours decide.
         *
         * @param kernels    what they are before evolution: {@code random} or {@code kmeans}
         * @param search     that evolves them; empty: nothing does
         * @param engineSize the most that the engine may take; empty: all references
         */
        record Slicing(String kernels, Optional<String> search, Optional<String> engineSize) implements Way {

            private static final String TOGETHER = "es-adam";

            /** Whether all filters are searched side by side. */
            private boolean isTogether() {
                return search.orElse(TOGETHER).equals(TOGETHER);
            }

            private int generations(HybridRecipe.Effort effort) {
                if (search.isEmpty()) return 0;
                return isTogether() ? effort.together() : effort.perFilter();
            }

            /** Returns the job that makes it. */
            Job.Hybrid job(String data, String model, HybridRecipe.Effort effort, Choice choice) {
                return new Job.Hybrid(
                        data,
                        Optional.of(model),
                        Optional.of(kernels),
                        Optional.of(search.orElse(TOGETHER)),
                        Optional.of(isTogether() ? "parallel" : "serial-filter"),
                        Optional.of(generations(effort)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        engineSize,
                        Optional.of(choice.seed()),
                        Optional.of(choice.threads().orElseThrow()));
            }
        }
    }

    /**
     * Figures of the talk, as it prints them; a dash where it has none.
     *
     * @param fewFive   accuracy of {@link HybridColumn#FEW_5}
     * @param allFive   of {@link HybridColumn#ALL_5}
     * @param fewTwenty of {@link HybridColumn#FEW_20}
     * @param size      of the engine
     * @param time      to make it
     */
    public record Talk(String fewFive, String allFive, String fewTwenty, String size, String time) {

        private static final Talk NOTHING =
                new Talk(Table.NOTHING, Table.NOTHING, Table.NOTHING, Table.NOTHING, Table.NOTHING);

        /** Returns the accuracy in a column. */
        String accuracy(HybridColumn column) {
            return switch (column) {
                case FEW_5 -> fewFive;
                case ALL_5 -> allFive;
                case FEW_20 -> fewTwenty;
            };
        }
    }

    /** Returns what the talk says of it, dashes if nothing. */
    Talk talk() {
        return said.orElse(Talk.NOTHING);
    }

    /** Whether something is evolved. */
    boolean evolves() {
        return way instanceof Way.Slicing slicing && slicing.search().isPresent();
    }
}
