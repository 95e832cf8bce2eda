package io.fovea.work;

import io.fovea.choice.ModelFile;
import io.fovea.file.Hash;
import io.fovea.format.Existing;
import io.fovea.format.ModelExport;
import io.fovea.job.Job;
import io.fovea.result.ExportModelResult;
import io.fovea.result.JobResult;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** {@link Job.ExportModel}, looked at. */
final class ExportModelWork implements Work {

    private final Job.ExportModel job;
    private final Path model;
    private final ModelExport export;

    ExportModelWork(Job.ExportModel job, Workspace workspace) {
        this.job = job;
        model = ModelFile.find(job.model(), workspace);
        export = ModelExport.of(model, job.format());
        job.to().ifPresent(target -> export.check(target, existing()));
    }

    private Existing existing() {
        return job.replace() ? Existing.REPLACE : Existing.KEEP;
    }

    @Override
    public String name() {
        return job.prefix();
    }

    @Override
    public Map<String, String> inputs() {
        return Map.of("model", Hash.of(model));
    }

    @Override
    public Optional<JobResult> run(JobSite site) {
        site.telling().stage("writing " + job.format().word());
        // what a stopped job left in its own folder is its own
        Path own = site.folder().resolve(export.fileName());
        return Optional.of(new ExportModelResult(
                model,
                job.to().isPresent() ? export.write(job.to().get(), existing()) : export.write(own, Existing.REPLACE)));
    }

    @Override
    public void close() {}
}
