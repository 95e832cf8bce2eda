package io.fovea.trial;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.DatasetSelection;
import io.fovea.event.TrainingEvent;
import io.fovea.event.TrainingEvent.Outcome;
import io.fovea.network.Network;
import io.fovea.problem.Problem;
import io.fovea.training.StopSignal;
import io.fovea.training.Trainer;
import io.fovea.training.TrainingListener;
import io.fovea.training.TrainingResult;
import io.fovea.training.TrainingSettings;
import io.fovea.training.TrainingStart;
import io.fovea.training.ValidationResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

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
     * Makes the runs, one after the other.
     *
     * @param folds    k
     * @param listener gives the listener of a fold, counted from 1
     * @return the report, or nothing if it was stopped before the end
     * @throws Problem if there are fewer pictures than folds, or a run fails
     */
    public Optional<FoldReport> run(int folds, Path folder, IntFunction<TrainingListener> listener, StopSignal stop) {
        return run(folds, folder, (numbers, epochs, made) -> {
            for (int fold : numbers) {
                if (!make(fold, folds, folder, listener.apply(fold), stop)) return false;
                made.accept(fold);
            }
            return true;
        });
    }

    /**
     * Makes the runs.
     *
     * @param maker brings them forward, in their folders
     * @return as {@link #run(int, Path, IntFunction, StopSignal)}
     * @throws Problem likewise
     */
    public Optional<FoldReport> run(int folds, Path folder, RunMaker maker) {
        check(folds); // the last fold must not fail after all the others
        List<Integer> numbers = IntStream.rangeClosed(1, folds).boxed().toList();
        if (!maker.make(numbers, fold -> settings.course().epochs(), _ -> {})) return Optional.empty();
        return Optional.of(new FoldReport(numbers.stream()
                .map(fold ->
                        ValidationResult.of(Trainer.events(run(folder, fold))).orElseThrow())
                .toList()));
    }

    /** Returns the folder of a fold's run. */
    public static Path run(Path folder, int fold) {
        return folder.resolve("fold-" + fold);
    }

    /**
     * Makes the run of a fold, in this thread.
     *
     * @return false if it was stopped before its end
     * @throws Problem if it fails
     */
    public boolean make(int fold, int folds, Path folder, TrainingListener listener, StopSignal stop) {
        Path run = run(folder, fold);
        if (isMade(folder, fold)) return true;
        if (stop.isRequested()) return false;
        try (Dataset view = dataset.select(selections(folds).get(fold - 1))) {
            TrainingResult result = new Trainer(view, network, settings, start.apply(view), run, listener, stop).run();
            return result.outcome() != Outcome.STOPPED;
        }
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

    /** Whether a fold's run has come to its end by itself. */
    public static boolean isMade(Path folder, int fold) {
        List<TrainingEvent> events = Trainer.events(run(folder, fold));
        return !events.isEmpty()
                && events.getLast() instanceof TrainingEvent.RunFinished finished
                && (finished.outcome() == Outcome.COMPLETED || finished.outcome() == Outcome.EARLY_STOPPED);
    }
}
