package io.fovea.predict;

import io.fovea.codec.PngWriter;
import io.fovea.image.Palette;
import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import io.fovea.task.Segmentation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The class of every pixel of a picture. Immutable; threads may share it.
 *
 * <p>Pixels that the model did not see, since its preparation cuts them away, are {@link Segmentation#UNLABELLED}.
 */
public final class Mask implements Answer {

    private final int height;
    private final int width;
    private final List<String> classNames;
    private final byte[] labels; // [H, W], unsigned
    private final long[] counts = new long[Segmentation.UNLABELLED + 1];
    private final Optional<Unfamiliarity> unfamiliarity;

    /** A mask of labels [H, W]; the array is handed over and no longer written to. */
    Mask(int height, int width, List<String> classNames, byte[] labels, Optional<Unfamiliarity> unfamiliarity) {
        this.height = height;
        this.width = width;
        this.classNames = classNames;
        this.labels = labels;
        this.unfamiliarity = unfamiliarity;
        for (byte label : labels) counts[label & 0xff]++;
    }

    /** Returns H of the picture that was given, turned upright. */
    public int height() {
        return height;
    }

    /** Returns W of the picture that was given, turned upright. */
    public int width() {
        return width;
    }

    /** Returns the class index of the pixel at row {@code y}, column {@code x}, or {@link Segmentation#UNLABELLED}. */
    public int label(int y, int x) {
        Objects.checkIndex(y, height);
        return labels[y * width + Objects.checkIndex(x, width)] & 0xff;
    }

    /** Returns [H, W] the class index of every pixel in reading order, unsigned bytes; a copy. */
    public byte[] labels() {
        return labels.clone();
    }

    /** Returns the names of all classes that the model knows, in label order. */
    public List<String> classNames() {
        return classNames;
    }

    /** Returns how many pixels the model did not see. */
    public long unlabelled() {
        return counts[Segmentation.UNLABELLED];
    }

    /** Returns how much of the picture every class covers, in label order. */
    public List<ClassShare> classes() {
        long labelled = labels.length - unlabelled();
        List<ClassShare> classes = new ArrayList<>();
        for (int label = 0; label < classNames.size(); label++) {
            double share = labelled == 0 ? 0 : (double) counts[label] / labelled;
            classes.add(new ClassShare(classNames.get(label), label, counts[label], share));
        }
        return classes;
    }

    /** Returns how far the picture is from those that the model learned from; empty if the model cannot tell. */
    public Optional<Unfamiliarity> unfamiliarity() {
        return unfamiliarity;
    }

    /** Returns the classes that the picture holds, those with the most pixels first: {@code road 61.2 %, sky 38.8 %}. */
    @Override
    public String words(int top) {
        String words = classes().stream()
                .filter(each -> each.pixels() > 0)
                .sorted(Comparator.comparingLong(ClassShare::pixels).reversed())
                .map(each ->
                        String.format(Locale.ROOT, "%s %.1f %%", Prediction.quoted(each.name()), each.share() * 100))
                .collect(Collectors.joining(", "));
        return words + Unfamiliarity.after(unfamiliarity);
    }

    @Override
    public Map<String, Object> json(int top) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("height", height);
        json.put("width", width);
        json.put("classes", classes());
        json.put("unlabelled", unlabelled());
        Unfamiliarity.put(unfamiliarity, json);
        return json;
    }

    /** Returns the mask as a PNG file whose palette index is the class, coloured by {@link Palette}. */
    @Override
    public Optional<byte[]> png() {
        return Optional.of(PngWriter.bytes(height, width, labels));
    }

    /**
     * Writes {@link #png} to a file.
     *
     * @throws Problem if the file cannot be written
     */
    public void writePng(Path file) {
        PngWriter.write(PngWriter.bytes(height, width, labels), file);
    }

    /**
     * Returns the picture half covered by the colour of every pixel's class: (picture + colour) / 2, a half rounded up. Where nothing is
     * known it stays as it is.
     *
     * @param picture that was given, upright; grey or coloured
     * @throws IllegalArgumentException if it has another size
     */
    @Override
    public Optional<Pixels> overlay(Pixels picture) {
        if (picture.height() != height || picture.width() != width) {
            throw new IllegalArgumentException("Expected the picture of this mask, [" + height + ", " + width
                    + "], found [" + picture.height() + ", " + picture.width() + "]");
        }
        byte[] values = new byte[Math.multiplyExact(labels.length, 3)];
        for (int i = 0; i < labels.length; i++) {
            int label = labels[i] & 0xff;
            for (int c = 0; c < 3; c++) {
                int seen = picture.values()[picture.channels() == 1 ? i : 3 * i + c] & 0xff;
                boolean known = label != Segmentation.UNLABELLED;
                values[3 * i + c] = (byte) (known ? (seen + Palette.color(label, c) + 1) / 2 : seen);
            }
        }
        return Optional.of(new Pixels(height, width, 3, values));
    }

    /** Returns size and classes, for example {@code 640x480: road 61.2 %, sky 38.8 %}. */
    @Override
    public String toString() {
        return width + "x" + height + ": " + words();
    }
}
