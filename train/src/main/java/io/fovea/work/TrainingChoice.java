package io.fovea.work;

import io.fovea.choice.BackbonePlan;
import io.fovea.choice.Beginning;
import io.fovea.choice.DatasetChoice;
import io.fovea.choice.HeadChoice;
import io.fovea.choice.NetworkProposal;
import io.fovea.choice.NetworkRemarks;
import io.fovea.choice.NetworkSource;
import io.fovea.choice.TaskWord;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.export.TrainedModel;
import io.fovea.export.WeightsEntry;
import io.fovea.file.Hash;
import io.fovea.image.Preprocessing;
import io.fovea.job.Job;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.network.Shape;
import io.fovea.pretrained.Pretrained;
import io.fovea.pretrained.PretrainedFolder;
import io.fovea.problem.Problem;
import io.fovea.progress.Telling;
import io.fovea.record.Place;
import io.fovea.training.SettingsYaml;
import io.fovea.training.Trainer;
import io.fovea.training.TrainingSettings;
import io.fovea.training.TrainingStart;
import io.fovea.transfer.Head;
import io.fovea.transfer.MapTransfer;
import io.fovea.transfer.TransferMode;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A training as it was asked for, with all that is usual where nothing was chosen; the dataset is open until it is closed. */
final class TrainingChoice implements AutoCloseable {

    private static final String UNJUDGED = "There are no validation pictures to tell whether an epoch beats the head it"
            + " begins with: the last epoch becomes the model, better or not.";

    private final Job.Train job;
    private final Workspace workspace;
    private final Dataset stored;
    private final Dataset dataset;
    private final List<String> notes = new ArrayList<>();
    private final Optional<String> network;
    private final Optional<Pretrained> pretrained;
    private final Optional<CheckpointChoice> from;
    private final TransferMode mode;
    private final TrainingSettings settings;

    /**
     * Opens the dataset and settles what was left open.
     *
     * @param learned how many of the training and validation pictures an epoch learns from, given both numbers
     * @throws Problem if something that is named is not there, or does not fit the others
     */
    TrainingChoice(Job.Train job, Workspace workspace, LearnedPictures learned) {
        this.job = job;
        this.workspace = workspace;
        stored = DatasetChoice.open(workspace, job.data());
        try {
            dataset = isReconstruction() ? stored.forReconstruction() : stored;
            checkTask();
            NetworkProposal proposal = NetworkProposal.of(dataset, workspace);
            from = job.from().map(words -> CheckpointChoice.of(words, workspace));
            if (from.isPresent()) refuseBesideCheckpoint();
            boolean open = job.network().isEmpty() && job.pretrained().isEmpty() && from.isEmpty();
            boolean onFeatures =
                    open && job.settings().isEmpty() && proposal.pretrained().isPresent();
            if (open) notes.addAll(proposal.words(onFeatures));
            network = open && !onFeatures
                    ? Optional.of(proposal.network())
                    : job.network()
                            .or(() -> from.map(
                                    checkpoint -> checkpoint.run().network().toString()));
            pretrained = (onFeatures ? proposal.pretrained() : job.pretrained())
                    .map(name -> PretrainedFolder.read(workspace.existing(Shelf.WEIGHTS, name)));
            pretrained.ifPresent(this::checkNetwork);
            mode = job.transfer().map(TransferMode::of).orElseGet(TransferMode.CachedFeatures::new);
            settings = settings(learned.of(dataset.count(Split.TRAINING), dataset.count(Split.VALIDATION)));
            if (pretrained.isPresent() && !isOnMaps())
                notes.addAll(NetworkRemarks.pretrained(pretrained.get(), dataset));
        } catch (RuntimeException failure) {
            stored.close();
            throw failure;
        }
    }

    /** How many pictures an epoch learns from. */
    @FunctionalInterface
    interface LearnedPictures {

        /** All that are for training. */
        LearnedPictures TRAINING = (training, validation) -> training;

        int of(int training, int validation);

