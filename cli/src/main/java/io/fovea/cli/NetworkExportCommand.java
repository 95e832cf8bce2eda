package io.fovea.cli;

import io.fovea.bundle.Measurement;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.DistinctNames;
import io.fovea.evaluation.Evaluation;
import io.fovea.export.ExportReport;
import io.fovea.export.GoldenExample;
import io.fovea.export.PretrainedModel;
import io.fovea.pretrained.ClassMatching;
import io.fovea.pretrained.Pretrained;
import io.fovea.pretrained.PretrainedFolder;
import io.fovea.problem.Problem;
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
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea network export}: imported weights become a model of their own classes. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Make a model of pretrained weights as they are, with their own classes.",
        description = {
            "",
            "The model tells apart what the weights were trained for; nothing is trained. Its golden pictures are",
            "drawn, or come from a dataset, which also says how often the model is right.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  fovea network import resnet18-imagenet",
            "  fovea network export resnet18-imagenet",
            "  fovea predict resnet18-imagenet photo.jpg --top 5"
        })
final class NetworkExportCommand implements Callable<Integer> {

    private static final int TOP = 5;

    private final Console console;

    @Parameters(index = "0", paramLabel = "WEIGHTS", description = "Weights of the workspace (fovea network weights).")
    private String weights;

    @Option(names = "--name", paramLabel = "NAME", description = "The model's name. Default: that of the weights.")
    private String name;

    @Option(
            names = "--data",
            paramLabel = "NAME",
            description =
                    "A dataset of the network's classes, or of some of them: judges the model on all its pictures.")
    private String data;

    @Option(
            names = "--classes",
            paramLabel = "FILE",
            description = "The class names, one a line, in the order of the labels. Default: those of the import.")
    private Path classes;

    @Mixin
    private BundleOptions bundle;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private OutputOption output;

    NetworkExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Workspace place = workspace.workspace();
        Pretrained pretrained = PretrainedFolder.read(place.existing(Shelf.WEIGHTS, weights));
        String chosen = name == null ? weights : name;
        place.model(chosen); // a wrong name must not be found out after the work
        List<String> remarks = new ArrayList<>();
        List<String> names = names(pretrained, remarks);
        PretrainedModel model = new PretrainedModel(pretrained, names);
        int threads = Runtime.getRuntime().availableProcessors();
        Optional<PretrainedModel.Judged> judged =
                data == null ? Optional.empty() : judged(place, model, names, threads);
        List<GoldenExample> golden = judged.map(PretrainedModel.Judged::golden).orElseGet(() -> model.drawn(threads));
        List<Measurement> measurements = judged.map(each -> PretrainedModel.measurements(each.evaluation(), data))
                .orElse(List.of());
        place.checkWritable();
        ExportReport report =
                model.export(chosen, Version.current(), golden, measurements, bundle.weights(), place.newModel(chosen));
        remarks.forEach(remark -> console.progress("Note: " + remark + "."));
        switch (output.format()) {
            case JSON -> console.json(asJson(pretrained, report, golden, judged, remarks));
            case TEXT -> print(pretrained, report, golden, judged);
        }
        return ExitCode.DONE;
    }

    private List<String> names(Pretrained pretrained, List<String> remarks) {
        List<String> given = classes == null ? pretrained.classNames() : ClassNameList.read(classes);
        if (given.isEmpty()) {
            remarks.add("the weights came without class names: classes are called by their labels, 0 to "
                    + (pretrained.outputs() - 1) + "; --classes FILE names them");
            return IntStream.range(0, pretrained.outputs())
                    .mapToObj(Integer::toString)
                    .toList();
        }
        if (given.size() != pretrained.outputs()) {
            throw new Problem(
                    "The weights have " + pretrained.outputs() + " outputs, the list of class names has " + given.size()
                            + ".",
                    String.valueOf(classes),
                    "give a list with one name a line for each output, in the order of the labels");
        }
        DistinctNames distinct = DistinctNames.of(given);
        remarks.addAll(distinct.remarks());
        return distinct.names();
    }

    private Optional<PretrainedModel.Judged> judged(
            Workspace place, PretrainedModel model, List<String> names, int threads) {
        try (Dataset dataset = Dataset.open(place.existing(Shelf.DATASETS, data))) {
            return Optional.of(model.judge(dataset, labels(dataset, names), threads));
        }
    }

    private static int[] labels(Dataset dataset, List<String> names) {
        return ClassMatching.labels(dataset.classNames(), names)
                .orElseThrow(() -> new Problem(
                        "The network does not know every class of the dataset by its name: "
                                + String.join(
                                        ", ",
                                        dataset.classNames().stream().limit(TOP).toList())
                                + (dataset.classNames().size() > TOP ? " …" : "") + ".",
                        "dataset \"" + dataset.name() + "\"",
                        "leave --data out, or import pictures whose classes are named as the network's"));
    }

    private void print(
            Pretrained pretrained,
            ExportReport report,
            List<GoldenExample> golden,
            Optional<PretrainedModel.Judged> judged) {
        console.result(String.format(
                Locale.ROOT,
                "%s: %,d classes, %d golden pictures, %s",
                pretrained.network(),
                pretrained.outputs(),
                golden.size(),
                judged.isEmpty() ? "drawn ones; --data DATASET judges the model" : "from " + data));
        judged.ifPresent(each -> console.result(String.format(
                Locale.ROOT,
                "Right on %d of %d pictures of %s; among the first five on %d",
                each.evaluation().accuracy().hits(),
                each.evaluation().accuracy().count(),
                data,
                each.evaluation().topK(TOP).hits())));
        console.result("Model     " + report.path());
        console.result("Try it:   " + Launched.command() + " predict " + report.path() + " PICTURE --top 5");
    }

    private Map<String, Object> asJson(
            Pretrained pretrained,
            ExportReport report,
            List<GoldenExample> golden,
            Optional<PretrainedModel.Judged> judged,
            List<String> remarks) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("weights", weights);
        json.put("network", pretrained.network());
        json.put("classes", pretrained.outputs());
        json.put("goldenPictures", golden.size());
        json.put("goldenFrom", judged.isEmpty() ? "drawn" : data);
        judged.map(PretrainedModel.Judged::evaluation).ifPresent(evaluation -> put(evaluation, json));
        json.put("bundle", report.path().toString());
        json.put("bytes", report.bytes());
        json.put("parityMaxAbsDifference", report.parityMaxAbsDifference());
        json.put("remarks", remarks);
        return json;
    }

    private static void put(Evaluation evaluation, Map<String, Object> json) {
        json.put("pictures", evaluation.accuracy().count());
        json.put("right", evaluation.accuracy().hits());
        json.put("rightAmongFive", evaluation.topK(TOP).hits());
        json.put("accuracy", evaluation.accuracy().value());
    }
}
