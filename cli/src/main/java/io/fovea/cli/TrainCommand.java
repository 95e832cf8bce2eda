package io.fovea.cli;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.training.TrainingSettings;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fovea train}: a network learns a dataset; out comes a model file. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Train a network on a dataset, judge it, write the model.",
        description = {
            "",
            "The model is judged on the test pictures, or on the validation pictures where there are no others.",
            "Ctrl-C stops after a checkpoint. The same command goes on where a stopped or killed one stood.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  fovea train --data pets --network lenet --epochs 10",
            "  fovea train --data pets --network mine.yaml --optimizer adam --flip 0.5 --early-stopping 5",
            "  fovea train --data pets --settings ~/fovea/runs/pets-lenet-1/settings.yaml --seed 2"
        })
final class TrainCommand implements Callable<Integer> {

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
            defaultValue = "lenet",
            description =
                    "A network of the catalogue (fovea network list), or a file (.yaml). Default: ${DEFAULT-VALUE}.")
    private String network;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The model's name. Default: dataset and network, such as pets-lenet.")
    private String name;

    @Mixin
    private TrainingOptions options;

    @Mixin
    private RunOutputOptions outputs;

    @Mixin
    private AccuracyOption accuracy;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private OutputOption output;

    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        TrainingSettings settings = settings();
        Workspace place = workspace.workspace();
        try (Dataset dataset = Dataset.open(place.existing(Shelf.DATASETS, data))) {
            Preparation form = dataset.preparation();
            Shape input = new Shape(form.colorMode().channels(), form.height(), form.width());
            Network layers =
                    NetworkSource.find(network, input, dataset.classNames().size());
            String model = name == null ? data + "-" + layers.name() : name;
            Optional<TrainingJob.Done> done =
                    new TrainingJob(console, place, outputs.outputs()).run(model, dataset, layers, settings);
            if (done.isEmpty()) return ExitCode.FAILED;
            switch (output.format()) {
                case JSON -> console.json(asJson(layers, settings, done.get()));
                case TEXT -> print(done.get());
            }
            return accuracy.exitCode(done.get().accuracy(), console);
        }
    }

    private TrainingSettings settings() {
        try {
            return options.settings();
        } catch (IllegalArgumentException outOfRange) {
            throw new ParameterException(spec.commandLine(), outOfRange.getMessage(), outOfRange);
        }
    }

    private void print(TrainingJob.Done done) {
        console.result("Accuracy  " + AccuracyOption.words(done.accuracy()) + ", on " + DataJson.word(done.split()));
        console.result("Model     " + done.export().path());
        console.result("Run       " + done.runFolder());
    }

    private Map<String, Object> asJson(Network layers, TrainingSettings settings, TrainingJob.Done done) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data", data);
        json.put("network", layers.name());
        json.put("parameters", done.parameters());
        json.put("epochs", done.result().epochs());
        json.put("outcome", DataJson.word(done.result().outcome()));
        json.put("split", DataJson.word(done.split()));
        json.put("accuracy", done.accuracy().value());
        json.put(
                "accuracyInterval",
                List.of(done.accuracy().low(), done.accuracy().high()));
        json.put("trainingSeconds", done.trainingSeconds());
        json.put("imagesPerSecond", Math.round(done.result().imagesPerSecond()));
        json.put("bundle", done.export().path().toString());
        json.put("parityMaxAbsDifference", done.export().parityMaxAbsDifference());
        json.put("run", done.runFolder().toString());
        json.put("seed", settings.seed());
        return json;
    }
}