        /** Returns those outside of a fold. */
        static LearnedPictures outsideFold(int folds) {
            return (training, validation) -> Beginning.outsideFold(training + validation, folds);
        }
    }

    private boolean isReconstruction() {
        return job.task().filter(TaskWord.RECONSTRUCTION.word()::equals).isPresent();
    }

    private void checkTask() {
        String found = dataset.task().word();
        if (job.task().isEmpty() || job.task().get().equals(found)) return;
        throw new Problem(
                "The dataset is for " + found + ", not for " + job.task().get() + ".",
                "dataset \"" + job.data() + "\"",
                "import it with --task " + job.task().get() + ", or leave the option out");
    }

    private void refuseBesideCheckpoint() {
        if (job.network().isEmpty() && job.pretrained().isEmpty()) return;
        throw new Problem(
                "A checkpoint brings its network and its weights along, so neither can be named beside it.",
                "from: " + job.from().orElseThrow(),
                "leave network and pretrained out");
    }

    private void checkNetwork(Pretrained weights) {
        if (network.isEmpty() || network.get().equals(weights.network())) return;
        throw new Problem(
                "The weights are those of " + weights.network() + ", not of " + network.get() + ".",
                "weights \"" + weights.name() + "\"",
                "leave --network out, or import weights of " + network.get());
    }

    private TrainingSettings settings(int learned) {
        TrainingSettings usual = beginning().settings(1);
        TrainingSettings read = SettingsYaml.read(job.settings(), Place.of("settings of the job"), usual);
        TrainingSettings fitting =
                isOnFeatures() || isChosen("pictures", "batchSize") ? read : Beginning.fitting(read, learned);
        return isChosen("loss") ? fitting : Beginning.suiting(fitting, dataset.task());
    }

    /** Whether a setting was chosen, in its group or, as older files have it, at the top. */
    private boolean isChosen(String... path) {
        if (job.settings().containsKey(path[path.length - 1])) return true;
        return path.length > 1 && job.settings().get(path[0]) instanceof Map<?, ?> group && group.containsKey(path[1]);
    }

    private Beginning beginning() {
        return Beginning.of(dataset.task(), pretrained.isPresent(), mode);
    }

    /** Whether pictures are answered with maps in their size. */
    private boolean isOnMaps() {
        return Beginning.answersWithMaps(dataset.task());
    }

    /** Whether only a head learns, on features that are computed once. */
    boolean isOnFeatures() {
        return Beginning.isOnFeatures(dataset.task(), pretrained.isPresent(), mode);
    }

    /**
     * Refuses a head on features, which is fitted to its minimum at once.
     *
     * @param what is asked for that it has not
     * @throws Problem if only such a head learns
     */
    void refuseFeatures(String what, String where) {
        if (!isOnFeatures()) return;
        throw new Problem(
                what,
                where,
                "let the network learn with transfer head, last:N or all, or name a network to train from scratch");
    }

    Dataset dataset() {
        return dataset;
    }

    TrainingSettings settings() {
        return settings;
    }

    List<String> notes() {
        return notes;
    }

    /** Returns what is learned from, each with a hash. */
    Map<String, String> inputs() {
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put("dataset", dataset.contentHash());
        pretrained.ifPresent(weights -> inputs.put("pretrained", weights.sha256()));
        from.ifPresent(checkpoint -> inputs.put("from", Hash.of(checkpoint.file())));
        network.filter(NetworkSource::isFile)
                .ifPresent(_ -> inputs.put("network", Hash.of(NetworkYaml.write(drawnNetwork()))));
        return inputs;
    }

    /** Returns where what is learned from lies, absolute. */
    List<Path> places() {
        List<Path> places = new ArrayList<>(List.of(stored.folder()));
        pretrained.ifPresent(weights -> places.add(workspace.weights(weights.name())));
        from.ifPresentOrElse(
                checkpoint -> places.addAll(checkpoint.places()),
                () -> network.filter(NetworkSource::isFile).ifPresent(file -> places.add(Path.of(file))));
        return places.stream()
                .map(Path::toAbsolutePath)
                .map(Path::normalize)
                .distinct()
                .toList();
    }

