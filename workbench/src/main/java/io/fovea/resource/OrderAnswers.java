package io.fovea.resource;

import io.fovea.batch.Augmentation;
import io.fovea.choice.Beginning;
import io.fovea.choice.HeadChoice;
import io.fovea.choice.NetworkSource;
import io.fovea.choice.TuningAxes;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.jvm.Build;
import io.fovea.learning.Learning;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.network.Shape;
import io.fovea.pretrained.Pretrained;
import io.fovea.pretrained.PretrainedFolder;
import io.fovea.pretrained.PublicWeights;
import io.fovea.problem.Problem;
import io.fovea.record.Place;
import io.fovea.record.RecordTree;
import io.fovea.record.RecordYaml;
import io.fovea.speed.SpeedRecords;
import io.fovea.speed.Surroundings;
import io.fovea.training.RunFolder;
import io.fovea.training.SettingsYaml;
import io.fovea.training.TrainingSettings;
import io.fovea.transfer.Head;
import io.fovea.transfer.TransferMode;
import io.fovea.trial.Trial;
import io.fovea.trial.TuningAxis;
import io.fovea.work.Jobs;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** What helps to put a job together before it begins: what can be chosen, what is wrong with it, how long it will take. Threads may share it. */
public final class OrderAnswers {

    private final Workspace workspace;
    private final Jobs jobs;
    private final KnownRuns runs;
    private final KnownHybrids hybrids;
    private final Map<String, Map<String, Object>> weights = new ConcurrentHashMap<>();

    /** For jobs of a workspace. */
    public OrderAnswers(Workspace workspace) {
        this.workspace = workspace;
        this.jobs = new Jobs(workspace);
        this.runs = new KnownRuns(workspace);
        this.hybrids = new KnownHybrids(workspace);
    }

    /**
     * Returns the settings of a training as fields of a form, with what is usual for it.
     *
     * @param data       a dataset; one that is not there yet has what is usual for classes
     * @param pretrained whether it begins with weights that others trained
     * @param transfer   what learns then
     */
    public Map<String, Object> fields(Optional<String> data, boolean pretrained, Optional<String> transfer) {
        TransferMode mode = transfer.map(TransferMode::of).orElseGet(TransferMode.CachedFeatures::new);
        TrainingSettings usual = TrainingSettings.defaults(1);
        if (data.isPresent() && workspace.names(Shelf.DATASETS).contains(data.get())) {
            try (Dataset dataset = Dataset.open(workspace.dataset(data.get()))) {
                usual = usual(dataset, pretrained, mode);
            }
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("fields", SettingFields.of(usual));
        json.put("mostTrials", Trial.MOST);
        json.put("hybrid", SettingFields.ofHybrid());
        json.put("help", SettingFields.help());
        return json;
    }

    private static TrainingSettings usual(Dataset dataset, boolean pretrained, TransferMode mode) {
        TrainingSettings usual = Beginning.of(dataset.task(), pretrained, mode).settings(1);
        return Beginning.suiting(Beginning.fitting(usual, dataset.count(Split.TRAINING)), dataset.task());
    }

    /** Returns weights that others trained: those of the workspace, and public ones that can be fetched. */
    public List<Map<String, Object>> weights() {
        List<Map<String, Object>> all = new ArrayList<>();
        List<String> here = workspace.names(Shelf.WEIGHTS);
        weights.keySet().retainAll(here);
        for (String name : here) all.add(weights.computeIfAbsent(name, this::described));
        for (PublicWeights each : PublicWeights.all()) {
            if (here.contains(each.name())) continue;
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", each.name());
            json.put("network", each.network());
            json.put("licence", each.licence());
            json.put("isHere", false);
            all.add(json);
        }
        return all;
    }

    private Map<String, Object> described(String name) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        try {
            Pretrained pretrained = PretrainedFolder.read(workspace.weights(name));
            json.put("network", pretrained.network());
            json.put("licence", pretrained.licence());
            json.put("colorMode", pretrained.preprocessing().colorMode().name().toLowerCase(Locale.ROOT));
        } catch (Problem damaged) {
            json.put("problem", damaged.parts());
        }
        json.put("isHere", true);
        return json;
    }

