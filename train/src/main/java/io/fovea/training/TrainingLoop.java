package io.fovea.training;

import io.fovea.dataset.Batch;
import io.fovea.dataset.BatchLoader;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.module.Mode;
import io.fovea.module.TrainableModule;
import io.fovea.network.Inference;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Optimization;
import io.fovea.problem.Problem;
import io.fovea.tensor.Workers;
import io.fovea.training.Checkpoint.Progress;
import io.fovea.training.TrainingEvent.EpochFinished;
import io.fovea.training.TrainingEvent.Outcome;
import io.fovea.weights.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** A run under way: the state between two steps, and the steps. */
final class TrainingLoop {

    /** A run that is killed loses at most about this much work. */
    private static final double SECONDS_BETWEEN_CHECKPOINTS = 20;

    private static final int EVENTS_PER_EPOCH = 100;
    /** Parameters per piece of an optimizer's step: whole cache lines for each thread. */
    private static final int GRAIN = 4096;
    /** Keeps the generators of neighbouring steps and seeds apart (2^64 / golden ratio, odd). */
    private static final long SEED_STRIDE = 0x9E3779B97F4A7C15L;

    private final TrainingTask task;
    private final Dataset dataset;
    private final TrainingSettings settings;
    private final EventLog log;
    private final Workers workers;
    private final TrainableModule module;
    private final BatchLoader loader;
    private final Optimization optimization;
    private final int outputs;
    private final int stepsPerEpoch;
    private final List<EpochFinished> finished = new ArrayList<>();
    private float[] gradient = new float[0];

    private int epoch;
    private int batch;
    private long eventNumber;
    private Tally epochTally;
    private double trainingSeconds;
    private long trainedPictures;
    private int bestEpoch;
    private double bestLoss;
    private double learningRate;
    private long clock;
    private double secondsAtCheckpoint;

    /** Goes on from {@code progress}; module, optimization and log are in that state already. */
    TrainingLoop(
            TrainingTask task,
            EventLog log,
            Workers workers,
            TrainableModule module,
            BatchLoader loader,
            Optimization optimization,
            Progress progress) {
        this.task = task;
        this.log = log;
        this.workers = workers;
        this.module = module;
        this.loader = loader;
        this.optimization = optimization;
        dataset = task.dataset();
        settings = task.settings();
        outputs = module.outputs();
        stepsPerEpoch = loader.batchesPerEpoch();
        epoch = progress.epoch();
        batch = progress.batch();
        eventNumber = progress.eventNumber();
        epochTally = progress.tally();
        trainingSeconds = progress.trainingSeconds();
        trainedPictures = progress.trainedPictures();
        bestEpoch = progress.bestEpoch();
        bestLoss = progress.bestLoss();
        secondsAtCheckpoint = trainingSeconds;
        for (TrainingEvent event : EventLog.read(task.folder().events())) {
            if (event instanceof EpochFinished earlier) finished.add(earlier);
        }
    }

    TrainingResult run() {
        send(new TrainingEvent.RunStarted(
                nextNumber(),
                Instant.now(),
                task.network().name(),
                Inference.of(task.network()).parameters(),
                dataset.count(Split.TRAINING),
                dataset.count(Split.VALIDATION),
                settings.epochs(),
                stepsPerEpoch,
                settings.seed(),
                module.description(),
                optimization.steps()));
        Outcome outcome = trainEpochs();
        send(new TrainingEvent.RunFinished(
                nextNumber(), Instant.now(), outcome, epoch, optimization.steps(), trainingSeconds, imagesPerSecond()));
        boolean bestKept = bestEpoch > 0 && Files.exists(task.folder().bestCheckpoint());
        Weights weights =
                bestKept ? Checkpoint.read(task.folder().bestCheckpoint()).weights() : module.weights();
        return new TrainingResult(
                outcome,
                task.network(),
                task.preprocessing(),
                weights,
                bestKept ? bestEpoch : epoch,
                epoch,
                trainingSeconds,
                imagesPerSecond());
    }

    private Outcome trainEpochs() {
        while (epoch < settings.epochs()) {
            if (outOfPatience()) return Outcome.EARLY_STOPPED;
            if (!trainEpoch()) return Outcome.STOPPED;
            finishEpoch();
        }
        return Outcome.COMPLETED;
    }

    /** Whether validation has not got better for the epochs that early stopping allows. */
    private boolean outOfPatience() {
        return settings.earlyStopping().isPresent()
                && bestEpoch > 0
                && epoch - bestEpoch >= settings.earlyStopping().getAsInt();
    }

