package io.fovea.answer;

import io.fovea.predict.Scoring;
import io.fovea.problem.Problem;
import io.fovea.result.TextTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came out of a {@link Scoring}, in words and as JSON: how many of what, how long, where.
 *
 * @param before seconds from the start of the program to the call
 */
public record ScoringReport(Scoring.Order order, Scoring.Outcome outcome, double before) {

    /** A model of a thousand classes would fill the screen. */
    private static final int MOST_CLASSES = 20;

    /** Returns lines for people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!outcome.answers().isEmpty()) {
            TextTable classes = new TextTable("class", "pictures", "share");
            outcome.answers().entrySet().stream()
                    .limit(MOST_CLASSES)
                    .forEach(each -> classes.row(each.getKey(), count(each.getValue()), share(each.getValue())));
            lines.addAll(classes.lines());
            int untold = outcome.answers().size() - MOST_CLASSES;
            if (untold > 0) lines.add("and " + untold + (untold == 1 ? " class more" : " classes more"));
            lines.add("");
        }
        TextTable machines = new TextTable("executor", "pictures", "Java");
        for (Scoring.Machine each : outcome.machines()) machines.row(each.name(), count(each.pictures()), each.java());
        lines.addAll(machines.lines());
        lines.add("");
        String rate = perSecond() > 0 ? String.format(Locale.ROOT, ", %,.0f pictures per second", perSecond()) : "";
        lines.add(String.format(
                Locale.ROOT,
                "%,d pictures, %,d with a problem; the first answer after %.1f s, all after %.1f s%s",
                outcome.pictures(),
                outcome.problemCount(),
                toFirst(),
                toFirst() + seconds(outcome.afterFirst()),
                rate));
        lines.add("written: " + order.out());
        return lines;
    }

    /** Returns the fields for programs, in their order. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", order.model());
        json.put("on", order.on());
        json.put("out", order.out());
        json.put("pictures", outcome.pictures());
        json.put("problems", outcome.problemCount());
        json.put(
                "firstProblems", outcome.problems().stream().map(Problem::parts).toList());
        json.put("classes", outcome.answers());
        json.put("executors", outcome.machines());
        json.put("secondsToFirstAnswer", toFirst());
        json.put("secondsAfterFirstAnswer", seconds(outcome.afterFirst()));
        json.put("picturesPerSecond", perSecond());
        return json;
    }

    private double toFirst() {
        return Math.round(1000 * (before + seconds(outcome.toFirst()))) / 1000.0;
    }

    /** After the first answer, without it; 0 where there was no time to measure. */
    private double perSecond() {
        double seconds = seconds(outcome.afterFirst());
        return seconds == 0 ? 0 : (outcome.pictures() - 1) / seconds;
    }

    private String share(long part) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / (outcome.pictures() - outcome.problemCount()));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
