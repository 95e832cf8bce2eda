package io.fovea.transfer;

import io.fovea.batch.Batch;
import io.fovea.image.Preprocessing;
import io.fovea.module.VectorPredictor;
import io.fovea.network.NetworkYaml;
import io.fovea.speed.Contest;
import io.fovea.speed.Speed;
import io.fovea.speed.SpeedRecords;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What extracts features: own kernels, which need fewer multiplications and seconds to become warm, or ONNX Runtime, which is as fast at once. Where both know
 * the backbone, the other one is tried on the same pictures if there are many, and the faster one goes on; what was measured is remembered.
 *
 * <p>The features of a set are all by one of them, so that they do not depend on when a trial came. For one thread; close it.
 */
final class FeatureEngine implements AutoCloseable {

    /** Kernels of a backbone that saves multiplications are worth their warm-up from here on (docs/experiments.md). */
    private static final int WORTH_KERNELS = 500;

    /** Pieces are batches: a second each or so. What a trial computes is thrown away, so that it must be short beside the rest. */
    private static final Contest.Rule RULE = new Contest.Rule(2, 0.5, 2, 2, 10);

    private final Backbone backbone;
    private final Preprocessing preprocessing;
    private final int threads;
    private final SpeedRecords records;
    private final Contest.Rule rule;
    private Way way = Way.ONNX_RUNTIME;
    private Optional<FeatureExtractor> extractor = Optional.empty();
    private Optional<Contest> contest = Optional.empty();
    private Optional<String> remark = Optional.empty();

    /** A way of extracting. */
    private enum Way {
        KERNELS("the vector kernels"),
        ONNX_RUNTIME("ONNX Runtime");

        private final String words;

        Way(String words) {
            this.words = words;
        }

        Way other() {
            return this == KERNELS ? ONNX_RUNTIME : KERNELS;
        }
    }

    FeatureEngine(Backbone backbone, Preprocessing preprocessing, int threads, SpeedRecords records) {
        this(backbone, preprocessing, threads, records, RULE);
    }

    FeatureEngine(
            Backbone backbone, Preprocessing preprocessing, int threads, SpeedRecords records, Contest.Rule rule) {
        this.backbone = backbone;
        this.preprocessing = preprocessing;
        this.threads = threads;
        this.records = records;
        this.rule = rule;
    }

    /** Returns how many pictures a batch best has: they fill all threads of either. */
    int batchSize() {
        return VectorPredictor.MOST_PICTURES * threads;
    }

    /** Makes ready for a set of so many pictures. */
    void begin(int pictures) {
        if (!VectorPredictor.supports(backbone.network())) {
            use(Way.ONNX_RUNTIME);
            return;
        }
        List<Speed> known = records.of(work());
        if (known.size() == Way.values().length) {
            Speed fastest = known.stream()
                    .min(Comparator.comparingDouble(speed -> speed.seconds(pictures)))
                    .orElseThrow();
            use(fastest.way().equals(Way.KERNELS.words) ? Way.KERNELS : Way.ONNX_RUNTIME);
            say(known, "as earlier measured on this machine");
            return;
        }
        if (contest.isPresent() && contest.get().otherSpeed().isPresent()) return;
        boolean kernels = pictures >= WORTH_KERNELS && VectorPredictor.savesMultiplications(backbone.network());
        use(kernels ? Way.KERNELS : Way.ONNX_RUNTIME);
        contest = Optional.of(new Contest(rule, way.words, way.other().words));
    }

    /**
     * Writes the features [N, D] of a batch from {@code offset}, and finds out on the way what is faster.
     *
     * @param left pictures of the set after these
     * @return whether to go on; else the other way is so much faster that the set is to be begun again
     */
    boolean extract(Batch batch, float[] values, int offset, int left) {
        FeatureExtractor ready = extractor.orElseThrow();
        long start = System.nanoTime();
        ready.extract(batch, values, offset);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (contest.isEmpty() || contest.get().isOver()) return true;
        if (contest.get().took(batch.size(), seconds, left) != Contest.Turn.TRY_OTHER) return true;
        return goesOnAfterTrial(batch, offset / backbone.features(), left);
    }

    private boolean goesOnAfterTrial(Batch batch, int done, int left) {
        Contest trying = contest.orElseThrow();
        float[] thrownAway = new float[batch.size() * backbone.features()];
        Contest.Turn turn = Contest.Turn.GO_ON;
        FeatureExtractor trial = null;
        try {
            while (turn == Contest.Turn.GO_ON) {
                long start = System.nanoTime();
                if (trial == null) trial = built(way.other());
                trial.extract(batch, thrownAway, 0);
                turn = trying.took(batch.size(), (System.nanoTime() - start) / 1e9, left);
            }
            Speed first = trying.firstSpeed().orElseThrow();
            Speed second = trying.otherSpeed().orElseThrow();
            boolean change = (done + left) / second.imagesPerSecond() < left / first.imagesPerSecond();
            if (change) {
                close();
                extractor = Optional.of(trial);
                way = way.other();
                trial = null;
            }
            say(List.of(first, second), "measured on these pictures");
            records.keep(work(), List.of(first, second))
                    .ifPresent(trouble -> remark = Optional.of(remark.orElseThrow() + " " + trouble));
            return !change;
        } finally {
            if (trial != null) trial.close();
        }
    }

    /** Returns what is to be said of the choice, once. */
    Optional<String> remark() {
        Optional<String> said = remark;
        remark = Optional.empty();
        return said;
    }

    private void say(List<Speed> speeds, String when) {
        Speed chosen = speeds.stream()
                .filter(speed -> speed.way().equals(way.words))
                .findFirst()
                .orElseThrow();
        Speed other = speeds.stream()
                .filter(speed -> !speed.way().equals(way.words))
                .findFirst()
                .orElseThrow();
        remark = Optional.of(
                "The features are computed by " + chosen.way() + ": " + chosen.beside(other) + ", " + when + ".");
    }

    private void use(Way chosen) {
        if (extractor.isPresent() && way == chosen) return;
        close();
        way = chosen;
        extractor = Optional.of(built(chosen));
    }

    private FeatureExtractor built(Way chosen) {
        return switch (chosen) {
            case KERNELS -> new VectorFeatureExtractor(backbone, preprocessing, threads);
            case ONNX_RUNTIME -> new OnnxFeatureExtractor(backbone, preprocessing, threads);
        };
    }

    private String work() {
        String words = "features of " + backbone.network().name() + " "
                + backbone.network().input() + ", " + threads + " threads";
        return SpeedRecords.work(words, NetworkYaml.write(backbone.network()));
    }

    @Override
    public void close() {
        extractor.ifPresent(FeatureExtractor::close);
        extractor = Optional.empty();
    }
}
