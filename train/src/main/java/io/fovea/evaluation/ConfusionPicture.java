package io.fovea.evaluation;

import static io.fovea.chart.Drawing.Anchor.END;
import static io.fovea.chart.Drawing.Anchor.MIDDLE;
import static io.fovea.chart.Drawing.Anchor.START;
import static io.fovea.chart.Drawing.GREY;
import static io.fovea.chart.Drawing.INK;
import static io.fovea.chart.Drawing.SMALL;
import static io.fovea.chart.Drawing.TEXT;
import static io.fovea.chart.Drawing.TITLE;

import io.fovea.chart.Drawing;
import io.fovea.chart.Letters;
import io.fovea.task.Proportion;
import java.util.List;
import java.util.Locale;

/**
 * Draws a confusion matrix: a row for each true class, a column for each predicted class.
 *
 * <p>A cell's colour is its share of its row: blue for the diagonal, orange for mistakes. Mistakes are shaded by the square root of
 * their share, so that one in a hundred can still be seen. Cells are as large as the number of classes allows; large ones hold the
 * count.
 */
final class ConfusionPicture {

    private static final int EMPTY = 0xf4f5f7;
    private static final int[] RIGHT_SHADES = {0xe6f0fa, 0x9ecae1, 0x4292c6, 0x08519c, 0x08306b};
    private static final int[] WRONG_SHADES = {0xfff1e3, 0xfdd0a2, 0xfd8d3c, 0xe6550d, 0x8c2d04};

    private static final double WIDEST_NAME = 180;
    private static final int MARGIN = 28;
    private static final int LEGEND_TEXT = 276;

    private final Evaluation evaluation;
    private final List<String> names;
    private final int classes;
    private final int cell;
    private final int gap;
    private final double size;
    private final double nameWidth;
    private final boolean namesLevel;
    private final int left;
    private final int top;

    private ConfusionPicture(Evaluation evaluation) {
        this.evaluation = evaluation;
        this.classes = evaluation.classNames().size();
        this.cell = cellSize(classes);
        this.gap = cell >= 16 ? 2 : cell >= 8 ? 1 : 0;
        this.size = cell >= 18 ? TEXT : cell >= 9 ? 8 : 0;
        this.names = evaluation.classNames().stream()
                .map(name -> size == 0 ? name : Letters.shortened(name, size, WIDEST_NAME))
                .toList();
        this.nameWidth = size == 0
                ? 0
                : names.stream()
                        .mapToDouble(name -> Letters.width(name, size))
                        .max()
                        .orElse(0);
        this.namesLevel = nameWidth <= cell - 4;
        this.left = (int) Math.ceil(MARGIN + 30 + (size > 0 ? nameWidth + 12 : 0));
        this.top = (int) Math.ceil(112 + (size == 0 ? 0 : 12 + (namesLevel ? size : nameWidth)));
    }

    static Drawing draw(Evaluation evaluation) {
        return new ConfusionPicture(evaluation).drawn();
    }

    private static int cellSize(int classes) {
        if (classes <= 12) return 64;
        if (classes <= 30) return 40;
        if (classes <= 64) return 20;
        if (classes <= 120) return 10;
        return Math.max(1, 1200 / classes);
    }

    private Drawing drawn() {
        int side = classes * cell;
        int marginals = cell >= 20 ? 70 : 0;
        String accuracy = accuracy();
        double legend = left + LEGEND_TEXT + Letters.width(LEGEND[1], TEXT);
        double width = Math.max(left + side + marginals, Math.max(MARGIN + Letters.width(accuracy, TEXT), legend));
        int bottom = top + side + (cell >= 20 ? 46 : 22);
        Drawing drawing =
                new Drawing((int) Math.ceil(width) + MARGIN, bottom + 46 + MARGIN, "Confusion matrix: " + accuracy);
        drawing.title("Confusion matrix", MARGIN, MARGIN + 18, TITLE);
        drawing.text(accuracy, MARGIN, MARGIN + 44, TEXT, GREY);
        axes(drawing, side);
        for (int label = 0; label < classes; label++) {
            for (int predicted = 0; predicted < classes; predicted++) cell(drawing, label, predicted);
        }
        if (cell >= 20) marginals(drawing, side);
        legend(drawing, bottom);
        return drawing;
    }

    private String accuracy() {
        Proportion accuracy = evaluation.accuracy();
        return String.format(
                Locale.ROOT,
                "accuracy %.2f %% (95 %% interval %.2f to %.2f %%), %,d pictures",
                100 * accuracy.value(),
                100 * accuracy.low(),
                100 * accuracy.high(),
                accuracy.count());
    }

