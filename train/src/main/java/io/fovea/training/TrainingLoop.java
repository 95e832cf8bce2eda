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
import io.fovea.module.ModuleInput;
import io.fovea.module.Snapshot;
import io.fovea.module.TrainableModule;
import io.fovea.network.Inference;
import io.fovea.optimize.Averaging;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Update;
import io.fovea.problem.Problem;
import io.fovea.task.Measure;
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
    private final RunEngine engine;
    private final Optional<FrozenOutputs> frozen;
    private final BatchLoader loader;
    private final ModuleListener outputs;
    private final RunRanks ranks;
    private final Learning learning;
    private final Validation validation;
    private final Loss loss;
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

    /** Goes on from {@code progress}; engine and log are in that state already. */
    TrainingLoop(
            TrainingTask task,
            EventLog log,
            RunEngine engine,
            Optional<FrozenOutputs> frozen,
            BatchLoader loader,
            ModuleListener outputs,
            RunRanks ranks,
            Progress progress) {
        this.task = task;
        this.log = log;
        this.engine = engine;
        this.frozen = frozen;
        this.loader = loader;
        this.outputs = outputs;
        this.ranks = ranks;
        dataset = task.dataset();
        settings = task.settings();
        learning = task.learning();
        validation = new Validation(learning, settings.loss(), dataset, task.network(), ranks);
        loss = task.loss();
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

    /** Returns what computes now. */
    private TrainableModule module() {
        return engine.module();
    }

    TrainingResult run() {
        send(new TrainingEvent.RunStarted(
                nextNumber(),
                Instant.now(),
                task.network().name(),
                Inference.of(task.network()).parameters(),
                module().trained(),
                dataset.count(Split.TRAINING),
                dataset.count(Split.VALIDATION),
                settings.course().epochs(),
                stepsPerEpoch,
                settings.seed(),
                module().description(),
                frozen.map(FrozenOutputs::layers).orElse(0),
                module().steps()));
        task.remarks(ranks.count()).forEach(this::remark);
        module().remark().ifPresent(this::remark);
        engine.remark().ifPresent(this::remark);
        judgeStart();
        Outcome outcome = trainEpochs();
        engine.remember();
        engine.remark().ifPresent(this::remark);
        sendFinished(outcome);
        if (bestEpoch > 0) ranks.handOut(task.folder().bestCheckpoint());
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

    private void remark(String remark) {
        send(new TrainingEvent.Remarked(nextNumber(), Instant.now(), remark));
    }

    /** Weights that were given count as epoch 0, so that training may not make them worse unnoticed. */
    private void judgeStart() {
        boolean begins = epoch == 0 && module().steps() == 0 && batch == 0;
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
        return bestKept ? Checkpoint.read(task.folder().bestCheckpoint()).weights() : module().meanWeights();
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
                nextNumber(), Instant.now(), outcome, epoch, module().steps(), trainingSeconds, imagesPerSecond()));
    }

    private Outcome trainEpochs() {
        while (epoch < settings.course().epochs()) {
            if (outOfPatience()) return Outcome.EARLY_STOPPED;
            if (!trainEpoch()) return Outcome.STOPPED;
            finishEpoch();
            if (ranks.any(task.stop().isRequested())
                    && epoch < settings.course().epochs()) return Outcome.STOPPED;
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
        Tally sinceStep = Tally.EMPTY;
        clock = System.nanoTime();
        for (Optional<Batch> next = loader.next(); next.isPresent(); next = loader.next()) {
            boolean stepEnds = (batch + 1) % settings.step().accumulatedBatches() == 0 || batch + 1 == batchesPerEpoch;
            ranks.say(task.stop().isRequested(), isCheckpointDue());
            Tally judged = takeIn(next.get(), stepEnds).took(secondsSinceClock());
            batch++;
            trainingSeconds += judged.seconds();
            trainedPictures += judged.pictures();
            epochTally = epochTally.with(judged);
            sinceEvent = sinceEvent.with(judged);
            sinceStep = sinceStep.with(judged);
            if (!stepEnds) continue;
            engine.took(sinceStep.pictures(), sinceStep.seconds(), picturesLeft());
            engine.remark().ifPresent(this::remark);
            sinceStep = Tally.EMPTY;
            if ((module().steps() - (long) epoch * stepsPerEpoch) % interval == 0) {
                send(stepFinished(sinceEvent));
                sinceEvent = Tally.EMPTY;
            }
            if (settings.course().snapshots().isDue(module().steps(), stepsPerEpoch)) snapshot();
            if (batch == batchesPerEpoch) continue;
            boolean stopping = ranks.stops(task.stop().isRequested());
            if (stopping || ranks.savesNow(isCheckpointDue())) checkpoint();
            if (stopping) return false;
        }
        return true;
    }

    private boolean isCheckpointDue() {
        return trainingSeconds - secondsAtCheckpoint > SECONDS_BETWEEN_CHECKPOINTS;
    }

    private long picturesLeft() {
        return (long) dataset.count(Split.TRAINING) * (settings.course().epochs() - epoch) - epochTally.pictures();
    }

    private Tally takeIn(Batch pictures, boolean stepEnds) {
        long batchNumber = (long) epoch * batchesPerEpoch + batch;
        long stepNumber = module().steps() + 1;
        double progress = (double) module().steps()
                / ((long) stepsPerEpoch * settings.course().epochs());
        learningRate =
                settings.step().learningRate() * settings.step().schedule().factor(progress);
        Tally judged = Tally.of(module().step(
                        input(Split.TRAINING, pictures),
                        task.objective(pictures, learning, loss),
                        stepEnds ? new Update.Step(learningRate) : new Update.Wait(),
                        ranks.seed(settings.seed() * SEED_STRIDE + batchNumber)));
        if (!Double.isFinite(judged.lossSum()) || isRunaway(judged.loss())) {
            sendFinished(Outcome.DIVERGED);
            throw diverged(judged.loss(), stepNumber);
        }
        return judged;
    }

    private ModuleInput input(Split split, Batch pictures) {
        return frozen.map(outputsOfFrozen -> outputsOfFrozen.input(split, pictures))
                .orElseGet(() -> new ModuleInput.Pictures(pictures));
    }

    /** Whether weights that knew something are lost: a loss so far beyond guessing does not come back, long before it is no number. */
    private boolean isRunaway(double loss) {
        OptionalDouble guessing = learning.guessingLoss();
        if (start.isEmpty() || guessing.isEmpty()) return false;
        return loss
                > RUNAWAY_FACTOR * Math.max(guessing.getAsDouble(), start.get().loss());
    }

    private TrainingEvent stepFinished(Tally tally) {
        return new TrainingEvent.StepFinished(
                nextNumber(),
                Instant.now(),
                epoch + 1,
                module().steps(),
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
                module().steps(),
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
        List<List<Long>> confusion = validation.confusion();
        if (samples.isEmpty() && confusion.isEmpty()) return;
        send(new TrainingEvent.PicturesAnswered(
                nextNumber(), Instant.now(), epoch, module().steps(), samples, confusion));
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
        if (settings.step().averaging() instanceof Averaging.None) return judged();
        Weights latest = module().weights();
        module().load(module().meanWeights());
        try {
            return judged();
        } finally {
            module().load(latest);
        }
    }

    private Tally judged() {
        return validation.of(pictures -> module().predict(input(Split.VALIDATION, pictures)));
    }

    private void writeJudged(Path file) {
        if (!ranks.isFirst()) return;
        new Checkpoint(module().meanWeights(), module().live().memory(), List.of(), progress(), task.fingerprint())
                .write(file);
    }

    private void snapshot() {
        double epochs = (double) module().steps() / stepsPerEpoch;
        Path file = task.folder().snapshot(epochs);
        if (ranks.isFirst())
            new Checkpoint(module().meanWeights(), List.of(), List.of(), progress(), task.fingerprint()).write(file);
        send(new TrainingEvent.SnapshotSaved(
                nextNumber(),
                Instant.now(),
                epochs,
                module().steps(),
                file.getFileName().toString()));
        clock = System.nanoTime();
    }

    /** Writes where the run can go on, if all ranks are there. */
    private void checkpoint() {
        Snapshot state = module().live();
        ranks.checkSame(state, task);
        if (ranks.isFirst())
            Checkpoint.of(state, module().vector(), progress(), task.fingerprint())
                    .write(task.folder().lastCheckpoint());
        secondsAtCheckpoint = trainingSeconds;
        send(new TrainingEvent.CheckpointSaved(nextNumber(), Instant.now(), epoch, module().steps()));
        send(new TrainingEvent.MachineUsed(
                nextNumber(), Instant.now(), module().steps(), use.processors(), ProcessUse.bytes()));
        clock = System.nanoTime();
    }

    private Progress progress() {
        return new Progress(
                epoch, batch, module().steps(), epochTally, trainingSeconds, trainedPictures, bestEpoch, bestLoss);
    }

    private Problem diverged(double loss, long stepNumber) {
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
                "network \"" + task.network().name() + "\", epoch " + (epoch + 1) + ", step " + stepNumber,
                String.format(
                        Locale.ROOT,
                        "start again with a lower learning rate, such as %.3g%s; the last good checkpoint is kept",
                        advised,
                        task.start().weights().isPresent() ? ", as weights that others trained want small steps" : ""));
    }

    /** The weights of the epoch are judged, so what is wrong lies in them: named if a tensor tells, else values grew out of range on the way. */
    private Problem divergedInValidation() {
        String cause = NonFinite.in(module().meanWeights().tensors())
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
        outputs.on(event, module());
        task.listener().on(event);
    }
}
