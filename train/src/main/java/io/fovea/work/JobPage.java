package io.fovea.work;

import io.fovea.job.JobYaml;
import io.fovea.result.DataJson;
import io.fovea.result.EventWords;
import io.fovea.result.TextTable;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A job in words: how it stands, what it was asked to do, and what it told last. */
public final class JobPage {

    private static final int LAST_LINES = 12;

    private JobPage() {}

    /** Returns jobs as a table, line by line, or that there are none; times are those of {@code zone}. */
    public static List<String> table(List<JobStatus> jobs, ZoneId zone) {
        if (jobs.isEmpty()) return List.of("No jobs yet: fovea train, fovea data import and the like make them.");
        DateTimeFormatter time =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(zone);
        TextTable table = new TextTable("Job", "Kind", "State", "Began", "Last");
        for (JobStatus job : jobs) {
            table.row(
                    job.id(),
                    job.kind(),
                    DataJson.word(job.state()),
                    job.began().map(time::format).orElse("–"),
                    job.stage().orElse("–"));
        }
        return table.lines();
    }

    /** Returns the page, line by line. */
    public static List<String> lines(Jobs jobs, JobStatus job) {
        List<String> page = new ArrayList<>();
        page.add(String.format(
                Locale.ROOT,
                "%s: %s, %s%s",
                job.id(),
                job.kind(),
                DataJson.word(job.state()),
                job.stage().map(stage -> ", " + stage).orElse("")));
        job.problem().ifPresent(problem -> {
            page.add(problem.what());
            page.add("  where: " + problem.where());
            page.add("  do:    " + problem.remedy());
        });
        page.add("Folder    " + job.folder());
        jobs.order(job.id()).ifPresent(order -> {
            page.add("");
            JobYaml.write(order).lines().forEach(line -> page.add("  " + line));
        });
        if (job.state() == JobState.DAMAGED) return page;
        EventWords words = new EventWords();
        List<String> told = jobs.events(job.id(), 0).stream()
                .flatMap(event -> words.lines(event).stream())
                .toList();
        if (!told.isEmpty()) page.add("");
        told.stream().skip(Math.max(0, told.size() - LAST_LINES)).forEach(line -> page.add("  " + line));
        return page;
    }
}
