package io.fovea.cli;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.image.ColorMode;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.training.ComputationSettings;
import io.fovea.training.SettingsYaml;
import io.fovea.training.Trainer;
import io.fovea.training.TrainingSettings;
import io.fovea.training.TrainingStart;
import io.fovea.training.Trial;
import io.fovea.training.TrialResult;
import io.fovea.training.Tuning;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fovea tune}: trains with different settings and compares them on the validation pictures. */
@Command(
        name = "tune",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Train with different settings, compare them on the validation pictures.",
        description = {
            "",
            "Tries all combinations, or random ones with --random. The test pictures have no part in it. Ctrl-C stops"
                    + " after a checkpoint; the same command goes on where a stopped or killed one stood."
        },
        footer = {
            "",
            "Examples:",
            "  fovea tune --data pets --learning-rate 0.1,0.01,0.001 --batch-size 32,64",
            "  fovea tune --data pets --learning-rate 0.0001..0.1 --random 16 --halving"
        })
final class TuneCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "NAME",
            required = true,
            description = "A dataset of the workspace (fovea data list).")
    private String data;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            description =
                    "A network of the catalogue, or a file (.yaml). Default: what fits the pictures by their size,"
                            + " as is said.")
    private String network;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "Settings as YAML that all trials share; what is tried comes over it.")
    private Path settings;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs of a whole trial. Default: 30.")
    private Integer epochs;

    @Mixin
    private TuneOptions tried;

    @Option(
            names = "--random",
            paramLabel = "N",
            description = "Try N random combinations instead of all; ranges are drawn evenly by their logarithm.")
    private Integer random;

    @Option(names = "--halving", description = "End the worse half early, again and again (successive halving).")
    private boolean halving;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of every random choice, the same in all trials. Default: that of --settings, else 1.")
    private Long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that compute. Default: one per core.")
    private Integer threads;

    @Mixin
    private StepOptions steps;

    @Mixin
    private AugmentationOptions augmentation;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private OutputOption output;

    TuneCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Workspace place = workspace.workspace();
        try (Dataset dataset = Dataset.open(place.existing(Shelf.DATASETS, data))) {
            TrainingSettings base = checked(() -> base(dataset));
            if (TaskWord.REGRESSION.names(dataset.task())) VerbSituations.TUNING_NUMBERS.refuse(spec);
            if (dataset.preparation().colorMode() == ColorMode.GREY) VerbSituations.TUNING_ON_GREY.refuse(spec);
            List<Trial> trials = checked(() -> trials(base));
            if (trials.size() == 1 || base.course().epochs() == 1) VerbSituations.NOTHING_TO_HALVE.refuse(spec);
            Preparation form = dataset.preparation();
            Shape input = new Shape(form.colorMode().channels(), form.height(), form.width());
            if (network == null) {
                NetworkProposal proposal = NetworkProposal.of(dataset, place);
                network = proposal.network();
                proposal.words(NetworkProposal.Origin.DRAWN).forEach(words -> console.progress("Note: " + words));
            }
            Network layers = NetworkSource.find(network, input, dataset);
            Tuning.check(dataset, layers, trials, TrainingStart.NONE);
            TrainingPlan plan = new TrainingPlan(data + "-" + layers.name() + "-tune", dataset, layers, base);
            try (RunChoice choice = RunChoice.choose(place, plan, asked(trials))) {
                return run(plan, trials, choice);
            }
        }
    }

    private int run(TrainingPlan plan, List<Trial> trials, RunChoice choice) {
        Optional<List<TrialResult>> results;
        try (Interruption interruption = new Interruption(console)) {
            Tuning tuning = new Tuning(
                    plan.dataset(),
                    plan.network(),
                    TrainingStart.NONE,
                    choice.folder(),
                    trial -> {
                        console.progress("Trial " + trial.number() + " of " + trials.size() + ": " + words(trial));
                        return new TrainingConsole(console);
                    },
                    interruption.signal());
            results = tuning.run(trials, halving ? Tuning.Pruning.HALVING : Tuning.Pruning.NONE);
            // said before the process may end
            if (results.isEmpty()) {
                console.progress("The same command goes on from here; the trials are in " + choice.folder());
            }
        }
        if (results.isEmpty()) return ExitCode.FAILED;
        Map<String, Object> json = asJson(plan, results.get(), choice.folder());
        choice.finish(Console.asJson(json));
        switch (output.format()) {
            case JSON -> console.json(json);
            case TEXT -> print(plan, results.get(), choice.folder());
        }
        return results.get().getFirst().validation().isPresent() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private TrainingSettings base(Dataset dataset) {
        TrainingSettings base = TrainingSettings.defaults(1);
        if (settings != null) base = TrainingOptions.read(settings, base);
        if (seed != null) base = base.withSeed(seed);
        base = base.withLoss(LossOptions.suiting(base.loss(), dataset));
        if (epochs != null) base = base.withEpochs(epochs);
        if (threads != null) {
            base = base.withComputation(new ComputationSettings(
                    base.computation().engine(), base.computation().precision(), threads));
        }
        return steps.over(base)
                .withAugmentation(augmentation.over(base.pictures().augmentation()));
    }

    private List<Trial> trials(TrainingSettings base) {
        if (random == null) return Trial.grid(base, tried.axes());
        if (random < 1) throw new IllegalArgumentException("--random must be at least 1: " + random);
        return Trial.random(base, tried.axes(), random, base.seed());
    }

    private <T> T checked(java.util.function.Supplier<T> chosen) {
        try {
            return chosen.get();
        } catch (IllegalArgumentException outOfRange) {
            throw new ParameterException(spec.commandLine(), outOfRange.getMessage(), outOfRange);
        }
    }

    /** Names what is tried, so that the same command goes on with the same trials. */
    private String asked(List<Trial> trials) {
        StringBuilder words = new StringBuilder("halving: " + halving + "\n");
        trials.forEach(trial -> words.append(SettingsYaml.write(trial.settings())));
        return words.toString();
    }

    private static String words(Trial trial) {
        List<String> words = new ArrayList<>();
        trial.choices().forEach((name, choice) -> words.add(name.replace('_', ' ') + " " + choice));
        return String.join(", ", words);
    }

    private void print(TrainingPlan plan, List<TrialResult> results, Path folder) {
        String title = results.stream()
                .flatMap(result -> result.validation().stream())
                .map(best -> FoldsJob.title(best.measure()))
                .findFirst()
                .orElse("Measure");
        TextTable table = new TextTable("Trial", title, "Loss", "Epochs", "State", "Tried");
        for (TrialResult result : results) {
            table.row(
                    Integer.toString(result.trial().number()),
                    result.validation().map(best -> best.measure().words()).orElse("–"),
                    result.validation()
                            .map(best -> String.format(Locale.ROOT, "%.4f", best.loss()))
                            .orElse("–"),
                    Integer.toString(result.epochs()),
                    DataJson.word(result.state()).replace('_', ' '),
                    words(result.trial()));
        }
        table.lines().forEach(console::result);
        console.result("");
        console.result("Trials    " + folder.resolve("trials.csv"));
        console.result("Go on:    " + Launched.command() + " train --data " + data + " --network " + network
                + " --settings " + folder.resolve("best-settings.yaml"));
    }

    private Map<String, Object> asJson(TrainingPlan plan, List<TrialResult> results, Path folder) {
        List<Map<String, Object>> trials = new ArrayList<>();
        for (TrialResult result : results) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("trial", result.trial().number());
            each.put("tried", result.trial().choices());
            each.put("state", DataJson.word(result.state()));
            each.put("epochs", result.epochs());
            each.put("remarks", Trainer.remarks(Tuning.run(folder, result.trial())));
            result.validation().ifPresent(best -> {
                each.put("bestEpoch", best.epoch());
                each.put("validationLoss", best.loss());
                each.put(
                        "validation" + FoldsJob.title(best.measure()),
                        best.measure().value());
            });
            trials.add(each);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data", data);
        json.put("network", plan.network().name());
        json.put("trials", trials);
        json.put("bestSettings", folder.resolve("best-settings.yaml").toString());
        json.put("run", folder.toString());
        json.put("seed", plan.settings().seed());
        return json;
    }
}
