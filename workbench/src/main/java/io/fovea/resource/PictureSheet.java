package io.fovea.resource;

import io.fovea.image.Pixels;
import io.fovea.image.Resize;
import io.fovea.image.ResizeMode;
import java.util.List;

/** Many small pictures in one: a browser shows thousands of them with few requests. */
final class PictureSheet {

    /** In a row. */
    static final int COLUMNS = 10;
    /** In a sheet. */
    static final int MOST = 100;

    private static final int LONGEST_SIDE = 96;

    private PictureSheet() {}

    /**
     * Returns the pictures, all of one size, side by side, row by row; larger ones are made smaller.
     *
     * @return [rows · h, {@value #COLUMNS} · w, C] with h and w at most {@value #LONGEST_SIDE}
     */
    static Pixels of(List<Pixels> pictures) {
        if (pictures.isEmpty() || pictures.size() > MOST)
            throw new IllegalArgumentException("1 to " + MOST + " pictures, not " + pictures.size());
        Pixels first = pictures.getFirst();
        double scale = Math.min(1, (double) LONGEST_SIDE / Math.max(first.height(), first.width()));
        int height = Math.max(1, (int) Math.round(first.height() * scale));
        int width = Math.max(1, (int) Math.round(first.width() * scale));
        int channels = first.channels();
        int rows = (pictures.size() + COLUMNS - 1) / COLUMNS;
        int stride = COLUMNS * width * channels;
        byte[] sheet = new byte[rows * height * stride];
        for (int i = 0; i < pictures.size(); i++) {
            byte[] values =
                    Resize.to(pictures.get(i), height, width, ResizeMode.SQUASH).values();
            int corner = (i / COLUMNS) * height * stride + (i % COLUMNS) * width * channels;
            for (int y = 0; y < height; y++)
                System.arraycopy(values, y * width * channels, sheet, corner + y * stride, width * channels);
        }
        return new Pixels(rows * height, COLUMNS * width, channels, sheet);
    }
}
