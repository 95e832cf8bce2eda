package io.fovea.result;

import io.fovea.hybrid.ClassAddition;
import io.fovea.hybrid.GrowthJudgement;
import io.fovea.task.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What further classes did to a model, in words. */
public final class GrowthWords {

    private GrowthWords() {}

    /** Returns the lines. */
    public static List<String> lines(ClassAddition.Report report) {
        List<String> lines = new ArrayList<>();
        GrowthJudgement judgement = report.judgement();
        lines.add(String.format(
                Locale.ROOT,
                "Old classes  %s, %s; before %s",
                share(judgement.oldAfter()),
                report.judgedOn(),
                share(judgement.oldBefore())));
        lines.add(String.format(
                Locale.ROOT, "New classes  %s, pictures that were kept out", share(judgement.newAfter())));
        judgement
                .oldAnew()
                .ifPresent(old -> lines.add(String.format(
                        Locale.ROOT,
                        "Made anew    %.2f %% of the same pictures of old classes, %.2f %% of new ones: so far the"
                                + " classes can be told apart",
                        old.value() * 100,
                        judgement.newAnew().orElseThrow().value() * 100)));
        for (GrowthJudgement.ClassChange each : judgement.classes()) {
            lines.add("  " + each.name() + ": " + share(each.after())
                    + each.before()
                            .map(before -> String.format(Locale.ROOT, "; before %.2f %%", before.value() * 100))
                            .orElse("; new"));
        }
        if (!report.broken().isEmpty())
            lines.add("Left out     " + report.broken().size() + " unreadable files");
        report.written().ifPresent(written -> {
            if (!report.shortfalls().isEmpty())
                lines.add("Poor, written all the same: " + String.join("; ", report.shortfalls()));
            lines.add(String.format(
                    Locale.ROOT,
                    "Engine       %,d bytes with its %,d references",
                    written.engineBytes(),
                    report.references()));
            written.dataset()
                    .ifPresent(name -> lines.add(
                            "Dataset      " + name + ": the pictures of all classes, for the next one to be added"));
            lines.add(String.format(Locale.ROOT, "Model        %s (%,d bytes)", written.bundle(), written.bytes()));
        });
        return lines;
    }

    private static String share(Proportion share) {
        return String.format(
                Locale.ROOT,
                "%.2f %% of %,d (95 %% interval %.2f to %.2f)",
                share.value() * 100,
                share.count(),
                share.low() * 100,
                share.high() * 100);
    }
}
