package io.fovea.cli;

import io.fovea.bundle.Bundle;
import io.fovea.choice.ModelFile;
import io.fovea.dataset.Split;
import io.fovea.file.WritablePlace;
import io.fovea.job.Job;
import io.fovea.result.DataJson;
import io.fovea.result.EvaluateResult;
import io.fovea.terminal.Console;
import io.fovea.terminal.JobConsole;
import io.fovea.work.Evaluations;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea evaluate}: how good a model file is on a dataset, through the same code that a service runs. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Measure a model on a dataset, with intervals.",
        footer = {
            "",
            "Examples:",
            "  fovea evaluate pets-lenet --data pets",
            "  fovea evaluate pets.fovea --data pets --split validation --output report/ --require-accuracy 0.9",
            "  fovea evaluate nose.fovea --data faces --require-error 5"
        })
final class EvaluateCommand extends Verb {

    @Parameters(
            paramLabel = "MODEL",
            description = "A model file (.fovea), the name of a model in the workspace, or \"latest\".")
    private String model;

    @Option(
            names = "--data",
            paramLabel = "NAME",
            required = true,
            description = "A dataset of the workspace (fovea data list).")
    private String data;

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            description = "training, validation or test. Default: test, else validation.")
    private Split split;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Write evaluation.json, tables (.csv) and pictures (.png) there.")
    private Path folder;

    @Mixin
    private QualityOptions quality;

    EvaluateCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Workspace place = workspace.workspace();
        Bundle bundle = Bundle.open(ModelFile.find(model, place));
        quality.checkSuits(bundle.manifest().task());
        if (folder != null) WritablePlace.checkFolder(folder, "option --output");
        Job.Evaluate job = new Job.Evaluate(
                model, data, Optional.ofNullable(split).map(DataJson::word), Optional.ofNullable(folder));
        EvaluateResult result = Evaluations.of(job, place, new JobConsole(console));
        new ResultWords(console).print(result, output.format());
        return quality.exitCode(result.verdict(), console);
    }
}
