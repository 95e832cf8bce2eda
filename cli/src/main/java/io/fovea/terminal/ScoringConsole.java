package io.fovea.terminal;

import io.fovea.answer.ScoringReport;
import io.fovea.predict.Scoring;
import io.fovea.problem.Problem;
import java.util.Locale;

/** Pictures scored on a cluster, as a terminal shows it. */
public record ScoringConsole(Console console, ProgressBar bar) implements Scoring.Listener {

    /**
     * Scores, shows how far it is, and tells the first problems.
     *
     * @param again  the words that do the same
     * @param before seconds since this process began
     */
    public static ScoringReport report(Scoring.Order order, Console console, String again, double before) {
        Scoring scoring = scoring(again);
        ProgressBar bar = new ProgressBar(console);
        Scoring.Outcome outcome;
        try {
            outcome = scoring.score(order, new ScoringConsole(console, bar));
        } finally {
            bar.clear();
        }
        outcome.problems().forEach(problem -> console.problem(problem, OutputFormat.TEXT));
        long untold = outcome.problemCount() - outcome.problems().size();
        if (untold > 0)
            console.progress(String.format(Locale.ROOT, "Problems of %,d more pictures are in the table.", untold));
        return new ScoringReport(order, outcome, before);
    }

    /**
     * Returns what scores.
     *
     * @param again the words that do the same
     * @throws Problem if it is not on the class path
     */
    public static Scoring scoring(String again) {
        return Scoring.find()
                .orElseThrow(() -> new Problem(
                        "The libraries of Spark are not there.",
                        "option --on",
                        "start Fovea by its launcher, which fetches them: " + again));
    }

    @Override
    public void remark(String line) {
        bar.clear();
        console.progress(line);
    }

    @Override
    public void progress(long done, long all) {
        bar.draw("scoring", (double) done / all, String.format(Locale.ROOT, "%,d of %,d pictures", done, all));
    }
}
