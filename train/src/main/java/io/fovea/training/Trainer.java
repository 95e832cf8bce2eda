package io.fovea.training;

import io.fovea.batch.BatchLoader;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.event.EventLog;
import io.fovea.event.TrainingEvent;
import io.fovea.file.AtomicFile;
import io.fovea.file.FileTree;
import io.fovea.image.Preprocessing;
import io.fovea.learning.Learning;
import io.fovea.module.TrainableModule;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.problem.Problem;
import io.fovea.speed.Contest;
import io.fovea.speed.SpeedRecords;
import io.fovea.tensor.Ranks;
import io.fovea.thread.Workers;
import io.fovea.training.Checkpoint.Progress;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Trains a network on a dataset, and goes on exactly where a stopped or killed run stood.
 *
 * <p>One run, one thread: {@link #run} returns when it is over. Listeners hear every event in that thread.
 */
public final class Trainer {

    private final TrainingTask task;
    private final Set<RunOutput> outputs;
    private final Optional<EngineSpeeds> speeds;
    private final Ranks ranks;

    /** Prepares a run from drawn weights; nothing is written yet. */
    public Trainer(
            Dataset dataset,
            Network network,
            TrainingSettings settings,
            Path folder,
            TrainingListener listener,
            StopSignal stop) {
        this(dataset, network, settings, TrainingStart.NONE, folder, listener, stop);
    }

    /**
     * Prepares a run; nothing is written yet.
     *
     * @param start the first weights and how they know pictures, or {@link TrainingStart#NONE}
     * @throws Problem if dataset, network, settings and start do not belong together
     */
    public Trainer(
            Dataset dataset,
            Network network,
            TrainingSettings settings,
            TrainingStart start,
            Path folder,
            TrainingListener listener,
            StopSignal stop) {
        TrainingTask checked = checked(dataset, network, settings, start);
        task = new TrainingTask(
                dataset,
                network,
                settings,
                checked.preprocessing(),
                start,
                new RunFolder(folder),
                fingerprint(dataset, network, settings, start),
                listener,
                stop);
        outputs = Set.of();
        speeds = Optional.empty();
        ranks = Ranks.ONE;
    }

    /**
     * Checks what the constructor checks, for a run that is not to begin yet.
     *
     * @throws Problem as the constructor
     */
    public static void check(Dataset dataset, Network network, TrainingSettings settings, TrainingStart start) {
        checked(dataset, network, settings, start);
    }

    /** Returns a task that has no folder yet. */
    static TrainingTask checked(Dataset dataset, Network network, TrainingSettings settings, TrainingStart start) {
        TrainingTask task = new TrainingTask(
                dataset,
                network,
                settings,
                start.preprocessing().orElseGet(() -> preprocessing(dataset)),
                start,
                new RunFolder(Path.of("nowhere")),
                "",
                event -> {},
                new StopSignal());
        task.checkFit();
        return task;
    }

    /** Returns what a run of these would do otherwise than its settings say; mostly nothing. */
    public static List<String> remarks(
            Dataset dataset, Network network, TrainingSettings settings, TrainingStart start) {
        return checked(dataset, network, settings, start).remarks();
    }

    /** Returns the remarks that a run, or the runs in its folder, made; each once. */
    public static List<String> remarks(Path folder) {
        return events(folder).stream()
                .filter(TrainingEvent.Remarked.class::isInstance)
                .map(event -> ((TrainingEvent.Remarked) event).remark())
                .distinct()
                .toList();
    }

    private Trainer(TrainingTask task, Set<RunOutput> outputs, Optional<EngineSpeeds> speeds, Ranks ranks) {
        this.task = task;
        this.outputs = Set.copyOf(outputs);
        this.speeds = speeds;
        this.ranks = ranks;
    }

    /** Returns a trainer of the same run that also writes these files; a run may go on with others than it began with. */
    public Trainer writing(Set<RunOutput> wanted) {
        return new Trainer(task, wanted, speeds, ranks);
    }

    /**
     * Returns a trainer of the same run that, where the engine is {@link io.fovea.module.Engine#AUTOMATIC}, finds out in the run which engine is
     * faster, if that can pay, or knows it from earlier runs. When an engine is tried depends on the clock, so that the last bits of such a run are not
     * repeatable.
     *
     * @param records of this machine
     */
    public Trainer measuring(SpeedRecords records) {
        return measuring(new EngineSpeeds(records, Contest.Rule.USUAL));
    }

    Trainer measuring(EngineSpeeds known) {
        return new Trainer(task, outputs, Optional.of(known), ranks);
    }

    /**
     * Returns a trainer that does its part of the same run, together with the other ranks: processes that all make such a trainer, of the same dataset,
     * network, settings and start. Each takes its part of every batch, and after each step all have the same weights, those that one process would
     * have but for rounding.
     *
     * <p>Not as in one process are batch norms, which take their statistics of each rank's pictures alone (their running averages are the mean over all
     * ranks', weighted by pictures, after each step), and dropout, of which each rank draws its own. So many ranks give the same bits each time.
     *
     * <p>Rank 0 reads and writes the run's folder, and tells events; of other ranks the folder is not touched and the listener hears nothing. A stop asked
     * for on any rank stops all after the same step. Every rank returns the same weights.
     *
     * @param together the caller's, to be closed by it
     * @throws Problem if batches are too small to have a part for every rank
     */
    public Trainer among(Ranks together) {
        task.checkParts(together.count());
        return new Trainer(task, outputs, speeds, together);
    }

    /** Returns how this dataset's pictures become the input of a network: as its task wants it. */
    public static Preprocessing preprocessing(Dataset dataset) {
        return Learning.of(dataset.task()).preprocessing(dataset);
    }

    /**
     * Starts the run, or goes on from the folder's last checkpoint if there is one.
     *
     * @throws Problem if the loss becomes no number, or the checkpoint is of another run, or the disk is full, or another rank is gone
     */
    public TrainingResult run() {
        if (ranks.rank() > 0) return runBeside();
        try (EventLog log = new EventLog(task.folder().events())) {
            return run(log);
        }
    }

    /**
     * Does the same as a part of something that tells its own events into the run's log; on rank 0.
     *
     * @param log the folder's {@code events.jsonl}, open
     */
    public TrainingResult run(EventLog log) {
        if (ranks.rank() > 0) throw new IllegalStateException("Rank " + ranks.rank() + " has no log: call run()");
        RunRanks together = new RunRanks(ranks);
        together.meet(task);
        return train(task, log, outputs, together);
    }

    /** What rank 0 keeps in the run's folder has its like here in one that goes when the run ends. */
    private TrainingResult runBeside() {
        RunRanks together = new RunRanks(ranks);
        try {
            Path scratch = Files.createTempDirectory("fovea-rank-");
            try {
                TrainingTask own = task.in(new RunFolder(scratch));
                together.meet(own);
                try (EventLog log = new EventLog(own.folder().events())) {
                    return train(own, log, Set.of(), together);
                }
            } finally {
                FileTree.remove(scratch);
            }
        } catch (IOException failure) {
            throw new Problem(
                    "Rank " + ranks.rank() + " cannot keep its files: " + failure.getMessage() + ".",
                    System.getProperty("java.io.tmpdir"),
                    "make room there, or name another folder by -Djava.io.tmpdir=FOLDER",
                    failure);
        }
    }

    private TrainingResult train(TrainingTask own, EventLog log, Set<RunOutput> wanted, RunRanks together) {
        Optional<Checkpoint> checkpoint = Files.exists(own.folder().lastCheckpoint())
                ? Optional.of(Checkpoint.read(own.folder().lastCheckpoint()))
                : Optional.empty();
        checkpoint.ifPresent(this::checkSameRun);
        Progress progress = checkpoint.map(Checkpoint::progress).orElse(Progress.START);
        writeSettings(own);
        Weights weights = checkpoint.map(Checkpoint::weights).orElseGet(own::firstWeights);
        own.dataset().holdIfSmall(Split.TRAINING);
        own.dataset().holdIfSmall(Split.VALIDATION);
        TrainingSettings settings = own.settings();
        try (RunOutputs written = new RunOutputs(wanted, own, progress.step());
                Workers workers = new Workers(settings.computation().threads());
                RunEngine engine = RunEngine.of(own, weights, workers, pictures(), speeds, together);
                BatchLoader loader = own.loader(together)) {
            TrainableModule module = engine.module();
            module.learnBy(own.updateRule(), workers);
            together.join(module, workers);
            checkpoint.ifPresent(saved -> module.load(saved.snapshot(module.vector())));
            together.checkSame(module.live(), own);
            Optional<FrozenOutputs> frozen = FrozenOutputs.of(own, module);
            if (frozen.isPresent()) engine.settle();
            try {
                return new TrainingLoop(own, log, engine, frozen, loader, written, together, progress).run();
            } finally {
                frozen.ifPresent(FrozenOutputs::close);
            }
        }
    }

    private long pictures() {
        return (long) task.dataset().count(Split.TRAINING)
                * task.settings().course().epochs();
    }

    /** Names the run: another dataset, network, setting or start gives another fingerprint. */
    private static String fingerprint(
            Dataset dataset, Network network, TrainingSettings settings, TrainingStart start) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(dataset.contentHash().getBytes(StandardCharsets.UTF_8));
            digest.update(network.toString().getBytes(StandardCharsets.UTF_8));
            digest.update(SettingsYaml.write(settings).getBytes(StandardCharsets.UTF_8));
            digest.update(start.identity().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }

    private void checkSameRun(Checkpoint checkpoint) {
        if (!checkpoint.fingerprint().equals(task.fingerprint())) {
            throw new Problem(
                    "The run was started with another dataset, network or settings, or from other weights.",
                    task.folder().path().toString(),
                    "resume with the settings in settings.yaml, or start a new run under another name");
        }
    }

    /** The settings of a run under way stay as they are. */
    private static void writeSettings(TrainingTask task) {
        if (Files.exists(task.folder().lastCheckpoint())) return;
        AtomicFile.write(
                task.folder().settings(), SettingsYaml.write(task.settings()).getBytes(StandardCharsets.UTF_8));
        AtomicFile.write(
                task.folder().network(), NetworkYaml.write(task.network()).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the events that a run has told so far, those too that were void after it had been killed and went on. */
    public static List<TrainingEvent> events(Path folder) {
        return EventLog.read(new RunFolder(folder).events(), TrainingEvent.class);
    }
}
