package io.fovea.training;

import io.fovea.batch.Batch;
import io.fovea.batch.BatchLoader;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.event.EventLog;
import io.fovea.event.TrainingEvent;
import io.fovea.event.TrainingEvent.EpochFinished;
import io.fovea.event.TrainingEvent.Outcome;
import io.fovea.event.TrainingEvent.StartJudged;
import io.fovea.jvm.ProcessUse;
import io.fovea.learning.Learning;
import io.fovea.module.TrainableModule;
import io.fovea.network.Inference;
import io.fovea.optimize.Optimization;
import io.fovea.problem.Problem;
import io.fovea.task.Measure;
import io.fovea.thread.Workers;
import io.fovea.training.Checkpoint.Progress;
import io.fovea.weights.NonFinite;
import io.fovea.weights.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** A run under way: the state between two steps, and the steps. */
final class TrainingLoop {

    /** A run that is killed loses at most about this much work. */
    private static final double SECONDS_BETWEEN_CHECKPOINTS = 20;

    private static final int EVENTS_PER_EPOCH = 100;
    /** A single picture may well be wrong by ten times the loss of guessing, a batch not by a hundred times. */
    private static final double RUNAWAY_FACTOR = 100;

    /** Keeps the generators of neighbouring steps and seeds apart (2^64 / golden ratio, odd). */
    private static final long SEED_STRIDE = 0x9E3779B97F4A7C15L;

    private final TrainingTask task;
    private final Dataset dataset;
    private final TrainingSettings settings;
    private final EventLog log;
    private final Workers workers;
    private final TrainableModule module;
    private final Optional<FrozenOutputs> frozen;
    private final BatchLoader loader;
    private final Optimization optimization;
    private final Optional<WeightAverage> average;
    private final ModuleListener outputs;
    private final Learning learning;
    private final Validation validation;
    private final TrainingStep step;
    private final int batchesPerEpoch;
    private final int stepsPerEpoch;
    private final ProcessUse use = new ProcessUse();
    private final List<EpochFinished> finished = new ArrayList<>();
    private Optional<ValidationResult> start = Optional.empty();

    private int epoch;
    private int batch;
    private Tally epochTally;
    private double trainingSeconds;
    private long trainedPictures;
    private int bestEpoch;
    private double bestLoss;
    private double learningRate;
    private long clock;
    private double secondsAtCheckpoint;

    /** Goes on from {@code progress}; module, optimization, average and log are in that state already. */
    TrainingLoop(
            TrainingTask task,
            EventLog log,
            Workers workers,
            TrainableModule module,
            Optional<FrozenOutputs> frozen,
            BatchLoader loader,
            Optimization optimization,
            Optional<WeightAverage> average,
            ModuleListener outputs,
            Progress progress) {
        this.task = task;
        this.log = log;
        this.workers = workers;
        this.module = module;
        this.frozen = frozen;
        this.loader = loader;
        this.optimization = optimization;
        this.average = average;
        this.outputs = outputs;
        dataset = task.dataset();
        settings = task.settings();
        learning = task.learning();
        validation = new Validation(learning, settings.loss(), dataset, task.network());
        TrainingStep.Forward forward = frozen.<TrainingStep.Forward>map(outputsOfFrozen -> outputsOfFrozen::forward)
                .orElse(module::forward);
        step = new TrainingStep(module, forward, settings.step(), task.loss(), learning, optimization, workers);
        batchesPerEpoch = loader.batchesPerEpoch();
        stepsPerEpoch = Math.ceilDiv(batchesPerEpoch, settings.step().accumulatedBatches());
        epoch = progress.epoch();
        batch = progress.batch();
        epochTally = progress.tally();
        trainingSeconds = progress.trainingSeconds();
        trainedPictures = progress.trainedPictures();
        bestEpoch = progress.bestEpoch();
        bestLoss = progress.bestLoss();
        secondsAtCheckpoint = trainingSeconds;
        for (TrainingEvent event :
                RunHistory.until(progress.step(), EventLog.read(task.folder().events(), TrainingEvent.class))) {
            if (event instanceof EpochFinished earlier) finished.add(earlier);
            if (event instanceof StartJudged judged) start = Optional.of(ValidationResult.of(judged));
        }
    }