    private void axes(Drawing drawing, int side) {
        drawing.text("predicted", left + side / 2.0, MARGIN + 72, TEXT, GREY, MIDDLE);
        drawing.upward("true", MARGIN + 5, top + side / 2.0, TEXT, GREY, MIDDLE);
        if (size == 0) return;
        for (int k = 0; k < classes; k++) {
            double centre = k * cell + (cell - gap) / 2.0;
            drawing.level(names.get(k), left - 10, top + centre, size, INK, END);
            if (namesLevel) drawing.text(names.get(k), left + centre, top - 10, size, INK, MIDDLE);
            else drawing.upward(names.get(k), left + centre, top - 10, size, INK, START);
        }
    }

    private void cell(Drawing drawing, int label, int predicted) {
        long count = evaluation.confusion()[label][predicted];
        // of many classes, nearly all cells are empty: they are drawn as one
        if (count == 0 && predicted > 0 && classes > 120) return;
        if (predicted == 0 && classes > 120) drawing.box(left, top + label * cell, classes * cell, cell - gap, EMPTY);
        if (count == 0 && classes > 120) return;
        long support = 0;
        for (long times : evaluation.confusion()[label]) support += times;
        double share = support == 0 ? 0 : (double) count / support;
        boolean right = label == predicted;
        double depth = right ? share : Math.sqrt(share);
        int colour = count == 0 ? EMPTY : shade(right ? RIGHT_SHADES : WRONG_SHADES, depth);
        int x = left + predicted * cell;
        int y = top + label * cell;
        drawing.box(x, y, cell - gap, cell - gap, colour);
        String number = Long.toString(count);
        double scale = cell >= 60 && Letters.width(number, 17) <= cell - 10 ? 17 : SMALL;
        if (count == 0 || cell < 40 || Letters.width(number, scale) > cell - 6) return;
        double middle = (cell - gap) / 2.0;
        drawing.level(number, x + middle, y + middle, scale, depth > 0.45 ? 0xffffff : INK, MIDDLE);
    }

    /** Recall at the end of each row, precision under each column, in percent. */
    private void marginals(Drawing drawing, int side) {
        double scale = cell >= 40 ? TEXT : 8;
        drawing.text("recall", left + side + 10, top - 10, SMALL, GREY);
        drawing.level("precision", left - 10, top + side + 16, SMALL, GREY, END);
        for (ClassReport report : evaluation.classes()) {
            double centre = report.label() * cell + (cell - gap) / 2.0;
            drawing.level(percent(report.recall()), left + side + 10, top + centre, scale, GREY, START);
            String precision = percent(report.precision());
            double fitting = Letters.width(precision, scale) <= cell - 4 ? scale : 8;
            if (Letters.width(precision, fitting) > cell) continue;
            drawing.level(precision, left + centre, top + side + 16, fitting, GREY, MIDDLE);
        }
    }

    private static String percent(Proportion share) {
        if (share.count() == 0) return "–";
        return share.hits() == share.count() ? "100" : String.format(Locale.ROOT, "%.1f", 100 * share.value());
    }

    private static final String[] LEGEND = {"0 to 100 % of a true class", "0 to 100 %, small shares stressed"};

    private void legend(Drawing drawing, int y) {
        String[] words = {"right", "wrong"};
        int[][] shades = {RIGHT_SHADES, WRONG_SHADES};
        for (int line = 0; line < 2; line++) {
            int row = y + line * 26;
            drawing.level(words[line], left, row + 7, TEXT, GREY, START);
            for (int i = 0; i < 50; i++) drawing.box(left + 56 + 4 * i, row, 4, 14, shade(shades[line], i / 49.0));
            drawing.level(LEGEND[line], left + LEGEND_TEXT, row + 7, TEXT, GREY, START);
        }
    }

    /** Returns the colour at {@code depth}, 0 to 1, between evenly spaced stops. */
    private static int shade(int[] stops, double depth) {
        double position = Math.min(1, depth) * (stops.length - 1);
        int stop = Math.min((int) position, stops.length - 2);
        double weight = position - stop;
        int colour = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double from = stops[stop] >> shift & 0xff;
            double to = stops[stop + 1] >> shift & 0xff;
            colour |= (int) Math.round(from + (to - from) * weight) << shift;
        }
        return colour;
    }
}
