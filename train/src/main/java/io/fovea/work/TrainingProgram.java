package io.fovea.work;

import io.fovea.choice.Beginning;
import io.fovea.choice.NetworkSource;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.evaluation.Verdict;
import io.fovea.event.EventListener;
import io.fovea.event.EventLog;
import io.fovea.event.JobEvent;
import io.fovea.export.TrainedModel;
import io.fovea.file.AtomicFile;
import io.fovea.file.LockFile;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.jvm.Build;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.progress.Telling;
import io.fovea.record.RecordYaml;
import io.fovea.result.TrainResult;
import io.fovea.speed.SpeedRecords;
import io.fovea.training.SettingsYaml;
import io.fovea.training.StopRequest;
import io.fovea.training.StopSignal;
import io.fovea.training.Trainer;
import io.fovea.training.TrainingSettings;
import io.fovea.training.TrainingStart;
import io.fovea.transfer.TransferMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** {@link Job.Train} from scratch for a program that holds its dataset open: the same folder, events and model, without a workspace. */
public final class TrainingProgram {

    private final Dataset dataset;
    private final Network network;
    private final String model;
    private final Job.Train job;
    private final TrainingSettings settings;

    /**
     * Prepares.
     *
     * @param network  of the catalogue, or a file
     * @param name     of the model; empty: dataset and network
     * @param settings changes what is usual
     * @param seed     of every random choice; empty: drawn
     * @throws io.fovea.problem.Problem if dataset, network and settings do not belong together
     */
    public TrainingProgram(
            Dataset dataset,
            String network,
            Optional<String> name,
            UnaryOperator<TrainingSettings> settings,
            Optional<Long> seed) {
        this.dataset = dataset;
        Shape input = new Shape(
                dataset.preparation().channels(),
                dataset.preparation().height(),
                dataset.preparation().width());
        this.network = NetworkSource.find(network, input, dataset);
        this.model = name.orElse(dataset.name() + "-" + this.network.name());
        TrainingSettings usual = Beginning.suiting(
                Beginning.fitting(
                        Beginning.of(dataset.task(), false, new TransferMode.CachedFeatures())
                                .settings(seed.orElse(0L)),
                        dataset.count(Split.TRAINING)),
                dataset.task());
        this.settings = settings.apply(usual);
        Map<String, Object> tree = SettingsYaml.tree(this.settings);
        if (seed.isEmpty()) tree.remove("seed");
        this.job = new Job.Train(
                dataset.name(),
                Optional.of(network),
                Optional.of(model),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                tree,
                List.of(),
                false,
                Optional.empty());
        TrainedModel.judgingSplit(dataset);
        Trainer.check(dataset, this.network, this.settings, TrainingStart.NONE);
    }

    /** A network that was trained and judged, and is not written yet. */
    public final class Judged {

        private final EpochTraining training;
        private final EpochTraining.Judged judged;

        private Judged(EpochTraining training, EpochTraining.Judged judged) {
            this.training = training;
            this.judged = judged;
        }

        /** Returns how good it is on {@link #split}. */
        public Verdict verdict() {
            return judged.model().verdict();
        }

        /** Returns the part of the dataset that it was judged on. */
        public Split split() {
            return judged.model().split();
        }

        /** Returns the run's folder. */
        public Path folder() {
            return judged.folder();
        }

        /** Writes the model; then the job is done. */
        public TrainResult export(Path file) {
            TrainResult result = training.written(judged, file);
            AtomicFile.write(
                    new JobFolder(judged.folder()).result(), Jobs.json(result).getBytes(StandardCharsets.UTF_8));
            return result;
        }
    }

    /**
     * Trains and judges in a folder of its own, or goes on with an unfinished run of the same; empty if it was stopped.
     *
     * @param runs the folder of such folders
     */
    public Optional<Judged> run(Path runs, EventListener listener, StopSignal stop) {
        Map<String, String> inputs = Map.of("dataset", dataset.contentHash());
        JobFolders.Held held =
                new JobFolders(runs).choose(JobYaml.Order.of(job), model, Jobs.Going.ON, Optional.of(inputs));
        JobFolder folder = held.folder();
        try (LockFile _ = held.lock();
                StopRequest asked = new StopRequest(folder.stopRequest(), stop);
                EventLog log = new EventLog(folder.events())) {
            AtomicFile.write(folder.inputs(), RecordYaml.text(inputs).getBytes(StandardCharsets.UTF_8));
            Telling telling = new Telling(Optional.of(log), listener, asked.signal());
            telling.tell(number -> new JobEvent.JobBegan(number, Instant.now(), job.kind(), Build.version()));
            long seed = ((Number) ((Job.Train) held.order().job()).settings().get("seed")).longValue();
            TrainingPlan plan = new TrainingPlan(model, dataset, network, settings.withSeed(seed));
            EpochTraining training = new EpochTraining(plan, Set.of(), List.of(), SpeedRecords.none());
            Optional<EpochTraining.Judged> judged = training.judged(folder.path(), telling, asked.signal());
            return judged.map(done -> new Judged(training, done));
        }
    }
}
