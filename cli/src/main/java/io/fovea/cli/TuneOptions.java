package io.fovea.cli;

import io.fovea.optimize.Loss;
import io.fovea.optimize.Regularisation;
import io.fovea.training.TrainingSettings;
import io.fovea.training.TuningAxis;
import io.fovea.training.TuningAxis.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/** What is tried: a value, several with commas between, or LOW..HIGH for random search. */
final class TuneOptions {

    @Option(
            names = "--optimizer",
            paramLabel = "LIST",
            split = ",",
            description = "Such as momentum,adam; each with its usual rate unless rates are given.")
    private List<OptimizerName> optimizers = List.of();

    @Option(
            names = "--learning-rate",
            paramLabel = "LIST",
            description = "Such as 0.1,0.01,0.001 or, at random, 0.0001..0.1.")
    private String learningRates;

    @Option(names = "--batch-size", paramLabel = "LIST", split = ",", description = "Such as 32,64.")
    private List<Integer> batchSizes = List.of();

    @Option(names = "--schedule", paramLabel = "LIST", split = ",", description = "Such as cosine,one_cycle.")
    private List<ScheduleName> schedules = List.of();

    @Option(names = "--l2", paramLabel = "LIST", description = "Such as 0,0.0005 or, at random, 0.00001..0.01.")
    private String l2;

    @Option(names = "--label-smoothing", paramLabel = "LIST", description = "Such as 0,0.1.")
    private String smoothings;

    /** Returns the axes in the order of their changes; an {@link IllegalArgumentException} tells of what is no value. */
    List<TuningAxis> axes() {
        List<TuningAxis> axes = new ArrayList<>();
        if (!optimizers.isEmpty()) {
            axes.add(listed(
                    "optimizer",
                    optimizers,
                    name -> settings -> settings.withOptimizer(name.optimizer(), name.learningRate())));
        }
        numbers("learning_rate", learningRates, rate -> settings -> settings.withLearningRate(rate))
                .ifPresent(axes::add);
        if (!batchSizes.isEmpty()) {
            axes.add(listed("batch_size", batchSizes, size -> settings -> settings.withBatchSize(size)));
        }
        if (!schedules.isEmpty()) {
            axes.add(listed("schedule", schedules, name -> settings -> settings.withSchedule(name.schedule())));
        }
        numbers(
                        "l2",
                        l2,
                        pull -> settings -> settings.withRegularisation(new Regularisation(
                                settings.step().regularisation().l1(), pull)))
                .ifPresent(axes::add);
        numbers("label_smoothing", smoothings, share -> settings -> smoothed(settings, share))
                .ifPresent(axes::add);
        if (axes.isEmpty()) throw new IllegalArgumentException("nothing to try: give --learning-rate LIST or the like");
        return axes;
    }

    private static TrainingSettings smoothed(TrainingSettings settings, double share) {
        if (settings.loss() instanceof Loss.CrossEntropy loss) {
            return settings.withLoss(new Loss.CrossEntropy(share, loss.classWeights()));
        }
        throw new IllegalArgumentException("--label-smoothing is for classes, not for numbers");
    }

    private static <T> TuningAxis listed(
            String name, List<T> values, java.util.function.Function<T, UnaryOperator<TrainingSettings>> change) {
        return new TuningAxis.Listed(
                name,
                values.stream()
                        .map(value -> new Choice(value.toString().toLowerCase(Locale.ROOT), change.apply(value)))
                        .toList());
    }

    private static Optional<TuningAxis> numbers(
            String name, String words, DoubleFunction<UnaryOperator<TrainingSettings>> change) {
        if (words == null) return Optional.empty();
        String[] ends = words.split("\\.\\.", -1);
        if (ends.length == 2) {
            return Optional.of(new TuningAxis.Range(name, number(name, ends[0]), number(name, ends[1]), change));
        }
        List<Choice> choices = new ArrayList<>();
        for (String word : words.split(",", -1)) choices.add(new Choice(word, change.apply(number(name, word))));
        return Optional.of(new TuningAxis.Listed(name, choices));
    }

    private static double number(String name, String word) {
        try {
            return Double.parseDouble(word.strip());
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException(
                    name + " must be numbers such as 0.1,0.01 or a range such as 0.001..0.1: " + word, noNumber);
        }
    }
}