    /** Returns a dataset's own pictures as training would see them, as PNG. */
    public byte[] augmented(String data, Map<String, Object> augmentation, long seed) {
        Augmentation chosen = RecordTree.read(augmentation, Augmentation.NONE, Place.of("augmentation"));
        try (Dataset dataset = Dataset.open(workspace.existing(Shelf.DATASETS, data))) {
            return AugmentationPreview.of(dataset, chosen, seed);
        }
    }

    /**
     * Looks at a job that is not begun.
     *
     * @param text  what a person put together, as a job's file has it
     * @param reach refuses what the job may not name
     * @return notes, how many runs it is, what it will take; or what is wrong, with the setting that is at fault where one is
     */
    public Map<String, Object> look(String text, Consumer<Job> reach) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("runs", 1);
        try {
            JobYaml.Order order = JobYaml.read(text, "the job", workspace.folder());
            reach.accept(order.job());
            number(order.job()).ifPresent(number -> json.put("runs", number));
            json.put("notes", jobs.look(order));
            if (order.after().isEmpty())
                estimate(order.job()).ifPresent(estimate -> {
                    refuseBeyondMemory(estimate);
                    json.put("estimate", estimate);
                });
        } catch (Problem problem) {
            json.put("problem", parts(problem, text));
        }
        return json;
    }

    private static void refuseBeyondMemory(Map<String, Object> estimate) {
        long needed = (Long) estimate.get("bytesOfLayers");
        long there = (Long) estimate.get("bytesOfMachine");
        if (needed <= there) return;
        throw new Problem(
                String.format(
                        Locale.ROOT,
                        "Weights and a batch alone take %.1f GB, and this machine has %.1f.",
                        needed / 1e9,
                        there / 1e9),
                "setting batchSize",
                "choose smaller batches, smaller pictures or a smaller network");
    }

    /** Returns how many trainings a job is, counted before anything is made. */
    private static Optional<Long> number(Job job) {
        return switch (job) {
            case Job.Tune tune -> {
                try {
                    yield Optional.of(tune.random()
                            .map(Integer::longValue)
                            .orElseGet(() -> Trial.combinations(TuningAxes.of(tune.tried()))));
                } catch (IllegalArgumentException noValue) {
                    throw new Problem(
                            noValue.getMessage() + ".", "what is tried", "write values with commas between", noValue);
                }
            }
            case Job.Folds folds -> Optional.of((long) folds.folds());
            default -> Optional.empty();
        };
    }

    /** Returns what is wrong, with the path of the setting that is wrong by itself. */
    private static Map<String, Object> parts(Problem problem, String text) {
        Map<String, Object> json = new LinkedHashMap<>(problem.parts());
        Map<?, ?> job = tree(text);
        Map<?, ?> training = job.get("training") instanceof Map<?, ?> inner ? inner : job;
        Map<?, ?> settings = training.get("settings") instanceof Map<?, ?> given ? given : Map.of();
        Map<?, ?> tried = job.get("tried") instanceof Map<?, ?> several ? several : Map.of();
        FaultyAxis.in(tried)
                .map(SettingFields::pathOfTried)
                .or(() -> FaultySetting.in(settings, problem))
                .ifPresent(path -> json.put("field", path));
        return json;
    }

    /** Returns what a text gives, of whatever job; nothing if it is no job at all. */
    private static Map<?, ?> tree(String text) {
        try {
            return RecordYaml.read(text, "the job", "job").tree();
        } catch (Problem noYaml) {
            return Map.of();
        }
    }

    private Optional<Map<String, Object>> estimate(Job job) {
        return switch (job) {
            case Job.Train train -> estimate(train, List::of);
            case Job.Folds folds -> estimate(folds.training(), usual -> Collections.nCopies(folds.folds(), usual));
            case Job.Tune tune -> estimate(tune.training(), usual -> trials(tune, usual));
            case Job.Hybrid hybrid -> HybridEstimate.of(hybrid, hybrids, runs.all());
            default -> Optional.empty();
        };
    }

    /** Returns the settings of all that a sweep would try; of random ones, an example of as many. */
    private static List<TrainingSettings> trials(Job.Tune tune, TrainingSettings usual) {
        try {
            List<TuningAxis> axes = TuningAxes.of(tune.tried());
            List<Trial> trials = tune.random()
                    .map(number -> Trial.random(usual, axes, number, 1))
                    .orElseGet(() -> Trial.grid(usual, axes));
            return trials.stream().map(Trial::settings).toList();
        } catch (IllegalArgumentException noTrials) {
            throw new Problem(
                    noTrials.getMessage() + ".",
                    "what is tried",
                    "give fewer values, or say how many random ones are tried",
                    noTrials);
        }
    }

    /** @param trainings the settings of each training that the job is, by those of its order */
    private Optional<Map<String, Object>> estimate(
            Job.Train job, Function<TrainingSettings, List<TrainingSettings>> trainings) {
        try (Dataset stored = Dataset.open(workspace.existing(Shelf.DATASETS, job.data()))) {
            Dataset dataset =
                    job.task().filter("reconstruction"::equals).isPresent() ? stored.forReconstruction() : stored;
            TransferMode mode = job.transfer().map(TransferMode::of).orElseGet(TransferMode.CachedFeatures::new);
            boolean isPretrained = job.pretrained().isPresent();
            Optional<Network> network = network(job, dataset);
            if (network.isEmpty()) return Optional.empty();
            TrainingSettings settings =
                    SettingsYaml.read(job.settings(), Place.of("settings"), usual(dataset, isPretrained, mode));
            SpeedRecords speeds = SpeedRecords.in(workspace.speeds(), Surroundings.here(Build.version()));
            boolean isOnFeatures = Beginning.isOnFeatures(dataset.task(), isPretrained, mode);
            Map<TrainingSettings, Map<String, Object>> known = new HashMap<>();
            return Optional.of(sum(trainings.apply(settings).stream()
                    .map(each -> known.computeIfAbsent(
                            each,
                            chosen -> isOnFeatures
                                    ? onFeatures(job, dataset, network.get(), chosen, speeds)
                                    : TrainingEstimate.of(dataset, network.get(), chosen, speeds, runs.all())))
                    .toList()));
        }
    }

    private Map<String, Object> onFeatures(
            Job.Train job, Dataset dataset, Network network, TrainingSettings settings, SpeedRecords speeds) {
        int copies = new HeadChoice(
                        new Head.Linear(),
                        job.copies(),
                        dataset,
                        settings,
                        OptionalDouble.empty(),
                        "settings of the job")
                .number();
        return FeatureEstimate.of(
                dataset, network, copies, settings.computation().threads(), speeds, runs.all());
    }

    /** One training after the other: times and steps add up, and the one that needs most memory counts. */
    private static Map<String, Object> sum(List<Map<String, Object>> trainings) {
        Map<String, Object> json = new LinkedHashMap<>(trainings.getFirst());
        for (Map<String, Object> each : trainings.subList(1, trainings.size())) {
            if (each.containsKey("seconds"))
                json.merge("seconds", each.get("seconds"), (a, b) -> (Double) a + (Double) b);
            else json.remove("seconds");
            if (each.containsKey("steps")) json.merge("steps", each.get("steps"), (a, b) -> (Long) a + (Long) b);
            for (String memory : List.of("bytes", "bytesOfLayers"))
                json.merge(memory, each.get(memory), (a, b) -> Math.max((Long) a, (Long) b));
        }
        return json;
    }

    private Optional<Network> network(Job.Train job, Dataset dataset) {
        Preparation form = dataset.preparation();
        Shape input = new Shape(form.colorMode().channels(), form.height(), form.width());
        if (job.from().isPresent()) {
            String run = job.from().get().replaceFirst("/.*", "");
            return Optional.of(NetworkYaml.read(new RunFolder(workspace.existing(Shelf.RUNS, run)).network()));
        }
        if (job.pretrained().isPresent()) {
            Map<String, Object> known = weights.computeIfAbsent(job.pretrained().get(), this::described);
            String name = String.valueOf(known.get("network"));
            if (Beginning.answersWithMaps(dataset.task()))
                return Catalogue.withMapsOn(name)
                        .map(entry -> Catalogue.network(
                                entry.name(), input, Learning.of(dataset.task()).outputs(dataset)));
            return Optional.of(
                    Catalogue.network(name, input, Learning.of(dataset.task()).outputs(dataset)));
        }
        return job.network().map(name -> NetworkSource.find(name, input, dataset));
    }
}
