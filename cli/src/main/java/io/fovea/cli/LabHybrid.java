package io.fovea.cli;

import io.fovea.batch.Augmentation;
import io.fovea.dataset.Dataset;
import io.fovea.evaluation.Evaluation;
import io.fovea.evaluation.JudgedPicture;
import io.fovea.hybrid.HybridOutcome;
import io.fovea.job.DataJson;
import io.fovea.job.HybridResult;
import io.fovea.job.Job;
import io.fovea.job.Jobs;
import io.fovea.module.Engine;
import io.fovea.optimize.LearningRateSchedule;
import io.fovea.optimize.Optimizer;
import io.fovea.optimize.Regularisation;
import io.fovea.tensor.Precision;
import io.fovea.training.ComputationSettings;
import io.fovea.training.TrainingSettings;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes the rows of the lab's tables, one after the other; those that are there already are not made again. */
final class LabHybrid {

    /** Numbers of the sliced network that are searched: 32·(9 + 1) + 64·(32·9 + 1), the talk's slide 25. */
    static final int KERNEL_PARAMETERS = 18_816;

    private static final double MOVED = 1.0 / 28;

    private final Console console;
    private final Workspace workspace;
    private final Path folder;
    private final LabHybridRows rows;
    private final long seed;
    private final int threads;

    /**
     * Prepares.
     *
     * @param folder the run's
     */
    LabHybrid(Console console, Workspace workspace, Path folder, long seed, int threads) {
        this.console = console;
        this.workspace = workspace;
        this.folder = folder;
        this.rows = new LabHybridRows(folder);
        this.seed = seed;
        this.threads = threads;
    }

    /** A row to make. */
    private record Task(LabHybridMethod method, LabHybridColumn column) {}

    /** Makes all rows; empty if it was stopped. */
    Optional<List<LabHybridRow>> run(LabHybridSets sets, List<LabHybridMethod> methods, List<LabHybridColumn> columns) {
        List<Task> tasks = new ArrayList<>();
        for (LabHybridColumn column : columns) {
            for (LabHybridMethod method : methods) {
                if (isMade(method, column)) tasks.add(new Task(method, column));
            }
        }
        List<LabHybridRow> made = new ArrayList<>();
        for (Task task : tasks) {
            Optional<LabHybridRow> row = rows.find(task.method(), task.column());
            if (row.isEmpty()) {
                console.progress(String.format(
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
    private static boolean isMade(LabHybridMethod method, LabHybridColumn column) {
        return switch (method.way()) {
            case LabHybridMethod.Way.Backpropagation _ -> true;
            case LabHybridMethod.Way.Slicing _ -> column == column.withoutEpochs();
        };
    }

    private Optional<LabHybridRow> row(Task task, LabHybridSets sets) {
        return switch (task.method().way()) {
            case LabHybridMethod.Way.Backpropagation way -> trained(task, way, sets);
            case LabHybridMethod.Way.Slicing way -> sliced(task, way, sets);
        };
    }

    private String model(Task task) {
        return "lab-hybrid-" + LabHybridRows.key(task.method(), task.column());
    }

    private Optional<LabHybridRow> trained(Task task, LabHybridMethod.Way.Backpropagation way, LabHybridSets sets) {
        Dataset digits = sets.of(task.column());
        return new LabTraining(console, workspace)
                .run(model(task), digits, way.network(), settings(task.column().epochs()))
                .map(done -> new LabHybridRow(
                        task.method().key(),
                        task.column(),
                        share((Evaluation) done.verdict(), sets.tested(task.column())),
                        sets.tested(task.column()),
                        ((Evaluation) done.verdict()).accuracy().value(),
                        done.parameters(),
                        done.export().networkBytes(),
                        0,
                        done.trainingSeconds(),
                        LabHybridRow.Evolved.NOTHING,
                        done.export().path().toString()));
    }

    /** As the lab "mnist" trains, but on pictures moved by no more than the pixel by which heads of sliced networks see them moved. */
    private TrainingSettings settings(int epochs) {
        return TrainingSettings.defaults(seed)
                .withEpochs(epochs)
                .withBatchSize(64)
                .withOptimizer(new Optimizer.Momentum(0.9), 0.02)
                .withSchedule(new LearningRateSchedule.OneCycle(0.2, 10, 1000))
                .withRegularisation(new Regularisation(0, 0.0005))
                .withAugmentation(Augmentation.NONE.withShift(MOVED))
                .withComputation(new ComputationSettings(Engine.AUTOMATIC, Precision.FLOAT32, threads));
    }

    private Optional<LabHybridRow> sliced(Task task, LabHybridMethod.Way.Slicing way, LabHybridSets sets) {
        Job job = new Job.Hybrid(
                sets.of(task.column()).name(),
                Optional.of(model(task)),
                Optional.of(way.kernels().name()),
                Optional.of(way.evolution().search()),
                Optional.of(DataJson.word(way.evolution().mode()).replace('_', '-')),
                Optional.of(way.evolution().generations()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                way.engineBytes().isPresent()
                        ? Optional.of(Long.toString(way.engineBytes().getAsLong()))
                        : Optional.empty(),
                Optional.of(seed),
                Optional.of(threads));
        return new JobDoor(console, workspace)
                .run(job, Jobs.Going.ON)
                .map(HybridResult.class::cast)
                .map(done -> new LabHybridRow(
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

    private static LabHybridRow.Evolved evolved(HybridOutcome outcome) {
        if (outcome.generations() == 0) return LabHybridRow.Evolved.NOTHING;
        HybridOutcome.Validation validation = outcome.validation();
        return new LabHybridRow.Evolved(
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
