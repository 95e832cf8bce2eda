package io.fovea.image;

/**
 * Antialiased bilinear resampling in fixed point, equal to Pillow's for 8-bit pictures to the bit.
 *
 * <h2>Method</h2>
 *
 * <p>Each output pixel is a weighted mean of the input pixels under a triangle. With scale = in / out, the triangle sits
 * at (x + ½) · scale and reaches max(scale, 1) to both sides, so making a picture smaller averages everything it covers.
 * Columns first, rows second; after each pass values are rounded to 8 bits. Weights are normalised as doubles, then
 * rounded to multiples of 2⁻²².
 *
 * <p>Rows stream: each input row is resampled once and added to the output rows it belongs to, so memory is one row and
 * the output, whatever the input's height. Sums of whole numbers do not depend on their order.
 *
 * <p>Cost: H · width · 2 max(scale, 1) + height · width · 2 max(scale, 1) multiply-adds per channel.
 *
 * <p>Source: Pillow, {@code Image.resize} with {@code BILINEAR}; the arithmetic is fixed by its results.
 */
final class Resampling {

    /** 32 bits, less 8 for the value and 2 for headroom. */
    private static final int FRACTION_BITS = 22;

    private static final int HALF = 1 << (FRACTION_BITS - 1);

    private Resampling() {}

    /**
     * Returns the window [height, width] at ({@code top}, {@code left}) of the picture scaled to
     * [{@code scaledHeight}, {@code scaledWidth}]; only what the window needs is computed.
     */
    static Pixels window(Pixels picture, int scaledHeight, int scaledWidth, int top, int left, int height, int width) {
        Weights columns = Weights.of(picture.width(), scaledWidth, left, width);
        Weights rows = Weights.of(picture.height(), scaledHeight, top, height);
        int channels = picture.channels();
        int rowLength = width * channels;
        int[] row = new int[rowLength];
        int[][] sums = new int[height][rowLength];
        int first = 0; // the first output row that still takes input
        for (int y = rows.start[0]; y < rows.end(height - 1); y++) {
            while (rows.end(first) <= y) first++;
            if (channels == 1) greyRow(picture, y, columns, row);
            else colorRow(picture, y, columns, row);
            for (int to = first; to < height && rows.start[to] <= y; to++) {
                add(row, rows.weight[to * rows.most + y - rows.start[to]], sums[to]);
            }
        }
        return new Pixels(height, width, channels, bytes(sums));
    }

    private static void greyRow(Pixels picture, int y, Weights columns, int[] row) {
        byte[] values = picture.values();
        int[] weights = columns.weight;
        int base = y * picture.width();
        for (int x = 0; x < row.length; x++) {
            int from = base + columns.start[x];
            int weightAt = x * columns.most;
            int count = columns.count[x];
            int sum = HALF;
            for (int i = 0; i < count; i++) sum += (values[from + i] & 0xff) * weights[weightAt + i];
            row[x] = value(sum);
        }
    }

    private static void colorRow(Pixels picture, int y, Weights columns, int[] row) {
        byte[] values = picture.values();
        int[] weights = columns.weight;
        int base = y * picture.width();
        for (int x = 0, to = 0; to < row.length; x++, to += 3) {
            int from = (base + columns.start[x]) * 3;
            int weightAt = x * columns.most;
            int red = HALF;
            int green = HALF;
            int blue = HALF;
            int count = columns.count[x];
            for (int i = 0; i < count; i++) {
                int weight = weights[weightAt + i];
                red += (values[from + 3 * i] & 0xff) * weight;
                green += (values[from + 3 * i + 1] & 0xff) * weight;
                blue += (values[from + 3 * i + 2] & 0xff) * weight;
            }
            row[to] = value(red);
            row[to + 1] = value(green);
            row[to + 2] = value(blue);
        }
    }

    /** Both arrays are read from their beginning, since the compiler takes several elements at once only then. */
    private static void add(int[] row, int weight, int[] sums) {
        for (int i = 0; i < row.length; i++) sums[i] += row[i] * weight;
    }

    private static byte[] bytes(int[][] sums) {
        int rowLength = sums[0].length;
        byte[] values = new byte[sums.length * rowLength];
        for (int y = 0; y < sums.length; y++) {
            int[] row = sums[y];
            for (int i = 0; i < rowLength; i++) values[y * rowLength + i] = (byte) value(row[i] + HALF);
        }
        return values;
    }

    /** Rounded weights may add up to a little over one, hence the limit. */
    private static int value(int sum) {
        return Math.min(sum >> FRACTION_BITS, 255);
    }

    /** For each output pixel: its first input pixel, how many, and their weights in units of 2⁻²² ({@code most} places each). */
    private record Weights(int[] start, int[] count, int[] weight, int most) {

        static Weights of(int in, int out, int from, int length) {
            double scale = (double) in / out;
            double reach = Math.max(scale, 1.0);
            double perPixel = 1.0 / reach;
            int most = (int) Math.min(Math.ceil(reach) * 2 + 1, in);
            int[] start = new int[length];
            int[] count = new int[length];
            int[] weight = new int[Math.multiplyExact(length, most)];
            double[] share = new double[most];
            for (int i = 0; i < length; i++) {
                double centre = (from + i + 0.5) * scale;
                start[i] = Math.max((int) (centre - reach + 0.5), 0);
                count[i] = Math.min((int) (centre + reach + 0.5), in) - start[i];
                double total = 0;
                for (int k = 0; k < count[i]; k++) {
                    share[k] = triangle((start[i] + k - centre + 0.5) * perPixel);
                    total += share[k];
                }
                for (int k = 0; k < count[i]; k++) {
                    weight[i * most + k] = (int) (0.5 + share[k] / total * (1 << FRACTION_BITS));
                }
            }
            return new Weights(start, count, weight, most);
        }

        int end(int i) {
            return start[i] + count[i];
        }

        private static double triangle(double distance) {
            return Math.max(0, 1 - Math.abs(distance));
        }
    }
}
