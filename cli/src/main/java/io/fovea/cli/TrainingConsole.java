package io.fovea.cli;

import io.fovea.training.TrainingEvent;
import io.fovea.training.TrainingListener;
import java.util.Locale;

/** Shows a run to whoever waits: a bar within the epoch, a line for each. */
final class TrainingConsole implements TrainingListener {

    private final Console console;
    private final ProgressBar bar;
    private int epochs = 1;
    private long plannedSteps = 1;
    private long stepsPerEpoch = 1;
    private final TimeLeft timeLeft = new TimeLeft();

    TrainingConsole(Console console) {
        this.console = console;
        this.bar = new ProgressBar(console);
    }

    @Override
    public void on(TrainingEvent event) {
        switch (event) {
            case TrainingEvent.RunStarted started -> begin(started);
            case TrainingEvent.StartJudged start -> line(words(start));
            case TrainingEvent.Remarked said -> line("Note: " + said.remark());
            case TrainingEvent.StepFinished step ->
                bar.draw("epoch " + step.epoch() + "/" + epochs, fractionOfEpoch(step), words(step));
            case TrainingEvent.EpochFinished epoch -> line(words(epoch));
            case TrainingEvent.CheckpointSaved saved -> {}
            case TrainingEvent.SnapshotSaved saved -> {}
            case TrainingEvent.RunFinished finished -> line(words(finished));
        }
    }

    private void begin(TrainingEvent.RunStarted started) {
        epochs = started.epochs();
        stepsPerEpoch = started.stepsPerEpoch();
        plannedSteps = (long) started.stepsPerEpoch() * started.epochs();
        long firstStep = started.firstStep();
        timeLeft.mark(System.nanoTime(), firstStep);
        String word =
                firstStep == 0 ? "Training" : "Going on after step " + firstStep + " of " + plannedSteps + ": training";
        line(String.format(
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
            line("Of every picture the first " + count(started.keptLayers(), "frozen layer")
                    + " are computed once, not in each epoch.");
        }
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

    private double fractionOfEpoch(TrainingEvent.StepFinished step) {
        return (double) (step.step() - (step.epoch() - 1) * stepsPerEpoch) / stepsPerEpoch;
    }

    private String words(TrainingEvent.StepFinished step) {
        return String.format(
                Locale.ROOT,
                "loss %.3f%s%s  %,.0f images/s",
                step.loss(),
                MeasureWords.first(step.measures()),
                timeLeft(step.step()),
                step.imagesPerSecond());
    }

    private String timeLeft(long step) {
        timeLeft.mark(System.nanoTime(), step);
        return timeLeft.until(plannedSteps)
                .map(left -> "  " + ProgressBar.words(left) + " left")
                .orElse("");
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

    private void line(String words) {
        bar.clear();
        console.progress(words);
    }
}
