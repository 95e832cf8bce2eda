package io.fovea.trial;

import io.fovea.event.TrainingEvent;
import io.fovea.event.TrainingEvent.EpochFinished;
import io.fovea.event.TrainingEvent.RunFinished;
import io.fovea.training.RunHistory;
import io.fovea.training.ValidationResult;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a trial came and how good it was.
 *
 * @param trial      what was tried
 * @param state      how far it came
 * @param epochs     finished
 * @param validation of the best epoch; empty if none was validated
 */
public record TrialResult(Trial trial, State state, int epochs, Optional<ValidationResult> validation) {

    /** How far a trial came. */
    public enum State {
        /** It can go on. */
        UNDER_WAY,
        /** It made all its epochs, or stopped early by itself. */
        FINISHED,
        /** It was among the worse half. */
        ENDED_EARLY,
        /** Its loss became no number. */
        DIVERGED
    }

    /** The better first; those that were not validated or diverged come last, in the order of their numbers. */
    public static final Comparator<TrialResult> BETTER_FIRST = Comparator.comparing((TrialResult result) ->
                    result.state() == State.DIVERGED || result.validation().isEmpty())
            .thenComparing((one, other) ->
                    one.validation().isPresent() && other.validation().isPresent()
                            ? ValidationResult.BETTER_FIRST.compare(
                                    one.validation().get(), other.validation().get())
                            : 0)
            .thenComparing(result -> result.trial().number());

    /** Returns that of a trial's run, of its first {@code most} epochs alone. */
    static TrialResult of(Trial trial, List<TrainingEvent> events, int most) {
        List<TrainingEvent> considered = RunHistory.of(events).stream()
                .filter(event -> !(event instanceof EpochFinished epoch) || epoch.epoch() <= most)
                .toList();
        int epochs = (int)
                considered.stream().filter(EpochFinished.class::isInstance).count();
        return new TrialResult(trial, state(events), epochs, ValidationResult.of(considered));
    }

    private static State state(List<TrainingEvent> events) {
        if (events.isEmpty() || !(events.getLast() instanceof RunFinished finished)) return State.UNDER_WAY;
        return switch (finished.outcome()) {
            case COMPLETED, EARLY_STOPPED -> State.FINISHED;
            case STOPPED -> State.UNDER_WAY;
            case DIVERGED -> State.DIVERGED;
        };
    }

    TrialResult endedEarly() {
        return state == State.UNDER_WAY ? new TrialResult(trial, State.ENDED_EARLY, epochs, validation) : this;
    }

    /** Returns a row for each result: what was tried, how far it came, how good it was. */
    static String table(List<TrialResult> results) {
        StringBuilder table = new StringBuilder("trial");
        List<String> axes = List.copyOf(results.getFirst().trial().choices().keySet());
        axes.forEach(axis -> table.append(',').append(axis));
        table.append(",state,epochs,best_epoch,validation_loss,validation_")
                .append(measure(results))
                .append('\n');
        for (TrialResult result : results) {
            table.append(result.trial().number());
            axes.forEach(
                    axis -> table.append(',').append(result.trial().choices().get(axis)));
            table.append(',').append(result.state().name().toLowerCase(Locale.ROOT));
            table.append(',').append(result.epochs()).append(',');
            result.validation().ifPresent(best -> table.append(best.epoch()));
            table.append(',').append(number(result.validation().map(ValidationResult::loss)));
            table.append(',').append(number(result.validation().map(best -> best.measure()
                    .value())));
            table.append('\n');
        }
        return table.toString();
    }

    private static String measure(List<TrialResult> results) {
        return results.stream()
                .flatMap(result -> result.validation().stream())
                .map(best -> best.measure().column())
                .findFirst()
                .orElse("measure");
    }

    private static String number(Optional<Double> value) {
        return value.map(present -> String.format(Locale.ROOT, "%.6f", present)).orElse("");
    }
}
