package io.fovea.work;

import io.fovea.answer.AnswerTable;
import io.fovea.answer.ManyAnswers;
import io.fovea.answer.ManyPictures;
import io.fovea.choice.DatasetChoice;
import io.fovea.choice.ImportAgain;
import io.fovea.choice.ModelFile;
import io.fovea.choice.TaskWord;
import io.fovea.dataset.Dataset;
import io.fovea.export.BundleEvaluation;
import io.fovea.job.Job;
import io.fovea.predict.Classifier;
import io.fovea.predict.PredictionOptions;
import io.fovea.problem.Problem;
import io.fovea.progress.Telling;
import io.fovea.result.ClassifyResult;
import io.fovea.result.JobResult;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link Job.Classify}, looked at. */
final class ClassifyWork implements Work {

    /** The table in the job's folder. */
    private static final String TABLE = "answers.csv";

    private final Job.Classify job;
    private final List<ManyAnswers.Asked> models = new ArrayList<>();
    private final Optional<Dataset> dataset;
    private final ManyPictures pictures;

    ClassifyWork(Job.Classify job, Workspace workspace) {
        this.job = job;
        dataset = job.data().map(data -> DatasetChoice.open(workspace, data));
        try {
            for (String model : job.models()) models.add(asked(model, ModelFile.find(model, workspace)));
            pictures = dataset.isPresent()
                    ? new ManyPictures.OfSplit(
                            dataset.get(),
                            EvaluateWork.split(
                                    dataset.get(), job.split(), job.data().get()))
                    : new ManyPictures.OfPlaces(job.pictures(), ManyAnswers.classNames(models));
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private ManyAnswers.Asked asked(String name, Path file) {
        int threads = Runtime.getRuntime().availableProcessors();
        Classifier classifier = Classifier.load(file, PredictionOptions.DEFAULT.withThreads(threads));
        models.add(new ManyAnswers.Asked(name, classifier)); // closed with the others if it does not fit
        if (!TaskWord.CLASSIFICATION.names(classifier.manifest().task()))
            throw new Problem(
                    "The model does not classify: it is for "
                            + classifier.manifest().task().word() + ".",
                    "model \"" + name + "\"",
                    "ask it about pictures with \"fovea predict\"");
        dataset.ifPresent(data -> BundleEvaluation.checkPreparation(
                classifier.manifest(), data, needed -> ImportAgain.command(data, needed)));
        return models.removeLast();
    }

    @Override
    public String name() {
        return job.prefix();
    }

    @Override
    public Map<String, String> inputs() {
        Map<String, String> inputs = new LinkedHashMap<>();
        dataset.ifPresent(data -> inputs.put("dataset", data.contentHash()));
        return inputs;
    }

    @Override
    public Optional<JobResult> run(JobSite site) {
        Telling telling = site.telling();
        telling.stage("counting");
        long count = pictures.count();
        Path table = site.folder().resolve(TABLE);
        ManyAnswers.Pictures kind = dataset.isPresent() ? ManyAnswers.Pictures.PREPARED : ManyAnswers.Pictures.AS_FOUND;
        new ManyAnswers(models, kind, job.top().orElse(Job.Classify.USUAL_TOP))
                .write(pictures, table, done -> telling.progressed("classifying", done, count, "pictures"));
        try (AnswerTable answers = AnswerTable.open(table, "classify again")) {
            return Optional.of(ClassifyResult.of(
                    answers.models(),
                    answers.count(),
                    answers.problems(),
                    answers::accuracy,
                    answers.agreement(),
                    table));
        } catch (java.io.IOException harmless) { // it was only read
            throw new java.io.UncheckedIOException(harmless);
        }
    }

    @Override
    public void close() {
        models.forEach(model -> model.classifier().close());
        dataset.ifPresent(Dataset::close);
    }
}
