package io.fovea.training;

import io.fovea.batch.Batch;
import io.fovea.batch.BatchLoader;
import io.fovea.batch.BatchSettings;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.learning.Learning;
import io.fovea.module.Mode;
import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Targets;
import java.util.Optional;

/** How good a network is for the validation pictures, batch by batch: no outputs are kept. */
final class Validation {

    private final Learning learning;
    private final Loss loss;
    private final Dataset dataset;
    private final Network network;
    private final int width; // of a picture's result
    private float[] gradient = new float[0]; // what the loss writes and nobody reads

    /** @param loss of the training */
    Validation(Learning learning, Loss loss, Dataset dataset, Network network) {
        this.learning = learning;
        this.loss = learning.judgingLoss(loss);
        this.dataset = dataset;
        this.network = network;
        this.width = Math.toIntExact(Inference.of(network).output().count());
    }

    /** Judges all validation pictures. */
    Tally of(TrainingStep.Forward forward) {
        Tally tally = Tally.EMPTY;
        BatchSettings settings = learning.evaluation(Scoring.batchSize(network), 1);
        try (BatchLoader loader = new BatchLoader(dataset, Split.VALIDATION, settings)) {
            loader.start(0, 0);
            for (Optional<Batch> next = loader.next(); next.isPresent(); next = loader.next()) {
                tally = tally.with(of(next.get(), forward.of(next.get(), Mode.PREDICTION, 0)));
            }
        }
        return tally;
    }

    private Tally of(Batch batch, float[] outputs) {
        Targets wanted = learning.targets(batch);
        int size = batch.size();
        if (gradient.length < size * width) gradient = new float[size * width];
        double[] counts = new double[learning.counts()];
        learning.count(outputs, wanted, size, counts);
        Loss.Result result = loss.of(outputs, wanted, size, width, gradient);
        return Tally.of(size, result.mean() * size, counts);
    }
}