    TrainingResult run() {
        send(new TrainingEvent.RunStarted(
                nextNumber(),
                Instant.now(),
                task.network().name(),
                Inference.of(task.network()).parameters(),
                module.trained(),
                dataset.count(Split.TRAINING),
                dataset.count(Split.VALIDATION),
                settings.course().epochs(),
                stepsPerEpoch,
                settings.seed(),
                module.description(),
                frozen.map(FrozenOutputs::layers).orElse(0),
                optimization.steps()));
        for (String remark : task.remarks()) send(new TrainingEvent.Remarked(nextNumber(), Instant.now(), remark));
        judgeStart();
        Outcome outcome = trainEpochs();
        sendFinished(outcome);
        int kept = keptEpoch();
        return new TrainingResult(
                outcome,
                task.network(),
                task.preprocessing(),
                keptWeights(kept),
                kept,
                epoch,
                start.map(judged -> new StartComparison(judged, bestOfEpochs(), kept)),
                trainingSeconds,
                imagesPerSecond());
    }

    /** Weights that were given count as epoch 0, so that training may not make them worse unnoticed. */
    private void judgeStart() {
        boolean begins = epoch == 0 && optimization.steps() == 0 && batch == 0;
        boolean given = task.start().weights().isPresent();
        if (!begins || !given || dataset.count(Split.VALIDATION) == 0) return;
        Tally judged = validate();
        StartJudged event = new StartJudged(nextNumber(), Instant.now(), judged.loss(), judged.measures(learning));
        start = Optional.of(ValidationResult.of(event));
        bestLoss = judged.loss();
        send(event);
        sendAnswers();
    }

    private int keptEpoch() {
        if (bestEpoch > 0 && Files.exists(task.folder().bestCheckpoint())) return bestEpoch;
        return start.isPresent() ? 0 : epoch;
    }

    private Weights keptWeights(int kept) {
        if (kept == 0 && start.isPresent()) return task.firstWeights();
        boolean bestKept = bestEpoch > 0 && kept == bestEpoch;
        return bestKept ? Checkpoint.read(task.folder().bestCheckpoint()).weights() : judgedWeights();
    }

    /** Returns the kept epoch's result, or where none was kept that of the smallest validation loss; empty if no epoch was finished. */
    private Optional<ValidationResult> bestOfEpochs() {
        return finished.stream()
                .filter(event -> bestEpoch == 0 || event.epoch() == bestEpoch)
                .map(ValidationResult::of)
                .min(Comparator.comparingDouble(ValidationResult::loss));
    }

    private void sendFinished(Outcome outcome) {
        send(new TrainingEvent.RunFinished(
                nextNumber(), Instant.now(), outcome, epoch, optimization.steps(), trainingSeconds, imagesPerSecond()));
    }

    private Outcome trainEpochs() {
        while (epoch < settings.course().epochs()) {
            if (outOfPatience()) return Outcome.EARLY_STOPPED;
            if (!trainEpoch()) return Outcome.STOPPED;
            finishEpoch();
            if (task.stop().isRequested() && epoch < settings.course().epochs()) return Outcome.STOPPED;
        }
        return Outcome.COMPLETED;
    }

    /** Whether validation has not got better for the epochs that early stopping allows. */
    private boolean outOfPatience() {
        return settings.course().earlyStopping().isPresent()
                && bestLoss < Double.MAX_VALUE
                && epoch - bestEpoch >= settings.course().earlyStopping().getAsInt();
    }

