package io.fovea.work;

import io.fovea.bundle.Bundle;
import io.fovea.choice.DatasetChoice;
import io.fovea.choice.ImportAgain;
import io.fovea.choice.ModelFile;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.evaluation.EvaluationFiles;
import io.fovea.evaluation.Verdict;
import io.fovea.export.BundleEvaluation;
import io.fovea.job.Job;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.progress.Telling;
import io.fovea.result.DataJson;
import io.fovea.result.EvaluateResult;
import io.fovea.result.JobResult;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@link Job.Evaluate}, looked at. */
final class EvaluateWork implements Work {

    private final Job.Evaluate job;
    private final Path file;
    private final Bundle bundle;
    private final Dataset dataset;
    private final Split split;

    EvaluateWork(Job.Evaluate job, Workspace workspace) {
        this.job = job;
        file = ModelFile.find(job.model(), workspace);
        bundle = Bundle.open(file);
        dataset = DatasetChoice.open(workspace, job.data());
        try {
            split = split(dataset, job.split(), job.data());
            BundleEvaluation.check(bundle, dataset, split, needed -> ImportAgain.command(dataset, needed));
        } catch (RuntimeException failure) {
            dataset.close();
            throw failure;
        }
    }

    /** Returns the part that is meant. */
    static Split split(Dataset dataset, Optional<String> word, String data) {
        Split chosen = word.map(EvaluateWork::split)
                .orElseGet(() -> dataset.count(Split.TEST) > 0 ? Split.TEST : Split.VALIDATION);
        if (dataset.count(chosen) > 0) return chosen;
        throw new Problem(
                "The dataset has no " + DataJson.word(chosen) + " pictures.",
                "dataset \"" + data + "\"",
                "choose another part with --split, or import the dataset with such a part");
    }

    private static Split split(String word) {
        return Arrays.stream(Split.values())
                .filter(each -> DataJson.word(each).equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        "There is no part of a dataset called \"" + word + "\".",
                        "split",
                        Nearest.suggestion(
                                word,
                                Arrays.stream(Split.values())
                                        .map(DataJson::word)
                                        .toList())));
    }

    @Override
    public String name() {
        return job.prefix();
    }

    @Override
    public Map<String, String> inputs() {
        return Map.of("dataset", dataset.contentHash());
    }

    @Override
    public List<String> notes() {
        return partInModel().stream().toList();
    }

    @Override
    public Optional<JobResult> run(JobSite site) {
        return Optional.of(judged(site.telling(), Optional.of(job.output().orElse(site.folder()))));
    }

    /** Judges, and writes tables and pictures if there is a folder for them. */
    EvaluateResult judged(Telling telling, Optional<Path> output) {
        int count = dataset.count(split);
        BundleEvaluation judging = BundleEvaluation.of(
                bundle,
                dataset,
                split,
                needed -> ImportAgain.command(dataset, needed),
                done -> telling.progressed("judging", done, count, "pictures"));
        Verdict verdict = judging.verdict();
        output.ifPresent(folder -> EvaluationFiles.write(verdict, index -> dataset.picture(split, index), folder));
        return new EvaluateResult(file, dataset.name(), split, verdict, judging.unfamiliar(), notes());
    }

    /** What pictures are counted that had a part in making the model: their figures flatter it. */
    private Optional<String> partInModel() {
        if (!bundle.manifest().provenance().datasetHash().equals(dataset.contentHash())) return Optional.empty();
        return switch (split) {
            case TRAINING -> Optional.of("The model learned from these very pictures: expect less on new ones.");
            case VALIDATION ->
                Optional.of("These pictures had a part in choosing the model: expect a little less on new ones.");
            case TEST -> Optional.empty();
        };
    }

    @Override
    public void close() {
        dataset.close();
    }
}
