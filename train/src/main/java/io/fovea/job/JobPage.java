package io.fovea.job;

import io.fovea.result.DataJson;
import io.fovea.result.EventWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A job in words: how it stands, what it was asked to do, and what it told last. */
public final class JobPage {

    private static final int LAST_LINES = 12;

    private JobPage() {}

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
        EventWords words = new EventWords();
        List<String> told = jobs.events(job.id(), 0).stream()
                .flatMap(event -> words.lines(event).stream())
                .toList();
        if (!told.isEmpty()) page.add("");
        told.stream().skip(Math.max(0, told.size() - LAST_LINES)).forEach(line -> page.add("  " + line));
        return page;
    }
}
