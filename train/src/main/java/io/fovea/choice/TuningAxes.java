package io.fovea.choice;

import io.fovea.optimize.Loss;
import io.fovea.optimize.Regularisation;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.result.DataJson;
import io.fovea.training.TrainingSettings;
import io.fovea.trial.TuningAxis;
import io.fovea.trial.TuningAxis.Choice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What is tried, by names and words: values with commas between, or LOW..HIGH for random search. */
public final class TuningAxes {

    private static final List<String> NAMES =
            List.of("optimizer", "learning_rate", "batch_size", "schedule", "l2", "label_smoothing");

    private TuningAxes() {}

    /**
     * Returns the axes in the order of their changes: an optimizer brings its usual rate, which a rate that is tried comes over.
     *
     * @throws IllegalArgumentException if a word is no value
     * @throws Problem if nothing is tried, a name is not known, or a value stands twice
     */
    public static List<TuningAxis> of(Map<String, Object> tried) {
        for (String name : tried.keySet()) {
            if (NAMES.contains(name)) continue;
            throw new Problem(
                    "There is nothing to try called \"" + name + "\".",
                    "what is tried",
                    Nearest.suggestion(name, NAMES));
        }
        List<TuningAxis> axes = new ArrayList<>();
        for (String name : NAMES) if (tried.containsKey(name)) axes.add(axis(name, words(tried.get(name))));
        if (axes.isEmpty()) {
            throw new Problem("Nothing is to be tried.", "what is tried", "give learning_rate: 0.1,0.01 or the like");
        }
        return axes;
    }

    /** A list in YAML is as good as words with commas. */
    private static String words(Object value) {
        if (!(value instanceof List<?> list)) return String.valueOf(value);
        return String.join(",", list.stream().map(String::valueOf).toList());
    }

    private static TuningAxis axis(String name, String words) {
        return switch (name) {
            case "optimizer" ->
                listed(
                        name,
                        words,
                        word -> constant(name, word, OptimizerName.values()),
                        found -> settings -> settings.withOptimizer(found.optimizer(), found.learningRate()));
            case "schedule" ->
                listed(
                        name,
                        words,
                        word -> constant(name, word, ScheduleName.values()),
                        found -> settings -> settings.withSchedule(found.schedule()));
            case "batch_size" ->
                listed(name, words, word -> whole(name, word), size -> settings -> settings.withBatchSize(size));
            case "learning_rate" -> numbers(name, words, rate -> settings -> settings.withLearningRate(rate));
            case "l2" ->
                numbers(
                        name,
                        words,
                        pull -> settings -> settings.withRegularisation(new Regularisation(
                                settings.step().regularisation().l1(), pull)));
            default -> numbers(name, words, share -> settings -> smoothed(settings, share));
        };
    }

    private static TrainingSettings smoothed(TrainingSettings settings, double share) {
        if (settings.loss() instanceof Loss.CrossEntropy loss) {
            return settings.withLoss(new Loss.CrossEntropy(share, loss.classWeights()));
        }
        throw new IllegalArgumentException("--label-smoothing is for classes, not for numbers");
    }

    private static <T> TuningAxis listed(
            String name, String words, Function<String, T> value, Function<T, UnaryOperator<TrainingSettings>> change) {
        List<Choice> choices = new ArrayList<>();
        Set<T> values = new HashSet<>();
        for (String word : words.split(",", -1)) {
            T found = value.apply(word.strip());
            if (!values.add(found)) {
                throw new Problem(
                        name.replace('_', ' ') + " has " + word.strip() + " twice.",
                        "what is tried",
                        "write each value once; a second run of the same settings would tell nothing new");
            }
            choices.add(new Choice(word.strip().toLowerCase(Locale.ROOT), change.apply(found)));
        }
        return new TuningAxis.Listed(name, choices);
    }

    private static <E extends Enum<E>> E constant(String name, String word, E[] constants) {
        return Arrays.stream(constants)
                .filter(constant -> constant.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        "There is no " + name + " called \"" + word + "\".",
                        "what is tried",
                        Nearest.suggestion(
                                word,
                                Arrays.stream(constants).map(DataJson::word).toList())));
    }

    private static TuningAxis numbers(
            String name, String words, DoubleFunction<UnaryOperator<TrainingSettings>> change) {
        String[] ends = words.split("\\.\\.", -1);
        if (ends.length == 2) return new TuningAxis.Range(name, number(name, ends[0]), number(name, ends[1]), change);
        return listed(name, words, word -> number(name, word), change::apply);
    }

    private static int whole(String name, String word) {
        double number = number(name, word);
        if (number != (int) number)
            throw new IllegalArgumentException(name + " must be whole numbers such as 16,32: " + word);
        return (int) number;
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
