package io.fovea.work;

import io.fovea.candidate.RemoteCandidates;
import io.fovea.choice.DatasetChoice;
import io.fovea.choice.HybridChoice;
import io.fovea.dataset.Dataset;
import io.fovea.export.TrainedModel;
import io.fovea.job.Job;
import io.fovea.remote.RemoteProcesses;
import io.fovea.result.JobResult;
import io.fovea.shrink.HybridMaking;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link Job.Hybrid}, looked at. */
final class HybridWork implements Work {

    private final Job.Hybrid job;
    private final Dataset dataset;
    private final HybridMaking making;

    HybridWork(Job.Hybrid job, Workspace workspace) {
        this.job = job;
        workspace.model(job.prefix());
        dataset = DatasetChoice.open(workspace, job.data());
        try {
            TrainedModel.judgingSplit(dataset);
            making = new HybridMaking(
                    dataset,
                    chosen().settings(workspace, job.prefix()),
                    job.threads().orElseGet(() -> Runtime.getRuntime().availableProcessors()));
            making.check();
        } catch (RuntimeException failure) {
            dataset.close();
            throw failure;
        }
    }

    private HybridChoice chosen() {
        return new HybridChoice(
                job.kernels(),
                job.search(),
                job.mode(),
                job.generations(),
                job.minutes(),
                job.k(),
                job.references(),
                job.engineSize(),
                job.seed());
    }

    @Override
    public String name() {
        return job.prefix();
    }

    @Override
    public Map<String, String> inputs() {
        return new LinkedHashMap<>(Map.of("dataset", dataset.contentHash()));
    }

    @Override
    public List<Path> places() {
        return List.of(dataset.folder().toAbsolutePath().normalize());
    }

    @Override
    public Optional<JobResult> run(JobSite site) {
        if (site.machines().isEmpty()) return made(making, site);
        try (RemoteProcesses processes =
                site.machines().get().open("shrink hybrid", this, job.threads().orElse(1))) {
            RemoteProcesses.Listener listener = new RemoteProcesses.Listener() {
                @Override
                public void remark(String line) {
                    site.telling().note(line);
                }
            };
            return made(making.judgedBy(new RemoteCandidates(processes, listener)), site);
        }
    }

    private Optional<JobResult> made(HybridMaking any, JobSite site) {
        return any.run(name(), site.folder(), () -> site.workspace().newModel(name()), site.telling(), site.stop())
                .map(result -> result);
    }

    @Override
    public boolean isShareable() {
        return true;
    }

    @Override
    public void close() {
        dataset.close();
    }
}
