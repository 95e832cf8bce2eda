package io.fovea.resource;

import io.fovea.choice.HybridSize;
import io.fovea.job.Job;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long the making of a hybrid will take and what memory, before it begins.
 *
 * <p>Time: as long as the newest hybrid here of the same search and mode, its evolution in proportion to generations and to the multiply-accumulates of a picture,
 * all the rest in proportion to pictures and to these. Where minutes are given, the evolution takes them.
 *
 * <p>Memory: {@link HybridSize#bytes}, and what a process takes by itself.
 */
final class HybridEstimate {

    private static final String USUAL_MODE = "parallel";
    private static final String USUAL_SEARCH = "es-adam";
    private static final int USUAL_GENERATIONS = 300;
    private static final int USUAL_GENERATIONS_OF_A_FILTER = 150;

    private HybridEstimate() {}

    /** Returns it for programs. */
    static Optional<Map<String, Object>> of(Job.Hybrid job, KnownHybrids hybrids, List<KnownRuns.Known> runs) {
        Optional<List<Integer>> pictures = hybrids.pictures(job.data());
        if (pictures.isEmpty()) return Optional.empty();
        HybridSize size = size(pictures.get());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("macs", size.macs());
        Optional<KnownHybrids.Known> like = hybrids.all().stream()
                .filter(known -> isAlike(known.job(), job))
                .filter(known -> hybrids.pictures(known.job().data()).isPresent())
                .reduce((before, later) -> later);
        if (like.isPresent()) {
            List<Integer> its = hybrids.pictures(like.get().job().data()).orElseThrow();
            json.put("seconds", seconds(job, pictures.get(), size, like.get(), its));
            json.put("sure", "reckoned");
            json.put("from", "the hybrid " + like.get().run());
        } else if (job.minutes().isPresent()) {
            json.put("seconds", 60 * job.minutes().get());
            json.put("sure", "reckoned");
            json.put("from", "the minutes of its evolution; what comes before and after is not known here yet");
        }
        TrainingEstimate.memory(json, size.bytes(), runs);
        return Optional.of(json);
    }

    private static HybridSize size(List<Integer> pictures) {
        return HybridSize.of(pictures.get(0), pictures.get(1), pictures.get(2), pictures.get(3));
    }

    private static double seconds(
            Job.Hybrid job, List<Integer> pictures, HybridSize size, KnownHybrids.Known like, List<Integer> its) {
        double macs = (double) size.macs() / Math.max(1, size(its).macs());
        double counts = (double) pictures.get(3) / Math.max(1, its.get(3));
        double rest = like.rest().toMillis() / 1e3 * macs * counts;
        if (job.minutes().isPresent()) return 60 * job.minutes().get() + rest;
        double generations = (double) generations(job) / Math.max(1, generations(like.job()));
        return like.evolution().toMillis() / 1e3 * macs * generations + rest;
    }

    /** Of an evolution that was given minutes, the number of generations is not what another would have. */
    private static boolean isAlike(Job.Hybrid known, Job.Hybrid job) {
        return mode(known).equals(mode(job))
                && known.search().orElse(USUAL_SEARCH).equals(job.search().orElse(USUAL_SEARCH))
                && (job.minutes().isPresent()
                        || known.minutes().isEmpty() && generations(known) > 0 == generations(job) > 0);
    }

    private static String mode(Job.Hybrid job) {
        return job.mode().orElse(USUAL_MODE);
    }

    private static int generations(Job.Hybrid job) {
        return job.generations()
                .orElse(mode(job).equals("serial-filter") ? USUAL_GENERATIONS_OF_A_FILTER : USUAL_GENERATIONS);
    }
}
