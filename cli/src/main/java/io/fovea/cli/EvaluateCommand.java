package io.fovea.cli;

import io.fovea.bundle.Bundle;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.evaluation.EvaluationFiles;
import io.fovea.evaluation.Proportion;
import io.fovea.evaluation.ReportPart;
import io.fovea.evaluation.Verdict;
import io.fovea.export.BundleEvaluation;
import io.fovea.problem.Problem;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
final class EvaluateCommand implements Callable<Integer> {

    private final Console console;

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

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private OutputOption output;

    EvaluateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Workspace place = workspace.workspace();
        Path file = ModelFile.find(model, place);
        Bundle bundle = Bundle.open(file);
        quality.checkSuits(bundle.manifest().task());
        try (Dataset dataset = Dataset.open(place.existing(Shelf.DATASETS, data))) {
            Split measured = measuredSplit(dataset);
            if (folder != null) WritablePlace.checkFolder(folder, "--output");
            BundleEvaluation judging = judged(bundle, dataset, measured);
            Verdict verdict = judging.verdict();
            Optional<String> remark = partInModel(bundle, dataset, measured);
            remark.ifPresent(console::progress);
            if (folder != null) EvaluationFiles.write(verdict, index -> dataset.picture(measured, index), folder);
            switch (output.format()) {
                case JSON -> {
                    Map<String, Object> json = asJson(file, measured, verdict, remark);
                    judging.unfamiliar().ifPresent(share -> json.put("unfamiliar", share.hits()));
                    console.json(json);
                }
                case TEXT -> {
                    print(measured, verdict);
                    judging.unfamiliar().map(EvaluateCommand::words).ifPresent(console::result);
                }
            }
            return quality.exitCode(verdict, console);
        }
    }

    private BundleEvaluation judged(Bundle bundle, Dataset dataset, Split measured) {
        ProgressBar bar = new ProgressBar(console);
        int count = dataset.count(measured);
        try {
            return BundleEvaluation.of(
                    bundle,
                    dataset,
                    measured,
                    preparation -> ImportAgain.command(dataset, preparation),
                    done -> bar.draw(
                            "judging",
                            (double) done / count,
                            String.format(Locale.ROOT, "%,d of %,d pictures", done, count)));
        } finally {
            bar.clear();
        }
    }

    private static String words(Proportion unfamiliar) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d pictures (%.1f %%) are unlike anything it learned from",
                unfamiliar.hits(),
                unfamiliar.count(),
                unfamiliar.value() * 100);
    }

    private Split measuredSplit(Dataset dataset) {
        Split chosen = split != null ? split : dataset.count(Split.TEST) > 0 ? Split.TEST : Split.VALIDATION;
        if (dataset.count(chosen) > 0) return chosen;
        throw new Problem(
                "The dataset has no " + DataJson.word(chosen) + " pictures.",
                "dataset \"" + data + "\"",
                "choose another part with --split, or import the dataset with such a part");
    }

    /** What pictures are counted that had a part in making the model: their figures flatter it. */
    private static Optional<String> partInModel(Bundle bundle, Dataset dataset, Split measured) {
        if (!bundle.manifest().provenance().datasetHash().equals(dataset.contentHash())) return Optional.empty();
        return switch (measured) {
            case TRAINING -> Optional.of("The model learned from these very pictures: expect less on new ones.");
            case VALIDATION ->
                Optional.of("These pictures had a part in choosing the model: expect a little less on new ones.");
            case TEST -> Optional.empty();
        };
    }

    private void print(Split measured, Verdict verdict) {
        console.result(VerdictWords.line(verdict, measured));
        for (ReportPart part : verdict.report()) {
            switch (part) {
                case ReportPart.Line(String words) -> console.result(words);
                case ReportPart.Table(List<String> columns, List<List<String>> rows) -> {
                    TextTable table = new TextTable(columns.toArray(String[]::new));
                    rows.forEach(row -> table.row(row.toArray(String[]::new)));
                    table.lines().forEach(console::result);
                }
            }
        }
    }

    private Map<String, Object> asJson(Path file, Split measured, Verdict verdict, Optional<String> remark) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", file.toString());
        json.put("data", data);
        json.put("split", DataJson.word(measured));
        json.put("remarks", remark.stream().toList());
        json.putAll(verdict.details());
        json.put("measures", verdict.measures());
        return json;
    }
}
