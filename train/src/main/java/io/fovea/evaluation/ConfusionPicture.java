package io.fovea.evaluation;

import static io.fovea.evaluation.Canvas.Direction.RIGHT;
import static io.fovea.evaluation.Canvas.Direction.UP;

import io.fovea.codec.PngWriter;
import io.fovea.image.Pixels;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Draws a confusion matrix: a row for each true class, a column for each predicted class.
 *
 * <p>A cell's colour is its share of its row: blue for the diagonal, orange for mistakes. Mistakes are shaded by the square root of
 * their share, so that one in a hundred can still be seen. Cells are as large as the number of classes allows; large ones hold the
 * count. Needs no fonts and no screen.
 */
final class ConfusionPicture {

    private static final int INK = 0x24292f;
    private static final int GREY_INK = 0x6e7781;
    private static final int EMPTY = 0xf4f5f7;
    private static final int[] RIGHT_SHADES = {0xe6f0fa, 0x9ecae1, 0x4292c6, 0x08519c, 0x08306b};
    private static final int[] WRONG_SHADES = {0xfff1e3, 0xfdd0a2, 0xfd8d3c, 0xe6550d, 0x8c2d04};

    private static final int LONGEST_NAME = 22;
    private static final int MARGIN = 28;

    /** Columns from the legend's names to its explanations. */
    private static final int LEGEND_TEXT = 290;

    private final Evaluation evaluation;
    private final List<String> names;
    private final int classes;
    private final int cell;
    private final int gap;
    private final int textScale;
    private final int nameWidth;
    private final boolean namesUpright;
    private final int left;
    private final int top;

    private ConfusionPicture(Evaluation evaluation) {
        this.evaluation = evaluation;
        this.classes = evaluation.classNames().size();
        this.names = evaluation.classNames().stream()
                .map(ConfusionPicture::shortened)
                .toList();
        this.cell = cellSize(classes);
        this.gap = cell >= 16 ? 2 : cell >= 8 ? 1 : 0;
        this.textScale = cell >= 18 ? 2 : cell >= 9 ? 1 : 0;
        this.nameWidth = names.stream()
                .mapToInt(name -> Canvas.width(name, textScale))
                .max()
                .orElse(0);
        this.namesUpright = nameWidth <= cell - 4;
        this.left = MARGIN + 30 + (textScale > 0 ? nameWidth + 12 : 0);
        this.top = 118 + (textScale == 0 ? 0 : 12 + (namesUpright ? Glyphs.HEIGHT * textScale : nameWidth));
    }

    static void write(Evaluation evaluation, Path file) {
        PngWriter.write(draw(evaluation), file);
    }

    static Pixels draw(Evaluation evaluation) {
        return new ConfusionPicture(evaluation).drawn();
    }

    private static int cellSize(int classes) {
        if (classes <= 12) return 64;
        if (classes <= 30) return 40;
        if (classes <= 64) return 20;
        if (classes <= 120) return 10;
        return Math.max(1, 1200 / classes);
    }

    private Pixels drawn() {
        int side = classes * cell;
        int marginals = cell >= 20 ? 84 : 0;
        String[] titles = titles();
        int width = Math.max(left + side + marginals, MARGIN + Canvas.width(titles[1], 2)) + MARGIN;
        width = Math.max(width, left + LEGEND_TEXT + 33 * 2 * Glyphs.ADVANCE + MARGIN);
        int bottom = top + side + (cell >= 20 ? 48 : 24);
        Canvas canvas = new Canvas(bottom + 40 + MARGIN, width);
        canvas.text(titles[0], MARGIN, MARGIN, 3, INK, RIGHT);
        canvas.text(titles[1], MARGIN, MARGIN + 32, 2, GREY_INK, RIGHT);
        axes(canvas, side);
        for (int label = 0; label < classes; label++) {
            for (int predicted = 0; predicted < classes; predicted++) cell(canvas, label, predicted);
        }
        if (cell >= 20) marginals(canvas, side);
        legend(canvas, bottom);
        return canvas.pixels();
    }

    private String[] titles() {
        Proportion accuracy = evaluation.accuracy();
        return new String[] {
            "Confusion matrix",
            String.format(
                    Locale.ROOT,
                    "accuracy %.2f %% (95 %% interval %.2f to %.2f), %,d pictures",
                    100 * accuracy.value(),
                    100 * accuracy.low(),
                    100 * accuracy.high(),
                    accuracy.count())
        };
    }

