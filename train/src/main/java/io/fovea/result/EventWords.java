package io.fovea.result;

import io.fovea.event.Event;
import io.fovea.event.JobEvent;
import io.fovea.event.TrainingEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Events as lines for people; those that only move a bar have none. Of one job, in order. */
public final class EventWords {

    private static final long NANOSECONDS_BETWEEN_GENERATIONS = 10_000_000_000L;

    private int epochs = 1;
    private long saidGenerationAt = System.nanoTime();

    /** Begins with a job's first event. */
    public EventWords() {}

    /** Returns the lines of an event; mostly one or none. */
    public List<String> lines(Event event) {
        return switch (event) {
            case TrainingEvent training -> lines(training);
            case JobEvent job -> lines(job);
        };
    }

    private List<String> lines(JobEvent event) {
        return switch (event) {
            case JobEvent.StageBegan stage -> List.of(capital(stage.stage()) + " ...");
            case JobEvent.Noted noted -> List.of("Note: " + noted.note());
            case JobEvent.Evolved evolved -> isTold(evolved) ? List.of(generation(evolved)) : List.of();
            case JobEvent.JobBegan _, JobEvent.StageProgressed _, JobEvent.KernelsChanged _, JobEvent.JobEnded _ ->
                List.of();
        };
    }

    private boolean isTold(JobEvent.Evolved evolved) {
        long now = System.nanoTime();
        boolean last = evolved.generation() == evolved.generations();
        if (!last && now - saidGenerationAt < NANOSECONDS_BETWEEN_GENERATIONS) return false;
        saidGenerationAt = now;
        return true;
    }

    private static String generation(JobEvent.Evolved evolved) {
        return "generation " + evolved.generation() + "/" + evolved.generations() + "  " + words(evolved);
    }

    /** Returns how candidates do. */
    public static String words(JobEvent.Evolved evolved) {
        String accuracy = evolved.validationAccuracy().isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "  validation accuracy %.2f %%",
                        evolved.validationAccuracy().getAsDouble() * 100);
        return String.format(
                Locale.ROOT,
                "loss best %.4f mean %.4f%s  %,d candidates",
                evolved.best(),
                evolved.mean(),
                accuracy,
                evolved.evaluations());
    }

    private List<String> lines(TrainingEvent event) {
        return switch (event) {
            case TrainingEvent.RunStarted started -> {
                epochs = started.epochs();
                yield lines(started);
            }
            case TrainingEvent.StartJudged start -> List.of(words(start));
            case TrainingEvent.Remarked said -> List.of("Note: " + said.remark());
            case TrainingEvent.EpochFinished epoch -> List.of(words(epoch));
            case TrainingEvent.RunFinished finished -> List.of(words(finished));
            case TrainingEvent.StepFinished _,
                    TrainingEvent.CheckpointSaved _,
                    TrainingEvent.SnapshotSaved _,
                    TrainingEvent.PicturesAnswered _,
                    TrainingEvent.MachineUsed _ -> List.of();
        };
    }

    private static List<String> lines(TrainingEvent.RunStarted started) {
        long planned = (long) started.stepsPerEpoch() * started.epochs();
        String word;
        if (started.firstStep() == 0) word = "Training";
        else if (started.firstStep() < planned)
            word = "Going on after step " + started.firstStep() + " of " + planned + ": training";
        else word = "All " + planned + " steps are made:";
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s %s with %s on %,d pictures, %s of %s, by %s, seed %d.",
                word,
                started.network(),
                parameters(started),
                started.trainPictures(),
                count(started.epochs(), "epoch"),
                count(started.stepsPerEpoch(), "step"),
                started.engine(),
                started.seed()));
        if (started.keptLayers() > 0) {
            lines.add("Of every picture the first " + count(started.keptLayers(), "frozen layer")
                    + " are computed once, not in each epoch.");
        }
        return lines;
    }

    private static String parameters(TrainingEvent.RunStarted started) {
        String all = count(started.parameters(), "parameter");
        boolean someAreFrozen = started.trainedParameters() > 0 && started.trainedParameters() < started.parameters();
        return someAreFrozen
                ? String.format(Locale.ROOT, "%s, of which %,d learn,", all, started.trainedParameters())
                : all;
    }

    private String words(TrainingEvent.StartJudged start) {
        return String.format(
                Locale.ROOT,
                "epoch 0/%d  the weights it begins with: validation loss %.4f%s",
                epochs,
                start.validationLoss(),
                MeasureWords.first(start.validation()));
    }

    private String words(TrainingEvent.EpochFinished epoch) {
        String validation = epoch.validationLoss().isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "  validation loss %.4f%s%s",
                        epoch.validationLoss().getAsDouble(),
                        epoch.best() ? " (lowest so far)" : "",
                        MeasureWords.first(epoch.validation()));
        return String.format(
                Locale.ROOT,
                "epoch %d/%d  loss %.4f%s%s  %,.0f images/s",
                epoch.epoch(),
                epochs,
                epoch.trainLoss(),
                MeasureWords.first(epoch.train()),
                validation,
                epoch.imagesPerSecond());
    }

    private static String words(TrainingEvent.RunFinished finished) {
        String how =
                switch (finished.outcome()) {
                    case COMPLETED -> "Trained";
                    case EARLY_STOPPED -> "Stopped early, as validation no longer got better";
                    case STOPPED -> "Stopped after a checkpoint";
                    case DIVERGED -> "Stopped, as the loss is no longer a number";
                };
        return String.format(
                Locale.ROOT,
                "%s: %s, %s, %.1f s, %,.0f images/s.",
                how,
                count(finished.epochs(), "epoch"),
                count(finished.steps(), "step"),
                finished.seconds(),
                finished.imagesPerSecond());
    }

    private static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }

    private static String capital(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
