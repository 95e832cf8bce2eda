package io.fovea.explain;

import io.fovea.image.Pixels;

/** Draws values over the picture that they are about, which is grey below them: above 0 in orange, below in blue, the stronger the larger. */
final class HeatDrawing {

    /** A picture is enlarged by a whole factor until its longer side has so many pixels. */
    private static final int LEAST_SIDE = 224;

    private static final int[] FOR = {255, 106, 0};
    private static final int[] AGAINST = {30, 110, 255};
    private static final double STRONGEST = 0.75;

    private HeatDrawing() {}

    /**
     * Draws.
     *
     * @param picture [H, W, C]
     * @param values  [height, width], laid evenly over the picture and interpolated bilinearly between their middles
     */
    static Pixels over(Pixels picture, float[] values, int height, int width) {
        int longest = Math.max(picture.height(), picture.width());
        int factor = Math.max(1, (LEAST_SIDE + longest - 1) / longest);
        int rows = picture.height() * factor;
        int columns = picture.width() * factor;
        double largest = 0;
        for (float value : values) largest = Math.max(largest, Math.abs(value));
        byte[] drawn = new byte[rows * columns * 3];
        for (int y = 0, to = 0; y < rows; y++) {
            double row = Math.clamp((y + 0.5) * height / rows - 0.5, 0, height - 1);
            for (int x = 0; x < columns; x++) {
                double column = Math.clamp((x + 0.5) * width / columns - 0.5, 0, width - 1);
                double value = largest == 0 ? 0 : between(values, width, row, column) / largest;
                double cover = STRONGEST * Math.abs(value);
                int[] colour = value < 0 ? AGAINST : FOR;
                int below = grey(picture, y / factor, x / factor);
                for (int c = 0; c < 3; c++) drawn[to++] = (byte) Math.round(below * (1 - cover) + colour[c] * cover);
            }
        }
        return new Pixels(rows, columns, 3, drawn);
    }

    /** Returns a pixel's brightness, of colours by ITU-R BT.601. */
    private static int grey(Pixels picture, int y, int x) {
        if (picture.channels() == 1) return picture.at(y, x, 0);
        return (int)
                Math.round(0.299 * picture.at(y, x, 0) + 0.587 * picture.at(y, x, 1) + 0.114 * picture.at(y, x, 2));
    }

    private static double between(float[] values, int width, double row, double column) {
        int top = (int) row;
        int left = (int) column;
        int bottom = Math.min(top + 1, values.length / width - 1);
        int right = Math.min(left + 1, width - 1);
        double down = row - top;
        double along = column - left;
        double upper = values[top * width + left] * (1 - along) + values[top * width + right] * along;
        double lower = values[bottom * width + left] * (1 - along) + values[bottom * width + right] * along;
        return upper * (1 - down) + lower * down;
    }
}
