package io.fovea.candidate;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.PreparedPicture;
import io.fovea.dataset.Split;
import io.fovea.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Prepared pictures and their labels, in memory.
 *
 * @param pixels    [N, H, W, C] bytes
 * @param labels    [N]
 * @param positions [N] where each stands in its split of the dataset
 */
public record LabelledPictures(byte[] pixels, int[] labels, int[] positions) {

    /** Java's longest array, less a little. */
    private static final long MOST_BYTES = Integer.MAX_VALUE - 16L;

    /**
     * Reads pictures of a split, in this order.
     *
     * @throws Problem if they are more than 2 GiB
     */
    public static LabelledPictures of(Dataset dataset, Split split, int[] positions) {
        int size = dataset.preparation().sizeInBytes();
        if ((long) size * positions.length > MOST_BYTES) {
            throw new Problem(
                    String.format(
                            Locale.ROOT,
                            "%,d pictures of %,d bytes are more than the 2 GiB that this method takes into memory.",
                            positions.length,
                            size),
                    "dataset \"" + dataset.name() + "\"",
                    "import it with smaller pictures (--size) or fewer per class (--max-per-class)");
        }
        byte[] pixels = new byte[size * positions.length];
        int[] labels = new int[positions.length];
        for (int i = 0; i < positions.length; i++) {
            dataset.copyPicture(split, positions[i], pixels, i * size);
            labels[i] = dataset.label(split, positions[i]);
        }
        return new LabelledPictures(pixels, labels, positions.clone());
    }

    /**
     * Returns pictures that are in memory already; each one's position is its place in the list.
     *
     * @throws Problem if they are more than 2 GiB
     */
    public static LabelledPictures of(List<PreparedPicture> pictures) {
        int size = pictures.isEmpty() ? 0 : pictures.getFirst().pixels().values().length;
        if ((long) size * pictures.size() > MOST_BYTES) {
            throw new Problem(
                    String.format(
                            Locale.ROOT,
                            "%,d pictures of %,d bytes are more than the 2 GiB that this method takes into memory.",
                            pictures.size(),
                            size),
                    "the pictures of all classes together",
                    "take fewer pictures of each class");
        }
        byte[] pixels = new byte[size * pictures.size()];
        for (int i = 0; i < pictures.size(); i++)
            System.arraycopy(pictures.get(i).pixels().values(), 0, pixels, i * size, size);
        return new LabelledPictures(
                pixels,
                pictures.stream().mapToInt(PreparedPicture::label).toArray(),
                IntStream.range(0, pictures.size()).toArray());
    }

    /** Returns N. */
    public int count() {
        return labels.length;
    }

    /** Returns H·W·C. */
    public int pictureLength() {
        return pixels.length / Math.max(1, labels.length);
    }

    /** Returns those at these places, in this order. */
    public LabelledPictures select(int[] places) {
        int size = pictureLength();
        byte[] chosen = new byte[size * places.length];
        for (int i = 0; i < places.length; i++) System.arraycopy(pixels, places[i] * size, chosen, i * size, size);
        return new LabelledPictures(
                chosen,
                Arrays.stream(places).map(place -> labels[place]).toArray(),
                Arrays.stream(places).map(place -> positions[place]).toArray());
    }

    /** Returns both, these first. */
    public LabelledPictures with(LabelledPictures others) {
        byte[] all = Arrays.copyOf(pixels, Math.addExact(pixels.length, others.pixels.length));
        System.arraycopy(others.pixels, 0, all, pixels.length, others.pixels.length);
        return new LabelledPictures(all, joined(labels, others.labels), joined(positions, others.positions));
    }

    private static int[] joined(int[] first, int[] second) {
        int[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
