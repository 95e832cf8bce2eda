package io.fovea.intake;

import io.fovea.choice.ImportChoice;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.Truth;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.problem.Problem;
import io.fovea.result.DataJson;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Datasets that are still to come: a run may wait for them. */
public final class PendingImports {

    private final Jobs jobs;

    /** Of a workspace. */
    public PendingImports(Workspace workspace) {
        this.jobs = new Jobs(workspace);
    }

    /**
     * Returns what imports will make, as far as their settings say.
     *
     * @param ids jobs that wait or run, of any kind
     */
    public List<Map<String, Object>> of(List<String> ids) {
        List<Map<String, Object>> pending = new ArrayList<>();
        for (String id : ids) {
            try {
                jobs.order(id)
                        .map(JobYaml.Order::job)
                        .filter(Job.Import.class::isInstance)
                        .map(Job.Import.class::cast)
                        .ifPresent(job -> pending.add(json(id, job)));
            } catch (Problem gone) {
                // its run says why
            }
        }
        return pending;
    }

    private static Map<String, Object> json(String id, Job.Import job) {
        ImportSettings settings = ImportChoice.settings(job.name(), job.sources(), job.settings());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("job", id);
        json.put("name", job.name());
        json.put(
                "task",
                switch (settings.truth()) {
                    case Truth.Numbers _ -> "regression";
                    case Truth.Masks _ -> "segmentation";
                    case Truth.Classes _, Truth.Detected _ -> "classification";
                });
        json.put("height", settings.preparation().height());
        json.put("width", settings.preparation().width());
        json.put("colorMode", DataJson.word(settings.preparation().colorMode()));
        return json;
    }
}
