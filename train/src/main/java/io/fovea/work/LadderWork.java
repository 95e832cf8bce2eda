package io.fovea.work;

import io.fovea.choice.DatasetChoice;
import io.fovea.choice.ImportAgain;
import io.fovea.choice.ModelFile;
import io.fovea.dataset.Dataset;
import io.fovea.file.Hash;
import io.fovea.job.Job;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.result.JobResult;
import io.fovea.shrink.LadderMaking;
import io.fovea.shrink.LadderSettings;
import io.fovea.shrink.LadderSettings.Method;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@link Job.Ladder}, looked at. */
final class LadderWork implements Work {

    private final Job.Ladder job;
    private final Path file;
    private final Dataset dataset;
    private final LadderMaking making;

    LadderWork(Job.Ladder job, Workspace workspace) {
        this.job = job;
        workspace.model(job.base());
        LadderSettings settings = settings(job);
        file = ModelFile.find(job.model(), workspace);
        dataset = DatasetChoice.open(workspace, job.data());
        try {
            making = new LadderMaking(file, dataset, settings, needed -> ImportAgain.command(dataset, needed));
        } catch (RuntimeException failure) {
            dataset.close();
            throw failure;
        }
    }

    private static LadderSettings settings(Job.Ladder job) {
        Set<Method> methods = job.rungs().isEmpty()
                ? Set.of(Method.values())
                : job.rungs().stream().map(LadderWork::method).collect(Collectors.toSet());
        try {
            return new LadderSettings(
                    methods,
                    job.keep().isEmpty() ? LadderSettings.USUAL_KEEPS : job.keep(),
                    job.epochs().orElse(LadderSettings.USUAL_EPOCHS),
                    job.seed().orElse(1L));
        } catch (IllegalArgumentException outOfRange) {
            throw new Problem(outOfRange.getMessage() + ".", "job ladder", "choose a value in range", outOfRange);
        }
    }

    private static Method method(String word) {
        List<String> words = Arrays.stream(Method.values()).map(Method::word).toList();
        if (!words.contains(word))
            throw new Problem(
                    "There is no rung \"" + word + "\".", "job ladder, rungs", Nearest.suggestion(word, words));
        return Method.values()[words.indexOf(word)];
    }

    @Override
    public String name() {
        return job.prefix();
    }

    @Override
    public Map<String, String> inputs() {
        return new LinkedHashMap<>(Map.of("dataset", dataset.contentHash(), "model", Hash.of(file)));
    }

    @Override
    public Optional<JobResult> run(JobSite site) {
        return making.run(
                        job.base(),
                        end -> site.workspace().newModel(job.base() + "-" + end),
                        site.folder(),
                        site.telling(),
                        site.stop())
                .map(result -> result);
    }

    @Override
    public void close() {
        dataset.close();
    }
}
