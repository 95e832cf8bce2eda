package io.fovea.result;

import io.fovea.chart.ChartFile;
import io.fovea.chart.Drawing;
import io.fovea.chart.Letters;
import io.fovea.chart.Plot;
import io.fovea.event.Event;
import io.fovea.event.EventLog;
import io.fovea.event.TrainingEvent;
import io.fovea.event.TrainingEvent.EpochFinished;
import io.fovea.task.Measure;
import io.fovea.training.RunHistory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** How a run learned, epoch by epoch, drawn from its events: the loss, and each measure of its task, of training and validation. */
public final class LearningCurves {

    private static final int TRAIN = 0x3b54c7;
    private static final int VALIDATION = 0xc2410c;
    private static final int MARGIN = 24;
    private static final int WIDTH = 460;
    private static final int HEIGHT = 320;
    private static final int HEADER = 74;
    private static final int COLUMNS = 2;

    private LearningCurves() {}

    /** A curve of each kind of pictures, by epoch. */
    private record Panel(String title, List<double[]> train, List<double[]> validation) {

        /** Returns every second number of all points: 0 for epochs, 1 for values. */
        DoubleStream numbers(int at) {
            return Stream.concat(train.stream(), validation.stream()).mapToDouble(point -> point[at]);
        }
    }

    /**
     * Draws a run's curves.
     *
     * @param told all its events, those of a part that was done twice too
     * @return empty before the first epoch is over
     */
    public static Optional<Drawing> draw(String run, List<Event> told) {
        List<TrainingEvent> training = told.stream()
                .filter(TrainingEvent.class::isInstance)
                .map(TrainingEvent.class::cast)
                .toList();
        List<EpochFinished> epochs = RunHistory.of(training).stream()
                .filter(EpochFinished.class::isInstance)
                .map(EpochFinished.class::cast)
                .toList();
        if (epochs.isEmpty()) return Optional.empty();
        List<Panel> panels = panels(epochs);
        int rows = (panels.size() + COLUMNS - 1) / COLUMNS;
        int columns = Math.min(COLUMNS, panels.size());
        Drawing drawing =
                new Drawing(2 * MARGIN + columns * WIDTH, HEADER + rows * HEIGHT + MARGIN, "Learning curves of " + run);
        header(drawing, run, epochs);
        for (int i = 0; i < panels.size(); i++)
            draw(drawing, panels.get(i), MARGIN + i % COLUMNS * WIDTH, HEADER + i / COLUMNS * HEIGHT);
        return Optional.of(drawing);
    }

    /** Writes a run's curves into its folder as {@code curves.svg} and {@code curves.png}; nothing before the first epoch is over. */
    public static void write(Path folder) {
        draw(folder.getFileName().toString(), EventLog.read(folder.resolve("events.jsonl")))
                .ifPresent(drawing -> ChartFile.write(drawing, folder, "curves"));
    }

    private static void header(Drawing drawing, String run, List<EpochFinished> epochs) {
        double widest = drawing.width() - 2.0 * MARGIN;
        drawing.title(Letters.shortened(run, Drawing.TITLE, widest), MARGIN, MARGIN + 18, Drawing.TITLE);
        String best = epochs.stream()
                .filter(EpochFinished::best)
                .reduce((_, later) -> later)
                .map(epoch -> String.format(Locale.ROOT, ", the best is %d", epoch.epoch()))
                .orElse("");
        double at = MARGIN;
        at = legend(drawing, at, "training", TRAIN);
        at = legend(drawing, at, "validation", VALIDATION);
        drawing.text(epochs.size() + " epochs" + best, at, MARGIN + 44, Drawing.TEXT, Drawing.GREY);
    }

    private static double legend(Drawing drawing, double at, String words, int colour) {
        drawing.line(at, MARGIN + 39, at + 16, MARGIN + 39, 3, colour);
        drawing.text(words, at + 24, MARGIN + 44, Drawing.TEXT, Drawing.GREY);
        return at + 24 + Letters.width(words, Drawing.TEXT) + 24;
    }

    private static List<Panel> panels(List<EpochFinished> epochs) {
        List<Panel> panels = new ArrayList<>();
        panels.add(panel(
                "loss",
                epochs,
                epoch -> Optional.of(epoch.trainLoss()),
                epoch -> epoch.validationLoss().isPresent()
                        ? Optional.of(epoch.validationLoss().getAsDouble())
                        : Optional.empty()));
        Stream.concat(epochs.getFirst().validation().stream(), epochs.getFirst().train().stream())
                .map(Measure::name)
                .distinct()
                .forEach(name -> panels.add(panel(
                        name, epochs, epoch -> value(epoch.train(), name), epoch -> value(epoch.validation(), name))));
        return panels;
    }

    private static Optional<Double> value(List<Measure> measures, String name) {
        return measures.stream()
                .filter(measure -> measure.name().equals(name))
                .map(Measure::value)
                .findFirst();
    }

    private static Panel panel(
            String title,
            List<EpochFinished> epochs,
            Function<EpochFinished, Optional<Double>> train,
            Function<EpochFinished, Optional<Double>> validation) {
        return new Panel(title, points(epochs, train), points(epochs, validation));
    }

    /** What is no number, after a run that diverged, cannot be drawn. */
    private static List<double[]> points(List<EpochFinished> epochs, Function<EpochFinished, Optional<Double>> value) {
        List<double[]> points = new ArrayList<>();
        for (EpochFinished epoch : epochs)
            value.apply(epoch)
                    .filter(Double::isFinite)
                    .ifPresent(number -> points.add(new double[] {epoch.epoch(), number}));
        return points;
    }

    private static void draw(Drawing drawing, Panel panel, int x, int y) {
        Plot plot = Plot.of(
                        drawing,
                        x - 20,
                        y,
                        WIDTH - 10,
                        HEIGHT,
                        panel.numbers(0).min().orElse(0),
                        panel.numbers(0).max().orElse(1),
                        panel.numbers(1).min().orElse(0),
                        panel.numbers(1).max().orElse(1))
                .titled(panel.title(), "epoch", "");
        draw(plot, panel.train(), TRAIN);
        draw(plot, panel.validation(), VALIDATION);
    }

    private static void draw(Plot plot, List<double[]> points, int colour) {
        plot.curve(points.stream().flatMapToDouble(DoubleStream::of).toArray(), colour);
        if (points.size() < 3) for (double[] point : points) plot.dot(point[0], point[1], colour);
    }
}
