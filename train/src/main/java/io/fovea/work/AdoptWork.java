package io.fovea.work;

import io.fovea.adopt.AdoptedModel;
import io.fovea.adopt.Adoption;
import io.fovea.adopt.AdoptionLine;
import io.fovea.dataset.Split;
import io.fovea.file.AtomicFile;
import io.fovea.file.FileTree;
import io.fovea.image.Preprocessing;
import io.fovea.importer.ImportReport;
import io.fovea.job.Job;
import io.fovea.problem.Problem;
import io.fovea.result.AdoptResult;
import io.fovea.result.ImportResult;
import io.fovea.result.JobResult;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@link Job.Adopt}, looked at: pictures are imported as any others, and prepared as the project's network takes them. */
final class AdoptWork implements Work {

    private static final String UNPACKED = "unpacked";
    /** Says in the job's folder how many pictures are imported: a job that goes on takes them as they are. */
    private static final String IMPORTED = "imported.txt";

    private final Job.Adopt job;

    AdoptWork(Job.Adopt job, Workspace workspace) {
        this.job = job;
        workspace.model(job.name());
        if (!Files.exists(job.path()))
            throw new Problem("There is no such file or folder.", job.path().toString(), "check the path");
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
        Path scratch = site.folder().resolve(UNPACKED);
        try {
            FileTree.remove(scratch); // of a job that was stopped
            Files.createDirectories(scratch);
            try {
                return adopted(site, scratch);
            } finally {
                FileTree.remove(scratch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<JobResult> adopted(JobSite site, Path scratch) throws IOException {
        site.telling().stage("reading the project");
        Adoption adoption = Adoption.of(job.from(), job.path(), job.settings(), scratch);
        List<AdoptionLine> lines = new ArrayList<>(adoption.lines());
        if (!adoption.pictures().isEmpty()) {
            Optional<String> imported = imported(site, adoption);
            if (imported.isEmpty()) return Optional.empty();
            lines.addFirst(new AdoptionLine(AdoptionLine.Part.DATA, AdoptionLine.Outcome.CAME_ALONG, imported.get()));
        }
        Optional<Path> file = Optional.empty();
        if (adoption.model().isPresent()) {
            site.telling().stage("writing the model");
            site.workspace().checkWritable();
            file = Optional.of(site.workspace().newModel(job.name()));
            adoption.model().get().write(job.name(), file.get());
        }
        Optional<String> data = adoption.pictures().isEmpty() ? Optional.empty() : Optional.of(job.name());
        return Optional.of(new AdoptResult(job.from(), job.path(), file, data, lines));
    }

    /** Returns how many pictures are here, in words; empty if the job was stopped. */
    private Optional<String> imported(JobSite site, Adoption adoption) throws IOException {
        Path told = site.folder().resolve(IMPORTED);
        if (Files.exists(told) && Files.exists(site.workspace().dataset(job.name())))
            return Optional.of(Files.readString(told, StandardCharsets.UTF_8));
        Job.Import wanted = new Job.Import(job.name(), adoption.pictures(), settings(adoption), job.replace());
        try (ImportWork work = new ImportWork(wanted, site.workspace())) {
            Optional<String> words = work.run(site).map(result -> words(((ImportResult) result).report()));
            words.ifPresent(each -> AtomicFile.write(told, each.getBytes(StandardCharsets.UTF_8)));
            return words;
        }
    }

    /** The pictures are kept as the network takes them, so that it can be judged by them. */
    private static Map<String, Object> settings(Adoption adoption) {
        Map<String, Object> settings = new LinkedHashMap<>(adoption.settings());
        adoption.model().map(AdoptedModel::how).ifPresent(how -> settings.put("preparation", preparation(how)));
        return settings;
    }

    private static Map<String, Object> preparation(Preprocessing how) {
        Map<String, Object> preparation = new LinkedHashMap<>();
        preparation.put("height", how.height());
        preparation.put("width", how.width());
        preparation.put("colorMode", how.colorMode().name().toLowerCase(Locale.ROOT));
        preparation.put("resizeMode", how.resizeMode().name().toLowerCase(Locale.ROOT));
        if (how.cropMargin() > 0) preparation.put("cropMargin", how.cropMargin());
        return preparation;
    }

    private static String words(ImportReport report) {
        return String.format(
                Locale.ROOT,
                "%,d training, %,d validation and %,d test pictures",
                report.count(Split.TRAINING),
                report.count(Split.VALIDATION),
                report.count(Split.TEST));
    }

    @Override
    public void close() {}
}
