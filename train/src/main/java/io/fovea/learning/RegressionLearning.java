package io.fovea.learning;

import io.fovea.batch.Batch;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.dataset.TargetStatistics;
import io.fovea.evaluation.RegressionEvaluation;
import io.fovea.evaluation.Verdict;
import io.fovea.image.Axis;
import io.fovea.image.Target;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Targets;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.task.Measure;
import io.fovea.task.Regression;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Numbers for every picture: a loss of distances, mean error. */
record RegressionLearning(Regression task) implements Learning {

    /** Where the squared and the absolute part of the usual loss meet, in network units. */
    private static final double USUAL_BETA = 0.1;

    @Override
    public Loss usualLoss() {
        return new Loss.SmoothL1(USUAL_BETA);
    }

    @Override
    public Loss judgingLoss(Loss chosen) {
        return chosen;
    }

    @Override
    public OptionalDouble guessingLoss() {
        return OptionalDouble.empty();
    }

    @Override
    public Loss checked(Loss loss, Dataset dataset) {
        if (!(loss instanceof Loss.CrossEntropy)) return loss;
        throw new Problem(
                "Cross-entropy is for classes, but the dataset has numbers to predict.",
                "dataset \"" + dataset.name() + "\", setting loss",
                "choose the loss smoothL1, meanSquaredError or meanAbsoluteError");
    }

    @Override
    public void checkPictures(Dataset dataset) {}

    @Override
    public Targets targets(Batch batch) {
        return new Targets.Values(batch.targets());
    }

    /** In network units. */
    @Override
    public Optional<Targets> targets(Dataset dataset, Split split) {
        int width = outputs();
        float[] values = new float[dataset.count(split) * width];
        for (int i = 0; i < values.length; i += width) {
            dataset.copyTargets(split, i / width, values, i);
            for (int t = 0; t < width; t++)
                values[i + t] = (float) task.targets().get(t).output(values[i + t]);
        }
        return Optional.of(new Targets.Values(values));
    }

    /** Places do, and other numbers lie beside them in the same row. */
    @Override
    public boolean movesTruth() {
        return true;
    }

    @Override
    public double[] answer(float[] outputs, int offset) {
        double[] values = new double[task.targets().size()];
        for (int t = 0; t < values.length; t++)
            values[t] = task.targets().get(t).value(outputs[offset + t]);
        return values;
    }

    @Override
    public int counts() {
        return 1;
    }

    /** Sums over pictures the mean |value − true value| of a picture's targets, in their own units. */
    @Override
    public void count(float[] outputs, Targets wanted, int size, double[] counts) {
        if (!(wanted instanceof Targets.Values(float[] values)))
            throw new IllegalArgumentException("Expected numbers, found " + wanted.words());
        int width = outputs();
        double sum = 0;
        for (int t = 0; t < width; t++) {
            double scale = task.targets().get(t).scale();
            for (int n = 0; n < size; n++) sum += scale * Math.abs(outputs[n * width + t] - values[n * width + t]);
        }
        counts[0] += sum / width;
    }

    @Override
    public List<Measure> measures(double[] counts, long pictures) {
        boolean places = task.targets().stream().allMatch(target -> target.axis() != Axis.NONE);
        Measure.Unit unit = places ? Measure.Unit.PIXELS : Measure.Unit.VALUE;
        return List.of(new Measure("error", counts[0] / pictures, Optional.empty(), unit, Measure.Better.LOWER));
    }

    @Override
    public Judge judge(Dataset dataset, Split split) {
        int[] columns = columns(dataset);
        RegressionEvaluation.Builder judged = new RegressionEvaluation.Builder(task.targets(), guess(dataset, columns));
        float[] row = new float[dataset.targets().size()];
        double[] truth = new double[columns.length];
        return new Judge() {
            @Override
            public void add(float[] outputs, int offset) {
                int position = judged.count();
                dataset.copyTargets(split, position, row, 0);
                for (int t = 0; t < truth.length; t++) truth[t] = row[columns[t]];
                judged.add(truth, outputs, offset, dataset.source(split, position));
            }

            @Override
            public Verdict verdict() {
                if (judged.count() != dataset.count(split))
                    throw new IllegalStateException(
                            judged.count() + " of " + dataset.count(split) + " pictures judged");
                return judged.evaluation();
            }
        };
    }

    /** Targets are matched by name: for each of the task its column in the dataset. */
    private int[] columns(Dataset dataset) {
        List<String> names = dataset.targets().stream().map(Target::name).toList();
        String where = "dataset \"" + dataset.name() + "\"";
        return task.targets().stream()
                .mapToInt(target -> {
                    int column = names.indexOf(target.name());
                    if (column < 0) {
                        throw new Problem(
                                "The dataset has no target \"" + target.name() + "\", which the model regresses.",
                                where,
                                Nearest.suggestion(target.name(), names));
                    }
                    if (dataset.targets().get(column).axis() == target.axis()) return column;
                    throw new Problem(
                            "The target \"" + target.name() + "\" is along " + axis(target)
                                    + " in the model, but along "
                                    + axis(dataset.targets().get(column)) + " in the dataset.",
                            where,
                            "import the dataset with the target as the model has it");
                })
                .toArray();
    }

    private static String axis(Target target) {
        return switch (target.axis()) {
            case X -> "the width";
            case Y -> "the height";
            case NONE -> "no side";
        };
    }

    /** The means of the training pictures; where the dataset has none, what the outputs of 0 stand for. */
    private double[] guess(Dataset dataset, int[] columns) {
        if (dataset.count(Split.TRAINING) == 0) {
            return task.targets().stream().mapToDouble(Target::shift).toArray();
        }
        List<TargetStatistics> statistics = dataset.targetStatistics(Split.TRAINING);
        return IntStream.of(columns)
                .mapToDouble(column -> statistics.get(column).mean())
                .toArray();
    }

    @Override
    public String caption(Batch batch, int row) {
        return "";
    }
}
