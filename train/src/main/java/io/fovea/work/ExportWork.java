package io.fovea.work;

import io.fovea.bundle.Measurement;
import io.fovea.choice.ClassNameList;
import io.fovea.choice.DatasetChoice;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.DistinctNames;
import io.fovea.export.ExportReport;
import io.fovea.export.GoldenExample;
import io.fovea.export.PretrainedModel;
import io.fovea.export.WeightsEntry;
import io.fovea.job.Job;
import io.fovea.jvm.Build;
import io.fovea.pretrained.ClassMatching;
import io.fovea.pretrained.Pretrained;
import io.fovea.pretrained.PretrainedFolder;
import io.fovea.problem.Problem;
import io.fovea.result.ExportResult;
import io.fovea.result.JobResult;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** {@link Job.Export}, looked at. */
final class ExportWork implements Work {

    private static final int NAMED = 5;

    private final Job.Export job;
    private final Pretrained pretrained;
    private final String model;
    private final List<String> names;
    private final List<String> remarks = new ArrayList<>();

    ExportWork(Job.Export job, Workspace workspace) {
        this.job = job;
        pretrained = PretrainedFolder.read(workspace.existing(Shelf.WEIGHTS, job.weights()));
        model = job.name().orElse(job.weights());
        workspace.model(model);
        job.data().ifPresent(data -> DatasetChoice.open(workspace, data).close());
        names = names();
    }

    private List<String> names() {
        List<String> given = job.classes().map(ClassNameList::read).orElseGet(pretrained::classNames);
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
                    job.classes().map(Object::toString).orElse("weights \"" + job.weights() + "\""),
                    "give a list with one name a line for each output, in the order of the labels");
        }
        DistinctNames distinct = DistinctNames.of(given);
        remarks.addAll(distinct.remarks());
        return distinct.names();
    }

    @Override
    public String name() {
        return job.prefix();
    }

    @Override
    public List<String> notes() {
        return remarks.stream().map(remark -> remark + ".").toList();
    }

    @Override
    public Map<String, String> inputs() {
        return Map.of("pretrained", pretrained.sha256());
    }

    @Override
    public Optional<JobResult> run(JobSite site) {
        PretrainedModel made = new PretrainedModel(pretrained, names);
        int threads = Runtime.getRuntime().availableProcessors();
        site.telling().stage("judging");
        Optional<PretrainedModel.Judged> judged = job.data().map(data -> judged(site.workspace(), made, data, threads));
        List<GoldenExample> golden = judged.map(PretrainedModel.Judged::golden).orElseGet(() -> made.drawn(threads));
        List<Measurement> measurements = judged.map(each -> PretrainedModel.measurements(
                        each.evaluation(), job.data().orElseThrow()))
                .orElse(List.of());
        site.telling().stage("writing the model");
        ExportReport report = made.export(
                model,
                Build.version(),
                golden,
                measurements,
                job.safetensors() ? WeightsEntry.WRITTEN : WeightsEntry.LEFT_OUT,
                site.workspace().newModel(model));
        return Optional.of(new ExportResult(
                job.weights(),
                pretrained,
                report,
                golden.size(),
                job.data(),
                judged.map(PretrainedModel.Judged::evaluation),
                remarks));
    }

    private PretrainedModel.Judged judged(Workspace workspace, PretrainedModel made, String data, int threads) {
        try (Dataset dataset = DatasetChoice.open(workspace, data)) {
            return made.judge(dataset, labels(dataset), threads);
        }
    }

    private int[] labels(Dataset dataset) {
        return ClassMatching.labels(dataset.classNames(), names)
                .orElseThrow(() -> new Problem(
                        "The network does not know every class of the dataset by its name: "
                                + dataset.classNames().stream().limit(NAMED).collect(Collectors.joining(", "))
                                + (dataset.classNames().size() > NAMED ? " …" : "") + ".",
                        "dataset \"" + dataset.name() + "\"",
                        "leave --data out, or import pictures whose classes are named as the network's"));
    }

    @Override
    public void close() {}
}
