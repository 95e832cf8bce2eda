package io.fovea.training;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.DatasetSelection;
import io.fovea.event.TrainingEvent;
import io.fovea.event.TrainingEvent.Outcome;
import io.fovea.network.Network;
import io.fovea.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * k runs, each of which leaves out another part of the training and validation pictures and is judged on it. The test pictures have no part in
 * it.
 *
 * <p>The runs lie in {@code fold-1}, {@code fold-2} … of the folder and go on where they stood; finished ones are not repeated.
 *
 * @param dataset  of which training and validation pictures are taken together
 * @param network  what is trained
 * @param settings of every run; their seed also says who is in which fold
 * @param start    gives what a run begins with, of its own training pictures: what a run begins with must not have seen those it is judged on
 */
public record CrossValidation(
        Dataset dataset, Network network, TrainingSettings settings, Function<Dataset, TrainingStart> start) {

    /**
     * Makes the runs.
     *
     * @param folds    k
     * @param listener gives the listener of a fold, counted from 1
     * @return the report, or nothing if it was stopped before the end
     * @throws Problem if there are fewer pictures than folds, or a run fails
     */
    public Optional<FoldReport> run(int folds, Path folder, IntFunction<TrainingListener> listener, StopSignal stop) {
        check(folds); // the last fold must not fail after all the others
        List<ValidationResult> results = new ArrayList<>();
        List<DatasetSelection> selections = selections(folds);
        for (int fold = 1; fold <= folds; fold++) {
            Path run = folder.resolve("fold-" + fold);
            try (Dataset view = dataset.select(selections.get(fold - 1))) {
                if (!isFinished(run)) {
                    if (stop.isRequested()) return Optional.empty();
                    TrainingResult result = new Trainer(
                                    view, network, settings, start.apply(view), run, listener.apply(fold), stop)
                            .run();
                    if (result.outcome() == Outcome.STOPPED) return Optional.empty();
                }
            }
            results.add(ValidationResult.of(Trainer.events(run)).orElseThrow());
        }
        return Optional.of(new FoldReport(results));
    }

    /**
     * Checks every run before the first begins.
     *
     * @throws Problem if there are fewer pictures than folds, or what a fold trains on does not fit network and settings
     */
    public void check(int folds) {
        for (DatasetSelection selection : selections(folds)) {
            try (Dataset view = dataset.select(selection)) {
                Trainer.check(
                        view, network, settings, TrainingStart.NONE); // what it begins with is found when it begins
            }
        }
    }

    private List<DatasetSelection> selections(int folds) {
        try {
            return DatasetSelection.folds(dataset, folds, settings.seed());
        } catch (IllegalArgumentException outOfRange) {
            throw new Problem(
                    outOfRange.getMessage() + ".",
                    "dataset \"" + dataset.name() + "\"",
                    "choose another number of folds; 5 and 10 are usual",
                    outOfRange);
        }
    }

    /** Whether a run has come to its end by itself. */
    static boolean isFinished(Path run) {
        List<TrainingEvent> events = Trainer.events(run);
        return !events.isEmpty()
                && events.getLast() instanceof TrainingEvent.RunFinished finished
                && (finished.outcome() == Outcome.COMPLETED || finished.outcome() == Outcome.EARLY_STOPPED);
    }
}
