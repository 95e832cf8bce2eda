package io.fovea.work;

import io.fovea.file.AtomicFile;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.record.RecordYaml;
import io.fovea.result.JobResult;
import io.fovea.result.RecipeResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link Job.Recipe}: each of its jobs is done in a folder of its own; those that are done are not done again. */
final class RecipeWork implements Work {

    /** Which folder each of the jobs has, by its position. */
    private static final String PARTS = "parts.yaml";

    private final Job.Recipe job;
    private final Jobs jobs;

    RecipeWork(Job.Recipe job, Jobs jobs) {
        this.job = job;
        this.jobs = jobs;
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
        Map<String, String> folders = read(site.folder().resolve(PARTS));
        List<RecipeResult.Part> parts = new ArrayList<>();
        for (int i = 0; i < job.jobs().size(); i++) {
            String position = Integer.toString(i + 1);
            Job part = job.jobs().get(i);
            String name = part.kind() + " " + position + " of " + job.jobs().size();
            Optional<String> before = Optional.ofNullable(folders.get(position));
            if (before.isEmpty() || !jobs.isDone(before.get())) {
                site.telling().stage(name);
                Jobs.Run run = before.isPresent()
                        ? jobs.again(before.get())
                        : jobs.begin(JobYaml.Order.of(part), Jobs.Going.ANEW);
                folders.put(position, run.id());
                AtomicFile.write(
                        site.folder().resolve(PARTS), RecordYaml.text(folders).getBytes(StandardCharsets.UTF_8));
                Optional<JobResult> result = run.run(site.telling().listener().part(name), site.stop());
                if (result.isEmpty()) return Optional.empty();
            }
            String id = folders.get(position);
            parts.add(new RecipeResult.Part(id, part.kind(), jobs.result(id)));
        }
        return Optional.of(new RecipeResult(job.name(), parts));
    }

    private static Map<String, String> read(Path file) {
        Map<String, String> folders = new LinkedHashMap<>();
        if (!Files.exists(file)) return folders;
        try {
            RecordYaml.read(Files.readString(file), file.toString(), "list of folders")
                    .tree()
                    .forEach((position, folder) -> folders.put(String.valueOf(position), String.valueOf(folder)));
            return folders;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {}
}
