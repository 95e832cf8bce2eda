package io.fovea.work;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.Int8Origin;
import io.fovea.choice.DatasetChoice;
import io.fovea.choice.ImportAgain;
import io.fovea.choice.ModelFile;
import io.fovea.dataset.Dataset;
import io.fovea.file.Hash;
import io.fovea.format.Existing;
import io.fovea.format.ModelExport;
import io.fovea.job.Job;
import io.fovea.problem.Problem;
import io.fovea.result.ExportModelResult;
import io.fovea.result.JobResult;
import io.fovea.shrink.Int8Export;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@link Job.ExportModel}, looked at. */
final class ExportModelWork implements Work {

    private final Job.ExportModel job;
    private final Path model;
    private final ModelExport export;
    private final Optional<Dataset> calibration;
    private final Optional<Int8Export> int8;

    ExportModelWork(Job.ExportModel job, Workspace workspace) {
        this.job = job;
        model = ModelFile.find(job.model(), workspace);
        checkInt8();
        export = ModelExport.of(model, job.format());
        job.to().ifPresent(target -> export.check(target, existing()));
        calibration = job.calibrate().map(name -> DatasetChoice.open(workspace, name));
        try {
            int8 = calibration.map(dataset ->
                    new Int8Export(model, dataset, job.format(), needed -> ImportAgain.command(dataset, needed)));
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private void checkInt8() {
        if (!job.int8()) {
            if (job.calibrate().isEmpty()) return;
            throw new Problem(
                    "Pictures to calibrate by are of use for whole numbers only.",
                    "option --calibrate",
                    "add --precision int8, or leave --calibrate out");
        }
        Int8Export.checkForm(job.format());
        boolean isWhole = Int8Origin.of(Bundle.open(model).manifest()).isPresent();
        if (isWhole && job.calibrate().isPresent()) {
            throw new Problem(
                    "The model is in whole numbers already (int8), and is exported with the ranges that it has.",
                    model.toString(),
                    "leave --calibrate out");
        }
        if (!isWhole && job.calibrate().isEmpty()) {
            throw new Problem(
                    "Whole numbers (int8) need pictures that show which values occur in the network.",
                    model.toString(),
                    "add --calibrate NAME, a dataset of the workspace with at least 16 pictures of the kind that the"
                            + " model will see");
        }
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
        Map<String, String> inputs = new LinkedHashMap<>(Map.of("model", Hash.of(model)));
        calibration.ifPresent(dataset -> inputs.put("dataset", dataset.contentHash()));
        return inputs;
    }

    @Override
    public Optional<JobResult> run(JobSite site) {
        ModelExport made = int8.map(each -> each.calibrated(site.telling())).orElse(export);
        site.telling().stage("writing " + job.format().word());
        // what a stopped job left in its own folder is its own
        Path own = site.folder().resolve(made.fileName());
        return Optional.of(new ExportModelResult(
                model,
                job.to().isPresent() ? made.write(job.to().get(), existing()) : made.write(own, Existing.REPLACE)));
    }

    @Override
    public void close() {
        calibration.ifPresent(Dataset::close);
    }
}