    /** Returns whether the epoch was trained to its end; false if a stop was asked for, after a checkpoint. */
    private boolean trainEpoch() {
        loader.start(epoch, batch);
        int interval = Math.max(1, stepsPerEpoch / EVENTS_PER_EPOCH);
        Tally sinceEvent = Tally.EMPTY;
        clock = System.nanoTime();
        for (Optional<Batch> next = loader.next(); next.isPresent(); next = loader.next()) {
            Tally judged = takeIn(next.get());
            batch++;
            boolean stepEnds = batch % settings.step().accumulatedBatches() == 0 || batch == batchesPerEpoch;
            if (stepEnds) finishStep();
            judged = judged.took(secondsSinceClock());
            trainingSeconds += judged.seconds();
            trainedPictures += judged.pictures();
            epochTally = epochTally.with(judged);
            sinceEvent = sinceEvent.with(judged);
            if (!stepEnds) continue;
            if ((optimization.steps() - (long) epoch * stepsPerEpoch) % interval == 0) {
                send(stepFinished(sinceEvent));
                sinceEvent = Tally.EMPTY;
            }
            if (settings.course().snapshots().isDue(optimization.steps(), stepsPerEpoch)) snapshot();
            if (batch == batchesPerEpoch) continue;
            boolean stopping = task.stop().isRequested();
            if (stopping || trainingSeconds - secondsAtCheckpoint > SECONDS_BETWEEN_CHECKPOINTS) checkpoint();
            if (stopping) return false;
        }
        return true;
    }

    private Tally takeIn(Batch pictures) {
        long batchNumber = (long) epoch * batchesPerEpoch + batch;
        double progress = (double) optimization.steps()
                / ((long) stepsPerEpoch * settings.course().epochs());
        learningRate =
                settings.step().learningRate() * settings.step().schedule().factor(progress);
        Tally judged = step.add(pictures, settings.seed() * SEED_STRIDE + batchNumber);
        if (!Double.isFinite(judged.lossSum()) || isRunaway(judged.loss())) {
            sendFinished(Outcome.DIVERGED);
            throw diverged(judged.loss());
        }
        return judged;
    }

    /** Whether weights that knew something are lost: a loss so far beyond guessing does not come back, long before it is no number. */
    private boolean isRunaway(double loss) {
        OptionalDouble guessing = learning.guessingLoss();
        if (start.isEmpty() || guessing.isEmpty()) return false;
        return loss
                > RUNAWAY_FACTOR * Math.max(guessing.getAsDouble(), start.get().loss());
    }

    private void finishStep() {
        step.finish(learningRate);
        average.ifPresent(mean -> mean.add(optimization.steps(), workers));
    }

    private TrainingEvent stepFinished(Tally tally) {
        return new TrainingEvent.StepFinished(
                nextNumber(),
                Instant.now(),
                epoch + 1,
                optimization.steps(),
                tally.loss(),
                tally.measures(learning),
                learningRate,
                tally.imagesPerSecond());
    }

    private void finishEpoch() {
        boolean best = false;
        epoch++;
        Tally judged = validate();
        boolean validated = judged.pictures() > 0;
        if (validated && !Double.isFinite(judged.loss())) {
            sendFinished(Outcome.DIVERGED);
            throw divergedInValidation();
        }
        if (validated) {
            best = judged.loss() < bestLoss && !isWorseThanStart(judged);
            if (best) {
                bestEpoch = epoch;
                bestLoss = judged.loss();
            }
        }
        if (validated) sendAnswers();
        EpochFinished event = new EpochFinished(
                nextNumber(),
                Instant.now(),
                epoch,
                optimization.steps(),
                epochTally.loss(),
                epochTally.measures(learning),
                validated ? OptionalDouble.of(judged.loss()) : OptionalDouble.empty(),
                judged.measures(learning),
                learningRate,
                epochTally.imagesPerSecond(),
                best);
        send(event);
        finished.add(event);
        batch = 0;
        epochTally = Tally.EMPTY;
        ResultsTable.write(finished, task.folder().results());
        if (best) writeJudged(task.folder().bestCheckpoint());
        checkpoint();
    }

    private void sendAnswers() {
        List<TrainingEvent.SampleAnswer> samples = validation.samples();
        List<List<Integer>> confusion = validation.confusion();
        if (samples.isEmpty() && confusion.isEmpty()) return;
        send(new TrainingEvent.PicturesAnswered(
                nextNumber(), Instant.now(), epoch, optimization.steps(), samples, confusion));
    }

    /** Whether fewer pictures are right than with the weights it began with, or the error is larger: such an epoch does not beat them by its loss alone. */
    private boolean isWorseThanStart(Tally judged) {
        if (start.isEmpty()) return false;
        Measure reached = judged.measures(learning).getFirst();
        return start.get().measure().isBetterThan(reached.value());
    }

