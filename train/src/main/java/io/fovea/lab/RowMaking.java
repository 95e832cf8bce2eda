package io.fovea.lab;

import io.fovea.dataset.Dataset;
import io.fovea.evaluation.Evaluation;
import io.fovea.evaluation.JudgedPicture;
import io.fovea.hybrid.HybridOutcome;
import io.fovea.result.HybridResult;
import io.fovea.training.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes the rows of the lab's tables, one after the other; those that are there already are not made again. */
final class RowMaking {

    /** Numbers of the sliced network that are searched: 32·(9 + 1) + 64·(32·9 + 1), the talk's slide 25. */
    static final int KERNEL_PARAMETERS = 18_816;

    private final Site site;
    private final HybridRecipe recipe;
    private final HybridRecipe.Effort effort;
    private final Choice choice;
    private final HybridRows rows;

    /**
     * Prepares.
     *
     * @param choice with threads
     * @param rows   that are there already
     */
    RowMaking(Site site, HybridRecipe recipe, HybridRecipe.Effort effort, Choice choice, HybridRows rows) {
        this.site = site;
        this.recipe = recipe;
        this.effort = effort;
        this.choice = choice;
        this.rows = rows;
    }

    /** A row to make. */
    private record Task(HybridMethod method, HybridColumn column) {}

    /** Makes all rows; empty if it was stopped. */
    Optional<List<HybridRow>> run(HybridSets sets, List<HybridMethod> methods, List<HybridColumn> columns) {
        List<Task> tasks = new ArrayList<>();
        for (HybridColumn column : columns) {
            for (HybridMethod method : methods) {
                if (isMade(method, column)) tasks.add(new Task(method, column));
            }
        }
        List<HybridRow> made = new ArrayList<>();
        for (Task task : tasks) {
            Optional<HybridRow> row = rows.find(task.method(), task.column());
            if (row.isEmpty()) {
                site.note(String.format(
                        Locale.ROOT,
                        "Row %d of %d: %s, %s",
                        made.size() + 1,
                        tasks.size(),
                        task.method().words(),
                        task.column().head()));
                row = row(task, sets);
                if (row.isEmpty()) return Optional.empty();
                rows.keep(task.method(), row.get());
            }
            made.add(row.get());
        }
        return Optional.of(made);
    }

    /** What has no epochs is not made twice on the same pictures. */
    private static boolean isMade(HybridMethod method, HybridColumn column) {
        return switch (method.way()) {
            case HybridMethod.Way.Backpropagation _ -> true;
            case HybridMethod.Way.Slicing _ -> column == column.withoutEpochs();
        };
    }

    private Optional<HybridRow> row(Task task, HybridSets sets) {
        return switch (task.method().way()) {
            case HybridMethod.Way.Backpropagation way -> trained(task, way, sets);
            case HybridMethod.Way.Slicing way -> sliced(task, way, sets);
        };
    }

    private String model(Task task) {
        return "lab-hybrid-" + HybridRows.key(task.method(), task.column());
    }

    private Optional<HybridRow> trained(Task task, HybridMethod.Way.Backpropagation way, HybridSets sets) {
        Dataset digits = sets.of(task.column());
        return new NetworkTraining(site)
                .run(model(task), digits, way.network(), settings(task.column()))
                .map(done -> new HybridRow(
                        task.method().key(),
                        task.column(),
                        share((Evaluation) done.verdict(), sets.tested(task.column())),
                        sets.tested(task.column()),
                        ((Evaluation) done.verdict()).accuracy().value(),
                        done.parameters(),
                        done.export().networkBytes(),
                        0,
                        done.trainingSeconds(),
                        HybridRow.Evolved.NOTHING,
                        done.export().path().toString()));
    }

    private TrainingSettings settings(HybridColumn column) {
        return recipe.network()
                .settings(new Choice(
                        choice.data(),
                        Optional.empty(),
                        OptionalInt.of(column.epochs()),
                        OptionalInt.empty(),
                        Optional.empty(),
                        choice.threads(),
                        choice.seed()));
    }

    private Optional<HybridRow> sliced(Task task, HybridMethod.Way.Slicing way, HybridSets sets) {
        return site.jobs()
                .run(way.job(sets.of(task.column()).name(), model(task), effort, choice))
                .map(HybridResult.class::cast)
                .map(done -> new HybridRow(
                        task.method().key(),
                        task.column(),
                        share((Evaluation) done.verdict(), sets.tested(task.column())),
                        sets.tested(task.column()),
                        ((Evaluation) done.verdict()).accuracy().value(),
                        KERNEL_PARAMETERS,
                        done.export().networkBytes(),
                        done.outcome().referenceCount(),
                        done.outcome().seconds().total(),
                        evolved(done.outcome()),
                        done.export().path().toString()));
    }

    private static HybridRow.Evolved evolved(HybridOutcome outcome) {
        if (outcome.generations() == 0) return HybridRow.Evolved.NOTHING;
        HybridOutcome.Validation validation = outcome.validation();
        return new HybridRow.Evolved(
                outcome.generations(),
                outcome.evaluations(),
                outcome.seconds().search(),
                validation.pictures(),
                validation.start(),
                validation.evolved(),
                validation.kept() == HybridOutcome.Kept.EVOLVED,
                validation.paired().pValue());
    }

    private static double share(Evaluation evaluation, int first) {
        long right = evaluation.pictures().subList(0, first).stream()
                .filter(JudgedPicture::isRight)
                .count();
        return (double) right / first;
    }
}
