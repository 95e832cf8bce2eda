package io.fovea.training;

import io.fovea.dataset.Batch;
import io.fovea.dataset.BatchLoader;
import io.fovea.dataset.BatchSettings;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.image.Preprocessing;
import io.fovea.module.Initialization;
import io.fovea.module.Mode;
import io.fovea.module.Modules;
import io.fovea.module.TrainableModule;
import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.network.NetworkYaml;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Optimization;
import io.fovea.problem.Problem;
import io.fovea.tensor.Workers;
import io.fovea.training.Checkpoint.Progress;
import io.fovea.training.TrainingEvent.Outcome;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * Trains a network on a dataset, and goes on exactly where a stopped or killed run stood.
 *
 * <p>One run, one thread: {@link #run} returns when it is over. Listeners hear every event in that thread.
 */
public final class Trainer {

    /** A run that is killed loses at most about this much work. */
    private static final double SECONDS_BETWEEN_CHECKPOINTS = 20;

    private static final int EVENTS_PER_EPOCH = 100;
    /** Parameters per piece of an optimizer's step: whole cache lines for each thread. */
    private static final int GRAIN = 4096;

    private final Dataset dataset;
    private final Network network;
    private final TrainingSettings settings;
    private final RunFolder folder;
    private final TrainingListener listener;
    private final StopSignal stop;
    private final Preprocessing preprocessing;
    private final String fingerprint;

    /** Prepares a run; nothing is written yet. */
    public Trainer(
            Dataset dataset,
            Network network,
            TrainingSettings settings,
            Path folder,
            TrainingListener listener,
            StopSignal stop) {
        this.dataset = dataset;
        this.network = network;
        this.settings = settings;
        this.folder = new RunFolder(folder);
        this.listener = listener;
        this.stop = stop;
        this.preprocessing = preprocessing(dataset);
        this.fingerprint = fingerprint(dataset, network, settings);
        checkFit();
    }

    /** Returns how this dataset's pictures become the input of a network: sizes as prepared, mean and deviation of its training pictures. */
    public static Preprocessing preprocessing(Dataset dataset) {
        float[] std = dataset.statistics().std();
        // a channel without any variation is left as it is
        for (int c = 0; c < std.length; c++) if (!(std[c] > 1e-6f)) std[c] = 1;
        return new Preprocessing(
                dataset.preparation().height(),
                dataset.preparation().width(),
                dataset.preparation().colorMode(),
                dataset.preparation().resizeMode(),
                dataset.statistics().mean(),
                std);
    }

    /**
     * Starts the run, or goes on from the folder's last checkpoint if there is one.
     *
     * @throws Problem if the loss becomes no number, or the checkpoint is of another run, or the disk is full
     */
    public TrainingResult run() {
        Optional<Checkpoint> checkpoint = Files.exists(folder.lastCheckpoint())
                ? Optional.of(Checkpoint.read(folder.lastCheckpoint()))
                : Optional.empty();
        checkpoint.ifPresent(this::checkSameRun);
        Progress progress = checkpoint.map(Checkpoint::progress).orElse(Progress.START);
        writeSettings();
        Weights weights = checkpoint
                .map(Checkpoint::weights)
                .orElseGet(() -> Initialization.of(network, new SplittableRandom(settings.seed())));
        dataset.holdInMemory(Split.TRAINING);
        if (dataset.count(Split.VALIDATION) > 0) dataset.holdInMemory(Split.VALIDATION);
        try (EventLog log = new EventLog(folder.events(), progress.eventNumber());
                Workers workers = new Workers(settings.threads());
                TrainableModule module = Modules.create(
                        network, preprocessing, weights, settings.engine(), settings.precision(), workers);
                BatchLoader loader = new BatchLoader(
                        dataset,
                        Split.TRAINING,
                        BatchSettings.forTraining(settings.batchSize(), settings.augmentation(), settings.seed(), 1))) {
            Optimization optimization =
                    new Optimization(settings.optimizer(), settings.regularisation(), module.parameters().length);
            checkpoint.ifPresent(saved -> optimization.restore(saved.progress().step(), saved.memory()));
            return new Loop(log, workers, module, loader, optimization, progress).run();
        }
    }

    private void checkFit() {
        NetworkSummary summary = Inference.of(network);
        int classes = dataset.classNames().size();
        if (summary.output().count() != classes) {
            throw new Problem(
                    "The network has " + summary.output().count() + " outputs but the dataset has " + classes
                            + " classes.",
                    "network \"" + network.name() + "\", dataset \"" + dataset.name() + "\"",
                    "set the outputs of the last layer to " + classes);
        }
        int[] expected = network.input().sizes();
        if (expected[0] != preprocessing.channels()
                || expected[1] != preprocessing.height()
                || expected[2] != preprocessing.width()) {
            throw new Problem(
                    "The network expects pictures " + network.input() + " but the dataset holds [N, "
                            + preprocessing.channels() + ", " + preprocessing.height() + ", " + preprocessing.width()
                            + "].",
                    "network \"" + network.name() + "\", dataset \"" + dataset.name() + "\"",
                    "import the dataset in the network's size, or set the network's input to the dataset's");
        }
        if (dataset.count(Split.TRAINING) == 0) {
            throw new Problem(
                    "The dataset has no training pictures.",
                    "dataset \"" + dataset.name() + "\"",
                    "import it with a training part");
        }
        if (settings.batchSize() > dataset.count(Split.TRAINING)) {
            throw new Problem(
                    "A batch of " + settings.batchSize() + " is larger than the training part of "
                            + dataset.count(Split.TRAINING) + " pictures.",
                    "dataset \"" + dataset.name() + "\", setting batchSize",
                    "set the batch size to " + dataset.count(Split.TRAINING) + " or less");
        }
    }

    /** Names the run: another dataset, network or setting gives another fingerprint. */
    private static String fingerprint(Dataset dataset, Network network, TrainingSettings settings) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(dataset.contentHash().getBytes(StandardCharsets.UTF_8));
            digest.update(network.toString().getBytes(StandardCharsets.UTF_8));
            digest.update(SettingsYaml.write(settings).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }

    private void checkSameRun(Checkpoint checkpoint) {
        if (!checkpoint.fingerprint().equals(fingerprint)) {
            throw new Problem(
                    "The run was started with another dataset, network or settings.",
                    folder.path().toString(),
                    "resume with the settings in settings.yaml, or start a new run under another name");
        }
    }

    private void writeSettings() {
        try {
            Files.createDirectories(folder.lastCheckpoint().getParent());
            if (Files.exists(folder.lastCheckpoint())) return;
            Files.writeString(folder.settings(), SettingsYaml.write(settings));
            Files.writeString(folder.network(), NetworkYaml.write(network));
        } catch (IOException e) {
            throw new Problem(
                    "The run's folder cannot be written: " + e.getMessage(),
                    folder.path().toString(),
                    "check the permissions and free space of the workspace",
                    e);
        }
    }

    /** The state between two steps, and the steps. */
    private final class Loop {
        private final EventLog log;
        private final Workers workers;
        private final TrainableModule module;
        private final BatchLoader loader;
        private final Optimization optimization;
        private final int outputs;
        private final int stepsPerEpoch;
        private final long plannedSteps;
        private float[] gradient = new float[0];

        private int epoch;
        private int batch;
        private long eventNumber;
        private double lossSum;
        private long correct;
        private long pictures;
        private double trainingSeconds;
        private long trainedPictures;
        private int bestEpoch;
        private double bestLoss;
        private double learningRate;
        private long clock;
        private double secondsAtCheckpoint;

        Loop(
                EventLog log,
                Workers workers,
                TrainableModule module,
                BatchLoader loader,
                Optimization optimization,
                Progress progress) {
            this.log = log;
            this.workers = workers;
            this.module = module;
            this.loader = loader;
            this.optimization = optimization;
            outputs = module.outputs();
            stepsPerEpoch = loader.batchesPerEpoch();
            plannedSteps = (long) stepsPerEpoch * settings.epochs();
            epoch = progress.epoch();
            batch = progress.batch();
            eventNumber = progress.eventNumber();
            lossSum = progress.lossSum();
            correct = progress.correct();
            pictures = progress.pictures();
            trainingSeconds = progress.trainingSeconds();
            trainedPictures = progress.trainedPictures();
            bestEpoch = progress.bestEpoch();
            bestLoss = progress.bestLoss();
            secondsAtCheckpoint = trainingSeconds;
        }

        TrainingResult run() {
            send(new TrainingEvent.RunStarted(
                    nextNumber(),
                    Instant.now(),
                    network.name(),
                    Inference.of(network).parameters(),
                    dataset.count(Split.TRAINING),
                    dataset.count(Split.VALIDATION),
                    settings.epochs(),
                    stepsPerEpoch,
                    settings.seed(),
                    module.description(),
                    optimization.steps()));
            Outcome outcome = Outcome.COMPLETED;
            while (epoch < settings.epochs()) {
                if (!trainEpoch()) {
                    outcome = Outcome.STOPPED;
                    break;
                }
                boolean patient = finishEpoch();
                checkpoint(folder.lastCheckpoint());
                if (!patient) {
                    outcome = Outcome.EARLY_STOPPED;
                    break;
                }
            }
            send(new TrainingEvent.RunFinished(
                    nextNumber(),
                    Instant.now(),
                    outcome,
                    epoch,
                    optimization.steps(),
                    trainingSeconds,
                    imagesPerSecond()));
            boolean bestKept = bestEpoch > 0 && Files.exists(folder.bestCheckpoint());
            Weights weights =
                    bestKept ? Checkpoint.read(folder.bestCheckpoint()).weights() : module.weights();
            return new TrainingResult(
                    outcome,
                    network,
                    preprocessing,
                    weights,
                    bestKept ? bestEpoch : epoch,
                    epoch,
                    trainingSeconds,
                    imagesPerSecond());
        }

        /** Returns whether the epoch was finished; false if a stop was asked for, after a checkpoint. */
        private boolean trainEpoch() {
            loader.start(epoch, batch);
            int interval = Math.max(1, stepsPerEpoch / EVENTS_PER_EPOCH);
            double intervalLoss = 0;
            long intervalCorrect = 0;
            long intervalPictures = 0;
            double intervalStart = trainingSeconds;
            clock = System.nanoTime();
            for (Optional<Batch> next = loader.next(); next.isPresent(); next = loader.next()) {
                Batch pictureBatch = next.get();
                Loss.Result result = step(pictureBatch);
                batch++;
                pictures += pictureBatch.size();
                trainedPictures += pictureBatch.size();
                lossSum += result.mean() * pictureBatch.size();
                correct += result.correct();
                intervalLoss += result.mean() * pictureBatch.size();
                intervalCorrect += result.correct();
                intervalPictures += pictureBatch.size();
                tick();
                if (batch % interval == 0) {
                    send(new TrainingEvent.StepFinished(
                            nextNumber(),
                            Instant.now(),
                            epoch + 1,
                            optimization.steps(),
                            intervalLoss / intervalPictures,
                            (double) intervalCorrect / intervalPictures,
                            learningRate,
                            intervalPictures / (trainingSeconds - intervalStart)));
                    intervalLoss = 0;
                    intervalCorrect = 0;
                    intervalPictures = 0;
                    intervalStart = trainingSeconds;
                }
                boolean stopping = stop.isRequested();
                if (batch < stepsPerEpoch
                        && (stopping || trainingSeconds - secondsAtCheckpoint > SECONDS_BETWEEN_CHECKPOINTS)) {
                    checkpoint(folder.lastCheckpoint());
                    if (stopping) return false;
                }
            }
            return true;
        }

        private Loss.Result step(Batch pictureBatch) {
            long stepNumber = optimization.steps();
            learningRate = settings.learningRate() * settings.schedule().factor((double) stepNumber / plannedSteps);
            float[] logits =
                    module.forward(pictureBatch, Mode.TRAINING, settings.seed() * 0x9E3779B97F4A7C15L + stepNumber);
            int values = pictureBatch.size() * outputs;
            if (gradient.length < values) gradient = new float[values];
            Loss.Result result =
                    settings.loss().of(logits, pictureBatch.labels(), pictureBatch.size(), outputs, gradient);
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

        /** Returns whether to go on: false if early stopping has lost patience. */
        private boolean finishEpoch() {
            OptionalDouble validationLoss = OptionalDouble.empty();
            OptionalDouble validationAccuracy = OptionalDouble.empty();
            boolean best = false;
            if (dataset.count(Split.VALIDATION) > 0) {
                Loss.Result result = validate();
                validationLoss = OptionalDouble.of(result.mean());
                validationAccuracy = OptionalDouble.of((double) result.correct() / dataset.count(Split.VALIDATION));
                best = result.mean() < bestLoss;
            }
            epoch++;
            if (best) {
                bestEpoch = epoch;
                bestLoss = validationLoss.getAsDouble();
            }
            send(new TrainingEvent.EpochFinished(
                    nextNumber(),
                    Instant.now(),
                    epoch,
                    optimization.steps(),
                    lossSum / pictures,
                    (double) correct / pictures,
                    validationLoss,
                    validationAccuracy,
                    learningRate,
                    imagesPerSecond(),
                    best));
            batch = 0;
            lossSum = 0;
            correct = 0;
            pictures = 0;
            if (best) checkpoint(folder.bestCheckpoint());
            writeResults();
            return settings.earlyStopping().isEmpty()
                    || validationLoss.isEmpty()
                    || epoch - bestEpoch < settings.earlyStopping().getAsInt();
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
                    lossSum,
                    correct,
                    pictures,
                    trainingSeconds,
                    trainedPictures,
                    bestEpoch,
                    bestLoss);
            new Checkpoint(module.weights(), optimization.memory(), progress, fingerprint).write(file);
            secondsAtCheckpoint = trainingSeconds;
            send(new TrainingEvent.CheckpointSaved(nextNumber(), Instant.now(), epoch, optimization.steps()));
            clock = System.nanoTime();
        }

        private void writeResults() {
            try {
                ResultsTable.write(EventLog.read(folder.events()), folder.results());
            } catch (IOException e) {
                throw new Problem(
                        "The table of results cannot be written: " + e.getMessage(),
                        folder.results().toString(),
                        "check the folder's permissions and the free space, then resume the run",
                        e);
            }
        }

        private Problem diverged() {
            return new Problem(
                    "The loss is no longer a number at a learning rate of " + String.format("%.3g", learningRate) + ".",
                    "network \"" + network.name() + "\", epoch " + (epoch + 1) + ", step " + (optimization.steps() + 1),
                    "start again with a lower learning rate, such as "
                            + String.format("%.3g", settings.learningRate() / 10)
                            + "; the last good checkpoint is kept");
        }

        private void tick() {
            long now = System.nanoTime();
            trainingSeconds += (now - clock) / 1e9;
            clock = now;
        }

        private double imagesPerSecond() {
            return trainingSeconds > 0 ? trainedPictures / trainingSeconds : 0;
        }

        private long nextNumber() {
            return ++eventNumber;
        }

        private void send(TrainingEvent event) {
            log.on(event);
            listener.on(event);
        }
    }

    /** Returns the events that a run has written so far. */
    public static List<TrainingEvent> events(Path folder) {
        return EventLog.read(new RunFolder(folder).events());
    }
}
