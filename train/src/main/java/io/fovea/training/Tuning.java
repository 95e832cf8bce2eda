package io.fovea.training;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.event.TrainingEvent.EpochFinished;
import io.fovea.file.AtomicFile;
import io.fovea.network.Network;
import io.fovea.problem.Problem;
import io.fovea.training.TrialResult.State;
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
     * Makes the trials.
     *
     * @return a result for each, best first; nothing if it was stopped before the end
     * @throws Problem if there are no validation pictures, or a trial fails otherwise than by a loss that is no number
     */
    public Optional<List<TrialResult>> run(List<Trial> trials, Pruning pruning) {
        check(dataset, network, trials, start);
        Map<Integer, TrialResult> results = new TreeMap<>();
        List<Trial> going = List.copyOf(trials);
        int rounds = rounds(trials, pruning);
        for (int round = 0; round <= rounds; round++) {
            List<TrialResult> reached = new ArrayList<>();
            for (Trial trial : going) {
                int planned = trial.settings().course().epochs();
                Optional<TrialResult> result = make(trial, Math.ceilDiv(planned, 1 << (rounds - round)));
                if (result.isEmpty()) return Optional.empty();
                reached.add(result.get());
                results.put(trial.number(), result.get());
                write(results.values());
            }
            if (round == rounds) break;
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

    /** Brings a trial to at least so many epochs; empty if it was stopped before. */
    private Optional<TrialResult> make(Trial trial, int epochs) {
        Path run = run(folder, trial);
        TrialResult sofar = TrialResult.of(trial, Trainer.events(run), epochs);
        if (sofar.state() != State.UNDER_WAY || sofar.epochs() >= epochs) return Optional.of(sofar);
        if (stop.isRequested()) return Optional.empty();
        StopSignal pause = new StopSignal(stop);
        TrainingListener hearing = listener.apply(trial);
        TrainingListener pausing = event -> {
            hearing.on(event);
            if (event instanceof EpochFinished epoch && epoch.epoch() >= epochs) pause.request();
        };
        try {
            new Trainer(dataset, network, trial.settings(), start, run, pausing, pause).run();
        } catch (Problem problem) {
            if (TrialResult.of(trial, Trainer.events(run), epochs).state() != State.DIVERGED) throw problem;
        }
        TrialResult result = TrialResult.of(trial, Trainer.events(run), epochs);
        boolean stopped = result.state() == State.UNDER_WAY && result.epochs() < epochs;
        return stopped ? Optional.empty() : Optional.of(result);
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
