package io.fovea.work;

import io.fovea.choice.ImportChoice;
import io.fovea.collection.ReadyMade;
import io.fovea.dataset.ExistingDataset;
import io.fovea.importer.ArrivingPictures;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportListener;
import io.fovea.importer.ImportReport;
import io.fovea.importer.ImportSettings;
import io.fovea.job.Job;
import io.fovea.problem.Problem;
import io.fovea.result.ImportResult;
import io.fovea.result.JobResult;
import io.fovea.source.Source;
import io.fovea.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link Job.Import}, looked at. */
final class ImportWork implements Work {

    private final Job.Import job;
    private final Path folder;
    private final Path made;
    private final ImportSettings settings;

    ImportWork(Job.Import job, Workspace workspace) {
        this.job = job;
        folder = workspace.dataset(job.name());
        made = workspace.cache();
        settings = ImportChoice.settings(job.name(), job.sources(), job.settings())
                .withExisting(job.replace() ? ExistingDataset.REPLACE : ExistingDataset.KEEP);
        if (!job.replace() && Files.exists(folder)) {
            throw new Problem(
                    "There is a dataset named \"" + job.name() + "\" already.",
                    folder.toString(),
                    "choose another name, or give --replace to put the new one in its place");
        }
    }

    @Override
    public String name() {
        return job.prefix();
    }

    @Override
    public Map<String, String> inputs() {
        return Map.of();
    }

    @Override
    public Optional<JobResult> run(JobSite site) {
        List<Source> sources = ReadyMade.sources(job.sources(), made, (file, received, total) -> site.telling()
                .progressed("downloading", received, total, "bytes of " + file));
        site.telling().stage("importing");
        ImportListener progress =
                (done, total) -> site.telling().progressed("importing", done, Math.max(0, total), "pictures");
        ImportListener listener = new ArrivingPictures(site.folder().resolve("arriving.png"), progress);
        ImportReport report = DatasetImport.run(sources, settings, folder, listener);
        return Optional.of(new ImportResult(job.name(), folder, report));
    }

    @Override
    public void close() {}
}
