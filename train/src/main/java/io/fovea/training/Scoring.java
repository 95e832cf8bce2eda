package io.fovea.training;

import io.fovea.batch.Batch;
import io.fovea.batch.BatchLoader;
import io.fovea.batch.BatchSettings;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.dataset.TargetStatistics;
import io.fovea.evaluation.Evaluation;
import io.fovea.evaluation.RegressionEvaluation;
import io.fovea.evaluation.Verdict;
import io.fovea.image.Target;
import io.fovea.module.Mode;
import io.fovea.module.TrainableModule;
import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A module's outputs for all pictures of a split. */
public final class Scoring {

    private static final int LARGEST_BATCH = 256;

    /** Bytes that the values between the layers may take, all layers of a batch together. */
    private static final long MOST_BYTES = 512L << 20;

    private Scoring() {}

    /**
     * Judges outputs that are known already. A regression is compared with guessing the mean of the training pictures.
     *
     * @param outputs [N, K], or [N, T] in a regression, for the N pictures of the split in their order
     * @throws Problem if one is NaN or infinite
     */
    public static Verdict verdict(Dataset dataset, Split split, float[] outputs) {
        int count = dataset.count(split);
        List<String> sources = IntStream.range(0, count)
                .mapToObj(index -> dataset.source(split, index))
                .toList();
        if (dataset.isRegression()) {
            return RegressionEvaluation.of(
                    dataset.targets(), truth(dataset, split), outputs, sources, trainingMeans(dataset));
        }
        int[] labels = IntStream.range(0, count)
                .map(index -> dataset.label(split, index))
                .toArray();
        return Evaluation.of(dataset.classNames(), labels, outputs, sources);
    }

    private static float[] truth(Dataset dataset, Split split) {
        int width = dataset.targets().size();
        float[] truth = new float[dataset.count(split) * width];
        for (int i = 0; i < dataset.count(split); i++) dataset.copyTargets(split, i, truth, i * width);
        return truth;
    }

    /** The means of the training pictures; where there are none, what the outputs of 0 stand for. */
    private static double[] trainingMeans(Dataset dataset) {
        if (dataset.count(Split.TRAINING) == 0) {
            return dataset.targets().stream().mapToDouble(Target::shift).toArray();
        }
        return dataset.targetStatistics(Split.TRAINING).stream()
                .mapToDouble(TargetStatistics::mean)
                .toArray();
    }

    /** Returns [N, K], or [N, T] in network units, for the N pictures of a split in their order. */
    public static float[] outputs(TrainableModule module, Dataset dataset, Split split) {
        int width = module.outputs();
        float[] all = new float[dataset.count(split) * width];
        BatchSettings settings = BatchSettings.forEvaluation(batchSize(module.network()), 1);
        try (BatchLoader loader = new BatchLoader(dataset, split, settings)) {
            loader.start(0, 0);
            int done = 0;
            for (Optional<Batch> next = loader.next(); next.isPresent(); next = loader.next()) {
                Batch batch = next.get();
                System.arraycopy(module.forward(batch, Mode.PREDICTION, 0), 0, all, done * width, batch.size() * width);
                done += batch.size();
            }
        }
        return all;
    }

    /** Returns how many pictures are computed at once: a large network on large pictures takes few, so that memory is bounded. */
    static int batchSize(Network network) {
        long values = network.input().count()
                + Inference.of(network).layers().stream()
                        .mapToLong(layer -> layer.output().count())
                        .sum();
        return Math.clamp(MOST_BYTES / (Float.BYTES * values), 1, LARGEST_BATCH);
    }
}
