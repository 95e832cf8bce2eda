package io.fovea.evaluation;

import io.fovea.chart.Drawing;
import io.fovea.chart.Letters;
import io.fovea.chart.Plot;
import io.fovea.task.Proportion;
import java.util.Locale;

/** Draws a reliability diagram: the share of right answers over the probability that a classifier gives; bars are the darker, the more predictions they hold. */
final class CalibrationPicture {

    private static final int BAR = 0x4292c6;
    private static final int MARGIN = 28;
    private static final int SIDE = 440;

    private CalibrationPicture() {}

    static Drawing draw(Calibration calibration) {
        String error = String.format(
                Locale.ROOT,
                "expected calibration error %.2f %%, %,d pictures",
                100 * calibration.expectedError(),
                calibration.count());
        int width = (int) Math.max(SIDE, Letters.width(error, Drawing.TEXT)) + 2 * MARGIN;
        Drawing drawing = new Drawing(width, SIDE + 2 * MARGIN + 56, "Calibration: " + error);
        drawing.title("Calibration", MARGIN, MARGIN + 18, Drawing.TITLE);
        drawing.text(error, MARGIN, MARGIN + 44, Drawing.TEXT, Drawing.GREY);
        Plot plot = Plot.of(drawing, MARGIN - 14, MARGIN + 40, SIDE + 14, SIDE + 14, 0, 1, 0, 1)
                .titled("", "probability of the predicted class", "share that is right")
                .diagonal(Drawing.GREY);
        long most = calibration.bins().stream()
                .mapToLong(bin -> bin.right().count())
                .max()
                .orElse(1);
        for (Calibration.Bin bin : calibration.bins()) {
            Proportion right = bin.right();
            if (right.count() == 0) continue;
            plot.bar(bin.low(), bin.high(), right.value(), BAR, 0.25 + 0.65 * Math.sqrt((double) right.count() / most));
            plot.line(bin.probability(), right.low(), bin.probability(), right.high(), Drawing.INK);
            plot.dot(bin.probability(), right.value(), Drawing.INK);
        }
        return drawing;
    }
}