    /** Returns the name of the model that comes out. */
    String model() {
        return job.name()
                .orElseGet(() -> stored.name() + "-"
                        + pretrained.map(Pretrained::network).orElseGet(() -> drawnNetwork()
                                .name()));
    }

    /** Returns whether the model file holds its weights as safetensors too. */
    WeightsEntry weights() {
        return job.weights() ? WeightsEntry.WRITTEN : WeightsEntry.LEFT_OUT;
    }

    /** Returns what the settings mean for a head on features. */
    HeadChoice head() {
        boolean chosen = isChosen("step", "regularisation") || isChosen("l2");
        double l2 = settings.step().regularisation().l2();
        return new HeadChoice(
                job.head().map(Head::of).orElseGet(Head.Linear::new),
                job.copies(),
                dataset,
                settings,
                chosen || l2 > 0 ? OptionalDouble.of(l2) : OptionalDouble.empty(),
                "settings of the job");
    }

    BackbonePlan backbone() {
        return new BackbonePlan(workspace, pretrained.orElseThrow(), dataset);
    }

    /**
     * Refuses what a training would, before anything is computed.
     *
     * @return what a person should know
     */
    List<String> check() {
        List<String> all = new ArrayList<>(notes);
        if (pretrained.isEmpty()) {
            Network layers = drawnNetwork();
            all.addAll(NetworkRemarks.fromScratch(
                    layers, dataset, settings.pictures().batchSize()));
            Trainer.check(dataset, layers, settings, start());
        } else if (isOnMaps()) {
            onMaps();
        } else {
            BackbonePlan plan = backbone();
            plan.check(plan.rated(mode, settings));
            if (dataset.count(Split.VALIDATION) == 0) all.add(UNJUDGED);
        }
        return all;
    }

    /** Returns what a training does; for fine-tuning, features may have to be computed first. */
    TrainingPlan plan(Telling telling) {
        if (pretrained.isEmpty()) {
            TrainingStart start = start();
            return new TrainingPlan(model(), dataset, drawnNetwork(), settings, start, _ -> start, weights());
        }
        if (isOnMaps()) return onMaps();
        BackbonePlan plan = backbone();
        return new TrainingPlan(
                model(),
                dataset,
                plan.network(),
                plan.rated(mode, settings),
                plan.start(dataset, job.newHead(), settings, telling),
                part -> plan.start(part, job.newHead(), settings, telling),
                weights());
    }

    /** New layers on pretrained ones, all of which learn. */
    private TrainingPlan onMaps() {
        Preprocessing preprocessing = BackbonePlan.preprocessing(pretrained.orElseThrow(), dataset);
        MapTransfer maps = MapTransfer.of(pretrained.get(), dataset, preprocessing, settings.seed());
        TrainingStart start = TrainingStart.of(maps.weights(), preprocessing);
        TrainingSettings rated =
                settings.withLayerRates(maps.rates().times(settings.step().layerRates()));
        Trainer.check(dataset, maps.network(), rated, start);
        return new TrainingPlan(model(), dataset, maps.network(), rated, start, _ -> start, weights());
    }

    /** Returns the first weights of a network that is not pretrained: those of a checkpoint, or none. */
    TrainingStart start() {
        return from.map(CheckpointChoice::start).orElse(TrainingStart.NONE);
    }

    /** Returns the network as it was named, or as it was settled for lack of a name. */
    String networkName() {
        return network.orElseThrow();
    }

    /** Returns the network that learns from scratch. */
    Network drawnNetwork() {
        Preparation form = dataset.preparation();
        Shape input = new Shape(form.colorMode().channels(), form.height(), form.width());
        return NetworkSource.find(network.orElseThrow(), input, dataset);
    }

    /** Refuses a model's end that would be missed after the work: its name, the place, pictures to judge it on. */
    void checkEnd() {
        workspace.model(model());
        TrainedModel.judgingSplit(dataset);
    }

    @Override
    public void close() {
        stored.close();
    }
}