    /** Judges the validation pictures, by the mean weights if the run averages; the loss counts all classes alike. */
    private Tally validate() {
        if (dataset.count(Split.VALIDATION) == 0) return Tally.EMPTY;
        if (average.isEmpty()) return judged();
        Weights latest = module.weights();
        module.load(average.get().weights());
        try {
            return judged();
        } finally {
            module.load(latest);
        }
    }

    private Tally judged() {
        return validation.of(frozen.<TrainingStep.Forward>map(outputsOfFrozen -> outputsOfFrozen::forwardValidation)
                .orElse(module::forward));
    }

    /** Returns the weights that are validated, kept and exported. */
    private Weights judgedWeights() {
        return average.map(WeightAverage::weights).orElseGet(module::weights);
    }

    private void writeJudged(Path file) {
        new Checkpoint(judgedWeights(), optimization.memory(), List.of(), progress(), task.fingerprint()).write(file);
    }

    private void snapshot() {
        double epochs = (double) optimization.steps() / stepsPerEpoch;
        Path file = task.folder().snapshot(epochs);
        new Checkpoint(judgedWeights(), List.of(), List.of(), progress(), task.fingerprint()).write(file);
        send(new TrainingEvent.SnapshotSaved(
                nextNumber(),
                Instant.now(),
                epochs,
                optimization.steps(),
                file.getFileName().toString()));
        clock = System.nanoTime();
    }

    /** Writes where the run can go on. */
    private void checkpoint() {
        List<float[]> mean = average.map(WeightAverage::memory).orElse(List.of());
        new Checkpoint(module.weights(), optimization.memory(), mean, progress(), task.fingerprint())
                .write(task.folder().lastCheckpoint());
        secondsAtCheckpoint = trainingSeconds;
        send(new TrainingEvent.CheckpointSaved(nextNumber(), Instant.now(), epoch, optimization.steps()));
        send(new TrainingEvent.MachineUsed(
                nextNumber(), Instant.now(), optimization.steps(), use.processors(), ProcessUse.bytes()));
        clock = System.nanoTime();
    }

    private Progress progress() {
        return new Progress(
                epoch, batch, optimization.steps(), epochTally, trainingSeconds, trainedPictures, bestEpoch, bestLoss);
    }

    private Problem diverged(double loss) {
        String what = Double.isFinite(loss)
                ? String.format(
                        Locale.ROOT,
                        "The loss has grown to %.3g, from %.3g at the start, at a learning rate of %.3g.",
                        loss,
                        start.orElseThrow().loss(),
                        learningRate)
                : String.format(
                        Locale.ROOT, "The loss is no longer a number at a learning rate of %.3g.", learningRate);
        double lower = settings.step().learningRate() / 10;
        double advised = task.start().weights().isPresent()
                ? Math.min(lower, FineTuning.learningRate(settings.step().optimizer()))
                : lower;
        return new Problem(
                what,
                "network \"" + task.network().name() + "\", epoch " + (epoch + 1) + ", step "
                        + (optimization.steps() + 1),
                String.format(
                        Locale.ROOT,
                        "start again with a lower learning rate, such as %.3g%s; the last good checkpoint is kept",
                        advised,
                        task.start().weights().isPresent() ? ", as weights that others trained want small steps" : ""));
    }

    /** The weights of the epoch are judged, so what is wrong lies in them: named if a tensor tells, else values grew out of range on the way. */
    private Problem divergedInValidation() {
        String cause = NonFinite.in(judgedWeights().tensors())
                .map(found -> found.words() + ".")
                .orElse("All weights are finite, but what they give is too large.");
        return new Problem(
                "The validation loss is no longer a number. " + cause,
                "network \"" + task.network().name() + "\", epoch " + epoch,
                String.format(
                        Locale.ROOT,
                        "start again with a lower learning rate, such as %.3g, or with larger batches than %d if the"
                                + " network has batch norms; the last good checkpoint is kept",
                        settings.step().learningRate() / 10,
                        settings.pictures().batchSize()));
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
        return log.nextNumber();
    }

    private void send(TrainingEvent event) {
        log.on(event);
        outputs.on(event, module);
        task.listener().on(event);
    }
}
