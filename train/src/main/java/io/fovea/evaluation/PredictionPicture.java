package io.fovea.evaluation;

import static io.fovea.chart.Drawing.Anchor.START;
import static io.fovea.chart.Drawing.GREY;
import static io.fovea.chart.Drawing.INK;
import static io.fovea.chart.Drawing.SMALL;
import static io.fovea.chart.Drawing.TEXT;
import static io.fovea.chart.Drawing.TITLE;

import io.fovea.chart.Drawing;
import io.fovea.chart.Letters;
import io.fovea.chart.Plot;
import io.fovea.image.Pixels;
import io.fovea.image.Target;
import io.fovea.image.TargetPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Draws predictions over truth: pictures from the best to the worst, the hardest ones, and a plot of all.
 *
 * <p>A true point is a green ring, the predicted one a red disc, their error the line between. A place along one side only is a line
 * across the picture. Errors of points are plotted around the truth, other values against it.
 */
final class PredictionPicture {

    private static final int TRUE = 0x2fbf57;
    private static final int PREDICTED = 0xe5342b;
    private static final int WHITE = 0xffffff;
    private static final int PLOTTED = 0x4292c6;

    private static final int MARGIN = 28;
    private static final int COLUMNS = 6;
    private static final int TILE = 184;
    private static final int GAP = 16;
    private static final int CAPTION = 44;
    private static final int WIDTH = 2 * MARGIN + COLUMNS * TILE + (COLUMNS - 1) * GAP;
    private static final int HEADER = 130;
    private static final int GROUP_TITLE = 34;
    private static final int PICTURES_IN_GROUP = 2 * COLUMNS;
    private static final int MOST_PLOTS = 6;

    private final RegressionEvaluation evaluation;
    private final List<Target> targets;
    private final List<TargetPoint> points;
    private final List<Integer> unpaired;
    /** Targets whose predictions are plotted against the truth: those of a single point too. */
    private final List<Integer> plotted;

    private final IntFunction<Pixels> pictures;

    private PredictionPicture(RegressionEvaluation evaluation, IntFunction<Pixels> pictures) {
        this.evaluation = evaluation;
        this.targets = evaluation.targets();
        this.points = TargetPoint.among(targets);
        this.pictures = pictures;
        Set<Integer> paired = new HashSet<>();
        points.forEach(point -> paired.addAll(List.of(point.x(), point.y())));
        this.unpaired = IntStream.range(0, targets.size())
                .filter(t -> !paired.contains(t))
                .boxed()
                .toList();
        List<Integer> shown = new ArrayList<>();
        if (points.size() == 1)
            shown.addAll(List.of(points.getFirst().x(), points.getFirst().y()));
        shown.addAll(unpaired);
        this.plotted = List.copyOf(shown);
    }

    static Drawing draw(RegressionEvaluation evaluation, IntFunction<Pixels> pictures) {
        return new PredictionPicture(evaluation, pictures).drawn();
    }

    /** Pictures that are shown together. */
    private record Group(String title, List<JudgedValues> pictures) {

        int rows() {
            return (pictures.size() + COLUMNS - 1) / COLUMNS;
        }
    }

    private Drawing drawn() {
        Pixels first = pictures.apply(0);
        int tileHeight = Math.clamp(Math.round((float) TILE * first.height() / first.width()), TILE / 4, TILE * 2);
        List<Group> groups = groups();
        int plots = Math.min(MOST_PLOTS, plotted.size() + (points.isEmpty() ? 0 : 1));
        int plotRows = (plots + 2) / 3;
        int rowHeight = tileHeight + CAPTION;
        int height = HEADER + plotRows * (Plot.SIDE + GAP) + MARGIN;
        for (Group group : groups) height += GROUP_TITLE + group.rows() * rowHeight + GAP;
        Drawing canvas = new Drawing(WIDTH, height, "Predictions over truth: " + summary());
        header(canvas);
        int y = HEADER;
        for (Group group : groups) {
            canvas.title(group.title(), MARGIN, y + 14, TEXT);
            y += GROUP_TITLE;
            for (int i = 0; i < group.pictures().size(); i++) {
                int x = MARGIN + i % COLUMNS * (TILE + GAP);
                tile(canvas, group.pictures().get(i), x, y + i / COLUMNS * rowHeight, tileHeight);
            }
            y += group.rows() * rowHeight + GAP;
        }
        plots(canvas, y);
        return canvas;
    }

