package io.fovea.result;

import io.fovea.training.LearningRateCurve;
import io.fovea.training.LearningRateCurve.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A curve of losses over learning rates as lines of text: the loss upward, the rate's logarithm to the right. */
final class CurveChart {

    private static final int COLUMNS = 60;
    private static final int ROWS = 12;

    private CurveChart() {}

    static List<String> lines(LearningRateCurve curve) {
        List<Point> points = curve.points();
        if (points.size() < 2) return List.of();
        double smallest = points.stream().mapToDouble(Point::smoothed).min().orElseThrow();
        // what is far above the start only shows that the rate was too high
        double largest = Math.min(
                points.stream().mapToDouble(Point::smoothed).max().orElseThrow(),
                points.getFirst().smoothed() * 1.5);
        double span = Math.max(largest - smallest, 1e-12);
        char[][] cells = new char[ROWS][COLUMNS];
        for (char[] row : cells) Arrays.fill(row, ' ');
        double start = Math.log(points.getFirst().learningRate());
        double width = Math.log(points.getLast().learningRate()) - start;
        curve.suggestion().ifPresent(rate -> {
            int column = column(Math.log(rate) - start, width);
            for (char[] row : cells) row[column] = '|';
        });
        for (Point point : points) {
            double height = Math.clamp((point.smoothed() - smallest) / span, 0, 1);
            int row = ROWS - 1 - (int) Math.round(height * (ROWS - 1));
            cells[row][column(Math.log(point.learningRate()) - start, width)] = '*';
        }
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            double loss = largest - span * row / (ROWS - 1);
            lines.add(String.format(Locale.ROOT, "%9.4f  %s", loss, new String(cells[row]))
                    .stripTrailing());
        }
        String from = String.format(Locale.ROOT, "%.0e", points.getFirst().learningRate());
        String to = String.format(Locale.ROOT, "%.1e", points.getLast().learningRate());
        lines.add(" ".repeat(11) + from + " ".repeat(COLUMNS - from.length() - to.length()) + to);
        return lines;
    }

    private static int column(double distance, double width) {
        return (int) Math.round(Math.clamp(distance / width, 0, 1) * (COLUMNS - 1));
    }
}
