package io.fovea.work;

import io.fovea.choice.DatasetChoice;
import io.fovea.choice.ImportAgain;
import io.fovea.choice.ModelFile;
import io.fovea.dataset.Dataset;
import io.fovea.file.Hash;
import io.fovea.job.Job;
import io.fovea.problem.Problem;
import io.fovea.quantize.WeightRange;
import io.fovea.result.JobResult;
import io.fovea.shrink.Int8Making;
import io.fovea.shrink.Int8Settings;
import io.fovea.tensor.Processor;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@link Job.Int8}, looked at. */
final class Int8Work implements Work {

    private final Job.Int8 job;
    private final Path file;
    private final Dataset dataset;
    private final Int8Making making;

    Int8Work(Job.Int8 job, Workspace workspace) {
        this.job = job;
        workspace.model(job.prefix());
        file = ModelFile.find(job.model(), workspace);
        Int8Settings settings = settings(job);
        dataset = DatasetChoice.open(workspace, job.data());
        try {
            making = new Int8Making(file, dataset, settings, needed -> ImportAgain.command(dataset, needed));
        } catch (RuntimeException failure) {
            dataset.close();
            throw failure;
        }
    }

    private static Int8Settings settings(Job.Int8 job) {
        try {
            return new Int8Settings(
                    job.pictures().orElse(Int8Settings.USUAL_PICTURES),
                    weightRange(job.processor().orElse("any")),
                    job.bound(),
                    job.keepSlower() ? Int8Settings.Slower.KEPT : Int8Settings.Slower.REFUSED);
        } catch (IllegalArgumentException outOfRange) {
            throw new Problem(outOfRange.getMessage() + ".", "job int8", "choose a value in range", outOfRange);
        }
    }

    private static WeightRange weightRange(String processor) {
        return switch (processor) {
            case "any" -> WeightRange.SEVEN_BITS;
            case "this" -> WeightRange.of(Processor.current().instructions());
            default ->
                throw new IllegalArgumentException("processor must be \"any\" or \"this\", not \"" + processor + "\"");
        };
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
        return Optional.of(making.run(name(), () -> site.workspace().newModel(name()), site.folder(), site.telling()));
    }

    @Override
    public void close() {
        dataset.close();
    }
}