    private List<Group> groups() {
        List<JudgedValues> ordered = evaluation.pictures().stream()
                .sorted(Comparator.comparingDouble(JudgedValues::error))
                .toList();
        int count = ordered.size();
        if (count <= PICTURES_IN_GROUP) return List.of(new Group("All pictures, from the best to the worst", ordered));
        List<JudgedValues> typical = new ArrayList<>();
        for (int i = 0; i < PICTURES_IN_GROUP; i++) {
            // the middles of twelve equal parts
            typical.add(ordered.get((int) ((2L * i + 1) * count / (2 * PICTURES_IN_GROUP))));
        }
        return List.of(
                new Group("From the best twelfth to the worst", typical),
                new Group("The hardest", evaluation.hardest(PICTURES_IN_GROUP)));
    }

    private String summary() {
        Estimate error = evaluation.meanError();
        return String.format(
                Locale.ROOT,
                "mean error %s %s (95 %% interval %s to %s), %,d pictures; guessing the mean: %s",
                number(error.value()),
                evaluation.unit().words(),
                number(error.low()),
                number(error.high()),
                error.count(),
                number(evaluation.guessError()));
    }

    private void header(Drawing canvas) {
        canvas.title("Predictions over truth", MARGIN, MARGIN + 18, TITLE);
        canvas.text(summary(), MARGIN, MARGIN + 44, TEXT, GREY);
        if (evaluation.unit() != ErrorUnit.PIXELS) return;
        int y = MARGIN + 68;
        truth(canvas, MARGIN + 8, y, 1);
        canvas.level("truth", MARGIN + 24, y, TEXT, GREY, START);
        prediction(canvas, MARGIN + 88, y, 1);
        canvas.level("predicted", MARGIN + 102, y, TEXT, GREY, START);
    }

    private void tile(Drawing canvas, JudgedValues picture, int x, int y, int tileHeight) {
        Pixels whole = pictures.apply(picture.position());
        // in a drawing of its own, so that a mark outside of the picture is cut off with it
        Drawing tile = new Drawing(TILE, tileHeight, "");
        tile.picture(whole, 0, 0, TILE, tileHeight);
        double scaleX = (double) TILE / whole.width();
        double scaleY = (double) tileHeight / whole.height();
        for (int t : unpaired) {
            bar(tile, t, picture.truth()[t], TRUE, scaleX, scaleY);
            bar(tile, t, picture.predicted()[t], PREDICTED, scaleX, scaleY);
        }
        double size = points.size() <= 10 ? 1 : 0.5;
        for (TargetPoint point : points) {
            double trueX = picture.truth()[point.x()] * scaleX;
            double trueY = picture.truth()[point.y()] * scaleY;
            double foundX = picture.predicted()[point.x()] * scaleX;
            double foundY = picture.predicted()[point.y()] * scaleY;
            tile.line(trueX, trueY, foundX, foundY, 4 * size, WHITE);
            tile.line(trueX, trueY, foundX, foundY, 2 * size, PREDICTED);
            truth(tile, trueX, trueY, size);
            prediction(tile, foundX, foundY, size);
        }
        canvas.part(tile, x, y);
        canvas.text(Letters.shortened(caption(picture), TEXT, TILE), x, y + tileHeight + 18, TEXT, INK);
        String file = picture.source().substring(picture.source().lastIndexOf('/') + 1);
        // the end of a source says the most
        canvas.text(Letters.end(file, SMALL, TILE), x, y + tileHeight + 34, SMALL, GREY);
    }

    private static void truth(Drawing canvas, double x, double y, double size) {
        canvas.ring(x, y, 5.5 * size, 4.5 * size, WHITE);
        canvas.ring(x, y, 5.5 * size, 2.5 * size, TRUE);
    }

