package io.fovea.trial;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.event.TrainingEvent.EpochFinished;
import io.fovea.file.AtomicFile;
import io.fovea.network.Network;
import io.fovea.problem.Problem;
import io.fovea.training.SettingsYaml;
import io.fovea.training.StopSignal;
import io.fovea.training.Trainer;
import io.fovea.training.TrainingListener;
import io.fovea.training.TrainingStart;
import io.fovea.trial.TrialResult.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/**
 * Runs that differ in their settings, judged by their validation pictures alone.
 *
 * <p>Each trial is a run of its own in {@code trial-001}, {@code trial-002} … of the folder. Called again on the same folder with the same
 * trials, it goes on: finished trials are not repeated. It leaves {@code trials.csv}, best first, and {@code best-settings.yaml}.
 *
 * <p>With {@link Pruning#HALVING}, all trials make a first part of their epochs; then the worse half ends there, the others go on from their
 * checkpoints to twice as many epochs, and so on. Learning rates follow the schedule of the whole run all the time.
 *
 * <p>Source: Jamieson and Talwalkar 2016, arXiv:1502.07943 (successive halving); Bergstra and Bengio 2012 (random search).
 *
 * @param dataset  with validation pictures
 * @param network  what is trained
 * @param start    of every run
 * @param folder   where the trials lie
 * @param listener gives the listener of a trial
 * @param stop     asks to end after the current step
 */
public record Tuning(
        Dataset dataset,
        Network network,
        TrainingStart start,
        Path folder,
        Function<Trial, TrainingListener> listener,
        StopSignal stop) {

    /** Which trials are ended early. */
    public enum Pruning {
        /** None. */
        NONE,
        /** The worse half, again and again. */
        HALVING
    }

    /**
     * Makes the trials, one after the other.
     *
     * @return a result for each, best first; nothing if it was stopped before the end
     * @throws Problem if there are no validation pictures, or a trial fails otherwise than by a loss that is no number
     */
    public Optional<List<TrialResult>> run(List<Trial> trials, Pruning pruning) {
        return run(trials, pruning, (numbers, epochs, made) -> {
            for (int number : numbers) {
                if (!make(trials.get(number - 1), epochs.applyAsInt(number))) return false;
                made.accept(number);
            }
            return true;
        });
    }

    /**
     * Makes the trials, whose numbers are their places from 1.
     *
     * @param maker brings their runs forward, in their folders
     * @return as {@link #run(List, Pruning)}
     * @throws Problem as {@link #run(List, Pruning)}
     */
    public Optional<List<TrialResult>> run(List<Trial> trials, Pruning pruning, RunMaker maker) {
        check(dataset, network, trials, start);
        Map<Integer, TrialResult> results = new TreeMap<>();
        List<Trial> going = List.copyOf(trials);
        int rounds = rounds(trials, pruning);
        for (int round = 0; round <= rounds; round++) {
            int halvings = rounds - round;
            IntUnaryOperator epochs = number ->
                    Math.ceilDiv(trials.get(number - 1).settings().course().epochs(), 1 << halvings);
            boolean all = maker.make(going.stream().map(Trial::number).toList(), epochs, number -> {
                results.put(number, sofar(trials.get(number - 1), epochs.applyAsInt(number)));
                write(results.values());
            });
            if (!all) return Optional.empty();
            if (round == rounds) break;
            List<TrialResult> reached = new ArrayList<>(
                    going.stream().map(trial -> results.get(trial.number())).toList());
            reached.sort(TrialResult.BETTER_FIRST);
            int kept = Math.ceilDiv(reached.size(), 2);
            for (TrialResult worse : reached.subList(kept, reached.size())) {
                results.put(worse.trial().number(), worse.endedEarly());
            }
            going = reached.subList(0, kept).stream()
                    .map(TrialResult::trial)
                    .sorted(Comparator.comparingInt(Trial::number))
                    .toList();
        }
        List<TrialResult> sorted = write(results.values());
        writeBest(sorted.getFirst());
        return Optional.of(sorted);
    }

    private TrialResult sofar(Trial trial, int epochs) {
        return TrialResult.of(trial, Trainer.events(run(folder, trial)), epochs);
    }

    /** Whether a trial's run has come so far, or to its end. */
    public boolean isMade(Trial trial, int epochs) {
        TrialResult sofar = sofar(trial, epochs);
        return sofar.state() != State.UNDER_WAY || sofar.epochs() >= epochs;
    }

    /**
     * Checks every trial before the first begins.
     *
     * @throws Problem if there are no validation pictures, or a trial's settings do not fit dataset and network
     */
    public static void check(Dataset dataset, Network network, List<Trial> trials, TrainingStart start) {
        if (dataset.count(Split.VALIDATION) == 0) {
            throw new Problem(
                    "The dataset has no validation pictures to compare trials on.",
                    "dataset \"" + dataset.name() + "\"",
                    "import it with some percent set aside for validation");
        }
        for (Trial trial : trials) Trainer.check(dataset, network, trial.settings(), start);
    }

    /** Returns the folder of a trial's run. */
    public static Path run(Path folder, Trial trial) {
        return folder.resolve(String.format(Locale.ROOT, "trial-%03d", trial.number()));
    }

    /** So many that one of all is left, but not more than the epochs can be halved. */
    private static int rounds(List<Trial> trials, Pruning pruning) {
        if (pruning == Pruning.NONE) return 0;
        int epochs = trials.stream()
                .mapToInt(trial -> trial.settings().course().epochs())
                .min()
                .orElse(1);
        int byTrials = Integer.SIZE - Integer.numberOfLeadingZeros(trials.size() - 1);
        int byEpochs = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(epochs);
        return Math.min(byTrials, byEpochs);
    }

    /**
     * Brings a trial to at least so many epochs, in this thread.
     *
     * @return false if it was stopped before
     * @throws Problem if it fails otherwise than by a loss that is no number
     */
    public boolean make(Trial trial, int epochs) {
        if (isMade(trial, epochs)) return true;
        if (stop.isRequested()) return false;
        StopSignal pause = new StopSignal(stop);
        TrainingListener hearing = listener.apply(trial);
        TrainingListener pausing = event -> {
            hearing.on(event);
            if (event instanceof EpochFinished epoch && epoch.epoch() >= epochs) pause.request();
        };
        try {
            new Trainer(dataset, network, trial.settings(), start, run(folder, trial), pausing, pause).run();
        } catch (Problem problem) {
            if (sofar(trial, epochs).state() != State.DIVERGED) throw problem;
        }
        return isMade(trial, epochs);
    }

    private List<TrialResult> write(Collection<TrialResult> results) {
        List<TrialResult> sorted =
                results.stream().sorted(TrialResult.BETTER_FIRST).toList();
        AtomicFile.write(folder.resolve("trials.csv"), TrialResult.table(sorted).getBytes(StandardCharsets.UTF_8));
        return sorted;
    }

    private void writeBest(TrialResult best) {
        if (best.validation().isEmpty()) return;
        AtomicFile.write(
                folder.resolve("best-settings.yaml"),
                SettingsYaml.write(best.trial().settings()).getBytes(StandardCharsets.UTF_8));
    }
}
