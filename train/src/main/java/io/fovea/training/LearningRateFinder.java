package io.fovea.training;

import io.fovea.batch.Batch;
import io.fovea.batch.BatchLoader;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.learning.Learning;
import io.fovea.module.ModuleInput;
import io.fovea.module.TrainableModule;
import io.fovea.network.Network;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Update;
import io.fovea.thread.Workers;
import io.fovea.training.LearningRateCurve.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Trains for a few steps at rates that rise from far too low to far too high, and watches the loss. Nothing is written and nothing is kept.
 *
 * <p>Step i of n is made at lowest · (highest / lowest)^(i / (n − 1)). The loss is smoothed as s ← β·s + (1 − β)·loss with β = 0.95 and read as
 * s / (1 − β^t); the search ends early where that is above four times its smallest value, or no number.
 *
 * <p>Source: Smith 2015, arXiv:1506.01186, section 3.3, with exponentially rising rates.
 *
 * @param lowest  rate of the first step, above 0
 * @param highest rate of the last step, above {@code lowest}
 * @param steps   n, at least 10
 */
public record LearningRateFinder(double lowest, double highest, int steps) {

    /** From 10⁻⁷ to 10 in 120 steps. */
    public static final LearningRateFinder USUAL = new LearningRateFinder(1e-7, 10, 120);

    private static final double SMOOTHING = 0.95;
    private static final double TOO_FAR = 4;

    /** Checks the range. */
    public LearningRateFinder {
        if (!(lowest > 0 && highest > lowest) || Double.isInfinite(highest)) {
            throw new IllegalArgumentException(
                    "The rates must rise from above 0, not from " + lowest + " to " + highest);
        }
        if (steps < 10) throw new IllegalArgumentException("steps must be at least 10: " + steps);
    }

    /**
     * Searches for a run of these settings; their learning rate and schedule do not matter.
     *
     * @param progress hears each point
     * @param stop     ends the search with what was found so far
     * @throws io.fovea.problem.Problem if dataset, network and settings do not belong together
     */
    public LearningRateCurve search(
            Dataset dataset,
            Network network,
            TrainingSettings settings,
            TrainingStart start,
            Consumer<Point> progress,
            StopSignal stop) {
        TrainingTask task = Trainer.checked(dataset, network, settings, start);
        dataset.holdIfSmall(Split.TRAINING);
        try (Workers workers = new Workers(settings.computation().threads());
                TrainableModule module = task.module(task.firstWeights(), task.computation(), workers);
                BatchLoader loader = task.loader()) {
            module.learnBy(task.updateRule(), workers);
            return search(task, module, loader, progress, stop);
        }
    }

    private LearningRateCurve search(
            TrainingTask task, TrainableModule module, BatchLoader loader, Consumer<Point> progress, StopSignal stop) {
        Learning learning = task.learning();
        Loss loss = task.loss();
        List<Point> points = new ArrayList<>();
        double mean = 0;
        double smallest = Double.MAX_VALUE;
        int batchNumber = 0;
        for (int i = 0; i < steps && !stop.isRequested(); i++) {
            double rate = lowest * Math.pow(highest / lowest, (double) i / (steps - 1));
            Tally judged = Tally.EMPTY;
            int batches = task.settings().step().accumulatedBatches();
            for (int b = 1; b <= batches; b++) {
                Batch batch = next(loader, batchNumber);
                judged = judged.with(Tally.of(module.step(
                        new ModuleInput.Pictures(batch),
                        task.objective(batch, learning, loss),
                        b < batches ? new Update.Wait() : new Update.Step(rate),
                        task.settings().seed() + batchNumber)));
                batchNumber++;
            }
            double batchLoss = judged.loss();
            if (!Double.isFinite(batchLoss)) break;
            mean = SMOOTHING * mean + (1 - SMOOTHING) * batchLoss;
            double smoothed = mean / (1 - Math.pow(SMOOTHING, i + 1));
            Point point = new Point(rate, batchLoss, smoothed);
            points.add(point);
            progress.accept(point);
            smallest = Math.min(smallest, smoothed);
            if (smoothed > TOO_FAR * smallest) break;
        }
        return new LearningRateCurve(points);
    }

    /** Epoch after epoch, as often as needed. */
    private static Batch next(BatchLoader loader, int number) {
        int inEpoch = number % loader.batchesPerEpoch();
        if (inEpoch == 0) loader.start(number / loader.batchesPerEpoch(), 0);
        Optional<Batch> batch = loader.next();
        return batch.orElseThrow(() -> new IllegalStateException("An epoch ended early"));
    }
}
