package io.fovea.training;

/** When a run writes weights into {@code checkpoints} that later ones do not replace. */
public sealed interface Snapshots {

    /** Only the last and the best are kept. */
    record Never() implements Snapshots {}

    /**
     * At even distances.
     *
     * @param epochs the distance, above 0; 0.25 is four times in each epoch, at the nearest step
     */
    record Every(double epochs) implements Snapshots {
        /** Checks the range. */
        public Every {
            if (!(epochs > 0) || Double.isInfinite(epochs))
                throw new IllegalArgumentException("snapshots must be more than 0 epochs apart: " + epochs);
        }
    }

    /** Whether one is due after {@code step} steps, of {@code stepsPerEpoch}. */
    default boolean isDue(long step, int stepsPerEpoch) {
        return switch (this) {
            case Never _ -> false;
            case Every every -> {
                double distance = every.epochs() * stepsPerEpoch;
                // the step that the next multiple of the distance is rounded to
                long number = Math.round(step / distance);
                yield number > 0 && Math.round(number * distance) == step;
            }
        };
    }
}