    private static void prediction(Drawing canvas, double x, double y, double size) {
        canvas.disc(x, y, 4.5 * size, WHITE);
        canvas.disc(x, y, 3.3 * size, PREDICTED);
    }

    /** A place along one side: a line across the picture. */
    private void bar(Drawing tile, int t, double value, int colour, double scaleX, double scaleY) {
        double far = 2.0 * TILE;
        switch (targets.get(t).axis()) {
            case X -> tile.line(value * scaleX, 0, value * scaleX, far, 2, colour);
            case Y -> tile.line(0, value * scaleY, far, value * scaleY, 2, colour);
            case NONE -> {
                // a plain value lies nowhere in the picture
            }
        }
    }

    private String caption(JudgedValues picture) {
        if (evaluation.unit() == ErrorUnit.PIXELS) return number(picture.error()) + " px";
        if (evaluation.unit() == ErrorUnit.DEVIATIONS) return number(picture.error()) + " sd";
        return number(picture.predicted()[0]) + ", not " + number(picture.truth()[0]);
    }

    private void plots(Drawing canvas, int top) {
        int drawn = 0;
        if (!points.isEmpty()) {
            cloud(canvas, MARGIN, top);
            drawn++;
        }
        for (int t : plotted) {
            if (drawn == MOST_PLOTS) return;
            int x = MARGIN + drawn % 3 * (Plot.SIDE + GAP);
            against(canvas, x, top + drawn / 3 * (Plot.SIDE + GAP), t);
            drawn++;
        }
    }

    /** Where predicted points lie around the true ones, with the circles that hold half and nine tenths of them. */
    private void cloud(Drawing canvas, int x, int y) {
        int count = evaluation.pictures().size() * points.size();
        double[] distances = new double[count];
        double reach = 0;
        int at = 0;
        for (JudgedValues picture : evaluation.pictures()) {
            for (TargetPoint point : points) {
                reach = Math.max(reach, Math.abs(error(picture, point.x())));
                reach = Math.max(reach, Math.abs(error(picture, point.y())));
                distances[at++] = PictureError.distance(point, picture.truth(), picture.predicted());
            }
        }
        Arrays.sort(distances);
        Plot plot = Plot.square(canvas, x, y, -reach, reach)
                .titled("Around the truth", "right of the truth, pixels", "above the truth, pixels");
        for (JudgedValues picture : evaluation.pictures()) {
            // y grows downwards in a picture, upwards in a plot
            for (TargetPoint point : points) plot.dot(error(picture, point.x()), -error(picture, point.y()), PLOTTED);
        }
        plot.circle(distances[(count - 1) / 2], "50 %", INK);
        plot.circle(distances[(int) Math.ceil(0.9 * count) - 1], "90 %", INK);
    }

    private static double error(JudgedValues picture, int t) {
        return picture.predicted()[t] - picture.truth()[t];
    }

    /** Predicted values of one target against the true ones; on the line they would be right. */
    private void against(Drawing canvas, int x, int y, int t) {
        double[] both = evaluation.pictures().stream()
                .flatMapToDouble(picture -> DoubleStream.of(picture.truth()[t], picture.predicted()[t]))
                .toArray();
        Plot plot = Plot.square(
                        canvas,
                        x,
                        y,
                        DoubleStream.of(both).min().orElseThrow(),
                        DoubleStream.of(both).max().orElseThrow())
                .titled(targets.get(t).name(), "truth", "predicted")
                .diagonal(TRUE);
        for (JudgedValues picture : evaluation.pictures()) {
            plot.dot(picture.truth()[t], picture.predicted()[t], PLOTTED);
        }
    }

    /** About three digits: errors of pixels to a tenth, of small values finer. */
    private static String number(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 ? 0 : size >= 1 || size == 0 ? 1 : size >= 0.1 ? 2 : size >= 0.001 ? 4 : -1;
        return decimals < 0
                ? String.format(Locale.ROOT, "%.1e", value)
                : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
