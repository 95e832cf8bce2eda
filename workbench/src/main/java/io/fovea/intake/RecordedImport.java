package io.fovea.intake;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.problem.Problem;
import io.fovea.record.RecordTree;
import io.fovea.work.Jobs;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a dataset was made, so that another can be made nearly so. */
public final class RecordedImport {

    private final Workspace workspace;
    private final Jobs jobs;

    /** Of a workspace. */
    public RecordedImport(Workspace workspace) {
        this.workspace = workspace;
        this.jobs = new Jobs(workspace);
    }

    /**
     * Returns the job that made a dataset, if its folder is still there; else what the dataset itself remembers.
     *
     * @return sources and settings, and whether they are all that was chosen
     * @throws Problem if there is no such dataset
     */
    public Map<String, Object> of(String name) {
        Optional<Job.Import> job = job(name);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        if (job.isPresent()) {
            json.put("sources", job.get().sources());
            json.put("settings", job.get().settings());
            json.put("whole", true);
            return json;
        }
        try (Dataset dataset = Dataset.open(workspace.existing(Shelf.DATASETS, name))) {
            json.put("sources", dataset.sourcesWithRoles());
            json.put("settings", settings(dataset));
            json.put("whole", false);
            return json;
        }
    }

    /** The newest finished import of this name. */
    private Optional<Job.Import> job(String name) {
        List<String> ids = workspace.names(Shelf.RUNS).stream()
                .filter(id -> id.matches(java.util.regex.Pattern.quote("import-" + name) + "-[0-9]+"))
                .sorted(java.util.Comparator.comparingInt((String id) -> id.length())
                        .thenComparing(id -> id))
                .toList();
        for (String id : ids.reversed()) {
            try {
                if (!jobs.isDone(id)) continue;
                Optional<Job> job = jobs.order(id).map(JobYaml.Order::job);
                if (job.isPresent()
                        && job.get() instanceof Job.Import wanted
                        && wanted.name().equals(name)) return Optional.of(wanted);
            } catch (Problem gone) {
                // the one before may be there
            }
        }
        return Optional.empty();
    }

    private static Map<String, Object> settings(Dataset dataset) {
        Map<String, Object> settings = new LinkedHashMap<>();
        Preparation preparation = dataset.preparation();
        settings.put("preparation", RecordTree.write(preparation));
        settings.put(
                "splits",
                Map.of(
                        "validationPercent", dataset.validationPercent(),
                        "testPercent", dataset.testPercent()));
        settings.put("form", RecordTree.write(dataset.form()));
        settings.put("seed", dataset.seed());
        if (dataset.hasMasks()) settings.put("truth", Map.of("kind", "masks"));
        if (!dataset.targets().isEmpty()) settings.put("truth", Map.of("kind", "numbers"));
        return settings;
    }
}
