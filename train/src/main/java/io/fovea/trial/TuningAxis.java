package io.fovea.trial;

import io.fovea.training.TrainingSettings;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Something that is tried in several ways. */
public sealed interface TuningAxis {

    /** Returns its name, as the table of trials shows it. */
    String name();

    /** Draws one of its ways. */
    Choice draw(RandomGenerator random);

    /**
     * One way.
     *
     * @param words  for the table
     * @param change of the settings
     */
    record Choice(String words, UnaryOperator<TrainingSettings> change) {}

    /**
     * Some ways, each as likely as any other.
     *
     * @param name    of the axis
     * @param choices at least one
     */
    record Listed(String name, List<Choice> choices) implements TuningAxis {
        /** Copies. */
        public Listed {
            choices = List.copyOf(choices);
            if (choices.isEmpty()) throw new IllegalArgumentException(name + " needs a value");
        }

        @Override
        public Choice draw(RandomGenerator random) {
            return choices.get(random.nextInt(choices.size()));
        }
    }

    /**
     * A number from lowest to highest, drawn evenly by its logarithm. For random search.
     *
     * @param name    of the axis
     * @param lowest  above 0
     * @param highest above {@code lowest}
     * @param change  what a number does to the settings
     */
    record Range(String name, double lowest, double highest, DoubleFunction<UnaryOperator<TrainingSettings>> change)
            implements TuningAxis {
        /** Checks the range. */
        public Range {
            if (!(lowest > 0 && highest > lowest) || Double.isInfinite(highest)) {
                throw new IllegalArgumentException(
                        name + " must rise from above 0, not from " + lowest + " to " + highest);
            }
        }

        @Override
        public Choice draw(RandomGenerator random) {
            double drawn = lowest * Math.pow(highest / lowest, random.nextDouble());
            // three digits are enough to say and to type again
            double value = Double.parseDouble(String.format(Locale.ROOT, "%.2e", drawn));
            return new Choice(Double.toString(value), change.apply(value));
        }
    }
}
