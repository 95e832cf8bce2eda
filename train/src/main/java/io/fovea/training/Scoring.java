package io.fovea.training;

import io.fovea.dataset.Batch;
import io.fovea.dataset.BatchLoader;
import io.fovea.dataset.BatchSettings;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.evaluation.Evaluation;
import io.fovea.evaluation.Verdict;
import io.fovea.module.Mode;
import io.fovea.module.TrainableModule;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A module's outputs for all pictures of a split. */
public final class Scoring {

    private static final int BATCH_SIZE = 256;

    private Scoring() {}

    /**
     * Judges outputs that are known already.
     *
     * @param outputs [N, K] for the N pictures of the split in their order
     */
    public static Verdict verdict(Dataset dataset, Split split, float[] outputs) {
        int count = dataset.count(split);
        List<String> sources = IntStream.range(0, count)
                .mapToObj(index -> dataset.source(split, index))
                .toList();
        int[] labels = IntStream.range(0, count)
                .map(index -> dataset.label(split, index))
                .toArray();
        return Evaluation.of(dataset.classNames(), labels, outputs, sources);
    }

    /** Returns [N, K] for the N pictures of a split in their order. */
    public static float[] logits(TrainableModule module, Dataset dataset, Split split) {
        int outputs = module.outputs();
        float[] all = new float[dataset.count(split) * outputs];
        try (BatchLoader loader = new BatchLoader(dataset, split, BatchSettings.forEvaluation(BATCH_SIZE, 1))) {
            loader.start(0, 0);
            int done = 0;
            for (Optional<Batch> next = loader.next(); next.isPresent(); next = loader.next()) {
                Batch batch = next.get();
                System.arraycopy(
                        module.forward(batch, Mode.PREDICTION, 0), 0, all, done * outputs, batch.size() * outputs);
                done += batch.size();
            }
        }
        return all;
    }
}