    private void axes(Canvas canvas, int side) {
        int middle = side / 2;
        canvas.text("predicted", left + middle - Canvas.width("predicted", 2) / 2, MARGIN + 60, 2, GREY_INK, RIGHT);
        canvas.text("true", MARGIN, top + middle + Canvas.width("true", 2) / 2, 2, GREY_INK, UP);
        if (textScale == 0) return;
        int height = Glyphs.HEIGHT * textScale;
        for (int k = 0; k < classes; k++) {
            int centre = k * cell + (cell - gap) / 2;
            int length = Canvas.width(names.get(k), textScale);
            canvas.text(names.get(k), left - 10 - length, top + centre - height / 2, textScale, INK, RIGHT);
            if (namesUpright) {
                canvas.text(names.get(k), left + centre - length / 2, top - 10 - height, textScale, INK, RIGHT);
            } else {
                canvas.text(names.get(k), left + centre - height / 2, top - 10, textScale, INK, UP);
            }
        }
    }

    private void cell(Canvas canvas, int label, int predicted) {
        long count = evaluation.confusion()[label][predicted];
        long support = 0;
        for (long times : evaluation.confusion()[label]) support += times;
        double share = support == 0 ? 0 : (double) count / support;
        boolean right = label == predicted;
        double depth = right ? share : Math.sqrt(share);
        int colour = count == 0 ? EMPTY : shade(right ? RIGHT_SHADES : WRONG_SHADES, depth);
        int x = left + predicted * cell;
        int y = top + label * cell;
        canvas.fill(x, y, cell - gap, cell - gap, colour);
        String number = Long.toString(count);
        int scale = Canvas.width(number, 2) <= cell - 10 && cell >= 60 ? 2 : 1;
        if (count == 0 || cell < 40 || Canvas.width(number, scale) > cell - 6) return;
        int ink = depth > 0.45 ? 0xffffff : INK;
        int middle = (cell - gap) / 2;
        canvas.text(
                number,
                x + middle - Canvas.width(number, scale) / 2,
                y + middle - Glyphs.HEIGHT * scale / 2,
                scale,
                ink,
                RIGHT);
    }

    /** Recall at the end of each row, precision under each column, in percent. */
    private void marginals(Canvas canvas, int side) {
        int scale = cell >= 40 ? 2 : 1;
        int height = Glyphs.HEIGHT * scale;
        canvas.text("recall", left + side + 10, top - 10 - Glyphs.HEIGHT, 1, GREY_INK, RIGHT);
        canvas.text("precision", left - 10 - Canvas.width("precision", 1), top + side + 12, 1, GREY_INK, RIGHT);
        for (ClassReport report : evaluation.classes()) {
            int centre = report.label() * cell + (cell - gap) / 2;
            canvas.text(percent(report.recall()), left + side + 10, top + centre - height / 2, scale, GREY_INK, RIGHT);
            String precision = percent(report.precision());
            int precisionScale = Canvas.width(precision, scale) <= cell - 4 ? scale : 1;
            if (Canvas.width(precision, precisionScale) > cell) continue;
            canvas.text(
                    precision,
                    left + centre - Canvas.width(precision, precisionScale) / 2,
                    top + side + 10,
                    precisionScale,
                    GREY_INK,
                    RIGHT);
        }
    }

    private static String percent(Proportion share) {
        if (share.count() == 0) return "-";
        return share.hits() == share.count() ? "100" : String.format(Locale.ROOT, "%.1f", 100 * share.value());
    }

    private void legend(Canvas canvas, int y) {
        String[] names = {"right", "wrong"};
        String[] scales = {"0 to 100 % of a true class", "0 to 100 %, small shares stressed"};
        int[][] shades = {RIGHT_SHADES, WRONG_SHADES};
        for (int line = 0; line < 2; line++) {
            int row = y + line * 26;
            canvas.text(names[line], left, row, 2, GREY_INK, RIGHT);
            for (int i = 0; i <= 100; i++) canvas.fill(left + 72 + 2 * i, row, 2, 14, shade(shades[line], i / 100.0));
            canvas.text(scales[line], left + LEGEND_TEXT, row, 2, GREY_INK, RIGHT);
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

    private static String shortened(String name) {
        String shown = Glyphs.shown(name);
        return shown.length() <= LONGEST_NAME ? shown : shown.substring(0, LONGEST_NAME - 2) + "..";
    }
}
