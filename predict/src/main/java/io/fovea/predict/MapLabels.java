package io.fovea.predict;

import io.fovea.image.Axis;
import io.fovea.image.Placement;
import io.fovea.task.Segmentation;
import java.util.Arrays;

/**
 * Maps of classes [K, h, w] over a prepared picture → the class of every pixel of the picture as it was given.
 *
 * <h2>Method</h2>
 *
 * <p>The picture lies in the prepared one where {@link Placement} says; only that region of the maps is resized to the picture: bilinearly,
 * without antialiasing, each class by itself. The middle of pixel x of the picture is at (x + ½) · scale + offset of the prepared one, and so
 * at u = that · w / W in a map whose pixels' middles are at ½, 1½ …; its value is the mean of the two nearest, weighted by nearness, columns and
 * rows alike. Beyond the middle of the region's outermost pixels their own value holds: what lies beside the picture, where it was filled,
 * has no part.
 *
 * <p>Of all classes the largest wins, of equal ones the smaller label. A pixel whose middle was cut away is unlabelled.
 *
 * <p>Symbols: K classes; H and W of the prepared picture, h and w of the maps.
 *
 * <p>Cost: K · H′ · W′ multiply-adds for a picture of [H′, W′].
 */
final class MapLabels {

    /** Along one side: for each pixel of the picture the two places in the map, and the weight of the second; first −1 if it was cut away. */
    private record Side(int[] first, int[] second, float[] weight) {

        /**
         * Along one side.
         *
         * @param size     pixels of the picture
         * @param prepared pixels of the prepared picture
         * @param map      places of the map
         */
        static Side of(Placement placement, Axis axis, int size, int prepared, int map) {
            double scale = (double) map / prepared;
            // the outermost places whose middle lies on the picture
            double from = Math.max(0, placement.resized(axis, 0) * scale);
            double to = Math.min(map, placement.resized(axis, size) * scale);
            int lowest = Math.min(map - 1, (int) Math.ceil(from - 0.5));
            int highest = Math.max(lowest, (int) Math.floor(to - 0.5));
            Side side = new Side(new int[size], new int[size], new float[size]);
            for (int x = 0; x < size; x++) {
                double at = placement.resized(axis, x + 0.5);
                if (at < 0 || at >= prepared) {
                    side.first[x] = -1;
                    continue;
                }
                double u = Math.max(lowest, Math.min(highest, at * scale - 0.5));
                side.first[x] = (int) u;
                side.second[x] = Math.min(highest, side.first[x] + 1);
                side.weight[x] = (float) (u - side.first[x]);
            }
            return side;
        }
    }

    private MapLabels() {}

    /**
     * Returns [H′, W′] labels.
     *
     * @param maps           [K, h, w], 0 and more
     * @param height         H′ of the picture
     * @param width          W′ of the picture
     * @param preparedHeight H
     * @param preparedWidth  W
     * @throws ArithmeticException if a value is not a number
     */
    static byte[] of(
            float[] maps,
            int classes,
            int mapHeight,
            int mapWidth,
            Placement placement,
            int height,
            int width,
            int preparedHeight,
            int preparedWidth) {
        Side rows = Side.of(placement, Axis.Y, height, preparedHeight, mapHeight);
        Side columns = Side.of(placement, Axis.X, width, preparedWidth, mapWidth);
        byte[] labels = new byte[Math.multiplyExact(height, width)];
        Arrays.fill(labels, (byte) Segmentation.UNLABELLED);
        float[] row = new float[mapWidth];
        float[] largest = new float[width];
        for (int y = 0; y < height; y++) {
            if (rows.first[y] < 0) continue;
            Arrays.fill(largest, -1);
            for (int k = 0; k < classes; k++) {
                int map = k * mapHeight;
                blend(maps, (map + rows.first[y]) * mapWidth, (map + rows.second[y]) * mapWidth, rows.weight[y], row);
                take(row, columns, (byte) k, largest, labels, y * width);
            }
        }
        check(rows, columns, labels);
        return labels;
    }

    private static void blend(float[] maps, int first, int second, float weight, float[] row) {
        for (int x = 0; x < row.length; x++) {
            row[x] = maps[first + x] + weight * (maps[second + x] - maps[first + x]);
        }
    }

    private static void take(float[] row, Side columns, byte label, float[] largest, byte[] labels, int at) {
        for (int x = 0; x < largest.length; x++) {
            if (columns.first[x] < 0) continue;
            float first = row[columns.first[x]];
            float value = first + columns.weight[x] * (row[columns.second[x]] - first);
            if (value > largest[x]) {
                largest[x] = value;
                labels[at + x] = label;
            }
        }
    }

    /** Nothing is larger than what is not a number, so that such a pixel got no label. */
    private static void check(Side rows, Side columns, byte[] labels) {
        int width = columns.first.length;
        for (int y = 0; y < rows.first.length; y++) {
            if (rows.first[y] < 0) continue;
            for (int x = 0; x < width; x++) {
                boolean missing = labels[y * width + x] == (byte) Segmentation.UNLABELLED;
                if (missing && columns.first[x] >= 0) throw new ArithmeticException("No number at " + x + ", " + y);
            }
        }
    }
}
