package io.fovea.work;

import io.fovea.choice.HybridChoice;
import io.fovea.choice.ModelDataset;
import io.fovea.choice.ModelFile;
import io.fovea.file.Hash;
import io.fovea.hybrid.ClassAddition;
import io.fovea.hybrid.EvolutionProgress;
import io.fovea.hybrid.HybridListener;
import io.fovea.hybrid.NewClass;
import io.fovea.job.Job;
import io.fovea.jvm.Build;
import io.fovea.problem.Problem;
import io.fovea.progress.Telling;
import io.fovea.result.AddClassResult;
import io.fovea.result.JobResult;
import io.fovea.thread.Workers;
import io.fovea.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** {@link Job.AddClass}, looked at. */
final class AddClassWork implements Work {

    private final Job.AddClass job;
    private final ClassAddition addition;
    private final String hash;

    AddClassWork(Job.AddClass job, Workspace workspace) {
        this.job = job;
        Path model = ModelFile.find(job.model(), workspace);
        hash = Hash.of(model);
        ModelDataset known = ModelDataset.of(model, workspace);
        addition = new ClassAddition(
                model,
                job.classes(),
                free(job.target().orElseGet(() -> beside(model, job.classes()))),
                known.find(job.data()),
                known.withMore(job.classes()),
                job.engineSize().isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(HybridChoice.bytes(job.engineSize().get())),
                job.force() ? ClassAddition.OnPoorOutcome.WRITE : ClassAddition.OnPoorOutcome.REFUSE,
                Build.version(),
                job.seed().orElse(1L));
    }

    private static Path beside(Path model, List<NewClass> classes) {
        String stem = model.getFileName().toString().replaceFirst("\\.fovea$", "");
        String names = classes.stream()
                .map(each -> each.name().replaceAll("[^\\p{L}\\p{N}]+", "-"))
                .collect(Collectors.joining("-"));
        return model.resolveSibling(stem + "-" + names + ".fovea");
    }

    private static Path free(Path target) {
        if (!Files.exists(target)) return target;
        throw new Problem(
                "There is a file of that name already.",
                target.toString(),
                "say where else the model goes with --to FILE.fovea, or remove the file");
    }

    @Override
    public String name() {
        return job.prefix();
    }

    @Override
    public Map<String, String> inputs() {
        return Map.of("model", hash);
    }

    @Override
    public Optional<JobResult> run(JobSite site) {
        int threads = job.threads().orElseGet(() -> Runtime.getRuntime().availableProcessors());
        try (Workers workers = new Workers(threads)) {
            ClassAddition.Report report = addition.run(new Steps(site), workers);
            report.remarks().forEach(site.telling()::note);
            return Optional.of(new AddClassResult(addition, report));
        }
    }

    @Override
    public void close() {}

    /** Says which step begins; none begins once the job is asked to stop. */
    private record Steps(JobSite site) implements HybridListener {

        @Override
        public void began(String step) {
            if (site.stop().isRequested()) throw new Telling.Stopped();
            site.telling().stage(step);
        }

        @Override
        public void evolved(EvolutionProgress progress) {
            throw new IllegalStateException("Nothing evolves when a class is added");
        }
    }
}
