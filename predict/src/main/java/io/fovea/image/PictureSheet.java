package io.fovea.image;

import java.util.List;

/** Many small pictures in one: a browser shows thousands of them with few requests. */
public final class PictureSheet {

    /** In a sheet. */
    public static final int MOST = 100;

    private static final int LONGEST_SIDE = 96;

    private PictureSheet() {}

    /**
     * Returns the pictures, all of one size, side by side, row by row; larger ones are made smaller.
     *
     * @param columns pictures in a row
     * @return [rows · h, columns · w, C] with h and w at most {@value #LONGEST_SIDE}
     */
    public static Pixels of(List<Pixels> pictures, int columns) {
        if (pictures.isEmpty() || pictures.size() > MOST)
            throw new IllegalArgumentException("1 to " + MOST + " pictures, not " + pictures.size());
        Pixels first = small(pictures.get(0));
        int height = first.height();
        int width = first.width();
        int channels = first.channels();
        int rows = (pictures.size() + columns - 1) / columns;
        int stride = columns * width * channels;
        byte[] sheet = new byte[rows * height * stride];
        for (int i = 0; i < pictures.size(); i++) {
            byte[] values =
                    Resize.to(pictures.get(i), height, width, ResizeMode.SQUASH).values();
            int corner = (i / columns) * height * stride + (i % columns) * width * channels;
            for (int y = 0; y < height; y++)
                System.arraycopy(values, y * width * channels, sheet, corner + y * stride, width * channels);
        }
        return new Pixels(rows * height, columns * width, channels, sheet);
    }

    /** Returns a picture as it stands in a sheet. */
    public static Pixels small(Pixels picture) {
        double scale = Math.min(1, (double) LONGEST_SIDE / Math.max(picture.height(), picture.width()));
        int height = Math.max(1, (int) Math.round(picture.height() * scale));
        int width = Math.max(1, (int) Math.round(picture.width() * scale));
        return Resize.to(picture, height, width, ResizeMode.SQUASH);
    }
}
