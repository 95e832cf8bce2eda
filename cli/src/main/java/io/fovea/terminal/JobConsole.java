package io.fovea.terminal;

import io.fovea.event.Event;
import io.fovea.event.EventListener;
import io.fovea.event.JobEvent;
import io.fovea.event.TimeLeft;
import io.fovea.event.TrainingEvent;
import io.fovea.result.EventWords;
import io.fovea.result.MeasureWords;
import java.time.Duration;
import java.util.Locale;

/** Shows a job to whoever waits: a bar while something goes on, a line for what is over. */
public final class JobConsole implements EventListener {

    private final Console console;
    /** Stands before each line: the name of one of several that go on at once, which have no bars. */
    private final String before;

    private final ProgressBar bar;
    private final EventWords words = new EventWords();
    private final TimeLeft timeLeft = new TimeLeft();
    private long epochs = 1;
    private long plannedSteps = 1;
    private long stepsPerEpoch = 1;

    public JobConsole(Console console) {
        this(console, "");
    }

    private JobConsole(Console console, String before) {
        this.console = console;
        this.before = before;
        this.bar = new ProgressBar(console);
    }

    @Override
    public synchronized void on(Event event) {
        if (before.isEmpty()) draw(event);
        for (String line : words.lines(event)) line(line);
        if (event instanceof JobEvent.JobEnded) bar.clear();
    }

    private void draw(Event event) {
        switch (event) {
            case TrainingEvent.RunStarted started -> begin(started);
            case TrainingEvent.StepFinished step ->
                bar.draw("epoch " + step.epoch() + "/" + epochs, fractionOfEpoch(step), words(step));
            case JobEvent.StageProgressed stage -> draw(stage);
            case JobEvent.Evolved evolved -> draw(evolved);
            default -> {}
        }
    }

    @Override
    public EventListener part(String name) {
        return new JobConsole(console);
    }

    @Override
    public EventListener beside(String name) {
        return new JobConsole(console, name + ": ");
    }

    private void begin(TrainingEvent.RunStarted started) {
        epochs = started.epochs();
        stepsPerEpoch = started.stepsPerEpoch();
        plannedSteps = stepsPerEpoch * epochs;
        timeLeft.mark(System.nanoTime(), started.firstStep());
    }

    private double fractionOfEpoch(TrainingEvent.StepFinished step) {
        return (double) (step.step() - (step.epoch() - 1) * stepsPerEpoch) / stepsPerEpoch;
    }

    private String words(TrainingEvent.StepFinished step) {
        timeLeft.mark(System.nanoTime(), step.step());
        String left = timeLeft.until(plannedSteps)
                .map(time -> "  " + ProgressBar.words(time) + " left")
                .orElse("");
        return String.format(
                Locale.ROOT,
                "loss %.3f%s%s  %,.0f images/s",
                step.loss(),
                MeasureWords.first(step.measures()),
                left,
                step.imagesPerSecond());
    }

    private void draw(JobEvent.StageProgressed stage) {
        double fraction = stage.total() == 0 ? 0 : (double) stage.done() / stage.total();
        String counted = stage.total() == 0
                ? String.format(Locale.ROOT, "%,d %s", stage.done(), stage.unit())
                : String.format(Locale.ROOT, "%,d of %,d %s", stage.done(), stage.total(), stage.unit());
        bar.draw(stage.stage(), fraction, counted);
    }

    private void draw(JobEvent.Evolved evolved) {
        String left = evolved.secondsLeft().isEmpty()
                ? ""
                : "  "
                        + ProgressBar.words(
                                Duration.ofMillis((long) (evolved.secondsLeft().getAsDouble() * 1000)))
                        + " left";
        bar.draw(
                "generation " + evolved.generation() + "/" + evolved.generations(),
                (double) evolved.generation() / evolved.generations(),
                EventWords.words(evolved) + left);
    }

    private void line(String line) {
        bar.clear();
        console.progress(before + line);
    }
}