    /** Returns whether the epoch was trained to its end; false if a stop was asked for, after a checkpoint. */
    private boolean trainEpoch() {
        loader.start(epoch, batch);
        int interval = Math.max(1, stepsPerEpoch / EVENTS_PER_EPOCH);
        Tally sinceEvent = Tally.EMPTY;
        clock = System.nanoTime();
        for (Optional<Batch> next = loader.next(); next.isPresent(); next = loader.next()) {
            Batch pictures = next.get();
            Loss.Result result = step(pictures);
            double seconds = secondsSinceClock();
            batch++;
            trainingSeconds += seconds;
            trainedPictures += pictures.size();
            epochTally = epochTally.with(result, pictures.size(), seconds);
            sinceEvent = sinceEvent.with(result, pictures.size(), seconds);
            if (batch % interval == 0) {
                send(new TrainingEvent.StepFinished(
                        nextNumber(),
                        Instant.now(),
                        epoch + 1,
                        optimization.steps(),
                        sinceEvent.loss(),
                        sinceEvent.accuracy(),
                        learningRate,
                        sinceEvent.imagesPerSecond()));
                sinceEvent = Tally.EMPTY;
            }
            if (batch == stepsPerEpoch) continue;
            boolean stopping = task.stop().isRequested();
            if (stopping || trainingSeconds - secondsAtCheckpoint > SECONDS_BETWEEN_CHECKPOINTS) {
                checkpoint(task.folder().lastCheckpoint());
            }
            if (stopping) return false;
        }
        return true;
    }

    private Loss.Result step(Batch pictures) {
        long stepNumber = optimization.steps();
        double progress = (double) stepNumber / ((long) stepsPerEpoch * settings.epochs());
        learningRate = settings.learningRate() * settings.schedule().factor(progress);
        float[] logits = module.forward(pictures, Mode.TRAINING, settings.seed() * SEED_STRIDE + stepNumber);
        int values = pictures.size() * outputs;
        if (gradient.length < values) gradient = new float[values];
        Loss.Result result = settings.loss().of(logits, pictures.labels(), pictures.size(), outputs, gradient);
        if (!Double.isFinite(result.mean())) throw diverged();
        module.backward(gradient);
        optimization.beginStep();
        float[] parameters = module.parameters();
        float[] gradients = module.gradients();
        workers.ranges(
                parameters.length,
                GRAIN,
                (from, to) -> optimization.update(parameters, gradients, learningRate, from, to));
        module.parametersChanged();
        return result;
    }

    private void finishEpoch() {
        OptionalDouble validationLoss = OptionalDouble.empty();
        OptionalDouble validationAccuracy = OptionalDouble.empty();
        boolean best = false;
        epoch++;
        if (dataset.count(Split.VALIDATION) > 0) {
            Loss.Result result = validate();
            validationLoss = OptionalDouble.of(result.mean());
            validationAccuracy = OptionalDouble.of((double) result.correct() / dataset.count(Split.VALIDATION));
            best = result.mean() < bestLoss;
            if (best) {
                bestEpoch = epoch;
                bestLoss = result.mean();
            }
        }
        EpochFinished event = new EpochFinished(
                nextNumber(),
                Instant.now(),
                epoch,
                optimization.steps(),
                epochTally.loss(),
                epochTally.accuracy(),
                validationLoss,
                validationAccuracy,
                learningRate,
                epochTally.imagesPerSecond(),
                best);
        send(event);
        finished.add(event);
        batch = 0;
        epochTally = Tally.EMPTY;
        ResultsTable.write(finished, task.folder().results());
        if (best) checkpoint(task.folder().bestCheckpoint());
        checkpoint(task.folder().lastCheckpoint());
    }

    private Loss.Result validate() {
        int count = dataset.count(Split.VALIDATION);
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) labels[i] = dataset.label(Split.VALIDATION, i);
        float[] logits = Scoring.logits(module, dataset, Split.VALIDATION);
        return new Loss.CrossEntropy(0).of(logits, labels, count, outputs, new float[logits.length]);
    }

    private void checkpoint(Path file) {
        Progress progress = new Progress(
                epoch,
                batch,
                optimization.steps(),
                eventNumber,
                epochTally,
                trainingSeconds,
                trainedPictures,
                bestEpoch,
                bestLoss);
        new Checkpoint(module.weights(), optimization.memory(), progress, task.fingerprint()).write(file);
        secondsAtCheckpoint = trainingSeconds;
        send(new TrainingEvent.CheckpointSaved(nextNumber(), Instant.now(), epoch, optimization.steps()));
        clock = System.nanoTime();
    }

    private Problem diverged() {
        return new Problem(
                String.format(Locale.ROOT, "The loss is no longer a number at a learning rate of %.3g.", learningRate),
                "network \"" + task.network().name() + "\", epoch " + (epoch + 1) + ", step "
                        + (optimization.steps() + 1),
                String.format(
                        Locale.ROOT,
                        "start again with a lower learning rate, such as %.3g; the last good checkpoint is kept",
                        settings.learningRate() / 10));
    }

    private double secondsSinceClock() {
        long now = System.nanoTime();
        double seconds = (now - clock) / 1e9;
        clock = now;
        return seconds;
    }

    private double imagesPerSecond() {
        return trainingSeconds > 0 ? trainedPictures / trainingSeconds : 0;
    }

    private long nextNumber() {
        return ++eventNumber;
    }

    private void send(TrainingEvent event) {
        log.on(event);
        task.listener().on(event);
    }
}
