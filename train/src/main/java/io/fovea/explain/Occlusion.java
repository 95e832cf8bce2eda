package io.fovea.explain;

import io.fovea.image.Pixels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Occlusion sensitivity: by how much a class becomes less certain when a square of the picture is covered with the colour that the network takes for
 * 0, which is the preparation's mean.
 *
 * <p>Source: Zeiler and Fergus 2014, arXiv:1311.2901, section 4.2.
 */
final class Occlusion {

    private final Pixels picture;
    private final float[] input;
    private final OcclusionSettings settings;
    private final List<Integer> lefts;
    private final List<Integer> tops;

    /**
     * Lays squares over a picture.
     *
     * @param input the picture as the network reads it, [C, H, W]
     */
    Occlusion(Pixels picture, float[] input, OcclusionSettings settings) {
        this.picture = picture;
        this.input = input;
        this.settings = settings;
        this.lefts = beginnings(picture.width());
        this.tops = beginnings(picture.height());
    }

    private List<Integer> beginnings(int side) {
        List<Integer> beginnings = new ArrayList<>();
        int last = Math.max(0, side - settings.size());
        for (int at = 0; at < last; at += settings.stride()) beginnings.add(at);
        beginnings.add(last);
        return List.copyOf(beginnings);
    }

    Heatmap.Windows windows() {
        return new Heatmap.Windows(settings.size(), lefts, tops);
    }

    /**
     * Returns how much of the score each square takes away when it is covered, [tops, lefts].
     *
     * @param whole the score of the picture as it is
     * @param batch how many pictures are computed at once
     * @param scores of pictures [N, C, H, W] and N
     */
    float[] drops(double whole, int batch, BiFunction<float[], Integer, double[]> scores) {
        int count = tops.size() * lefts.size();
        float[] drops = new float[count];
        for (int first = 0; first < count; first += batch) {
            int size = Math.min(batch, count - first);
            float[] covered = new float[size * input.length];
            for (int i = 0; i < size; i++) cover(covered, i * input.length, first + i);
            double[] found = scores.apply(covered, size);
            for (int i = 0; i < size; i++) drops[first + i] = (float) (whole - found[i]);
        }
        return drops;
    }

    private void cover(float[] covered, int offset, int square) {
        System.arraycopy(input, 0, covered, offset, input.length);
        int top = tops.get(square / lefts.size());
        int left = lefts.get(square % lefts.size());
        int bottom = Math.min(picture.height(), top + settings.size());
        int right = Math.min(picture.width(), left + settings.size());
        for (int c = 0; c < picture.channels(); c++) {
            for (int y = top; y < bottom; y++) {
                int row = offset + (c * picture.height() + y) * picture.width();
                for (int x = left; x < right; x++) covered[row + x] = 0;
            }
        }
    }

    /** Returns for each pixel the mean over the squares that cover it; 0 where none does. */
    float[] byPixel(float[] drops) {
        float[] sums = new float[picture.height() * picture.width()];
        int[] counts = new int[sums.length];
        for (int square = 0; square < drops.length; square++) {
            int top = tops.get(square / lefts.size());
            int left = lefts.get(square % lefts.size());
            for (int y = top; y < Math.min(picture.height(), top + settings.size()); y++) {
                for (int x = left; x < Math.min(picture.width(), left + settings.size()); x++) {
                    sums[y * picture.width() + x] += drops[square];
                    counts[y * picture.width() + x]++;
                }
            }
        }
        for (int i = 0; i < sums.length; i++) if (counts[i] > 0) sums[i] /= counts[i];
        return sums;
    }
}
