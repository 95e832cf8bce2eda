package io.fovea.resource;

import io.fovea.choice.TuningAxes;
import io.fovea.problem.Problem;
import io.fovea.training.TrainingSettings;
import io.fovea.trial.TuningAxis;
import java.util.Map;
import java.util.Optional;

/** Which of the things that a sweep tries is wrong by itself: its words are no values, or one of them no setting can take. */
final class FaultyAxis {

    private FaultyAxis() {}

    /** Returns its name, such as {@code learning_rate}; empty if none is wrong. */
    static Optional<String> in(Map<?, ?> tried) {
        return tried.entrySet().stream()
                .filter(axis -> isWrong(String.valueOf(axis.getKey()), axis.getValue()))
                .map(axis -> String.valueOf(axis.getKey()))
                .findFirst();
    }

    private static boolean isWrong(String name, Object words) {
        try {
            for (TuningAxis axis : TuningAxes.of(Map.of(name, words)))
                if (axis instanceof TuningAxis.Listed listed)
                    listed.choices().forEach(choice -> choice.change().apply(TrainingSettings.defaults(1)));
            return false;
        } catch (Problem | IllegalArgumentException wrong) {
            return true;
        }
    }
}
