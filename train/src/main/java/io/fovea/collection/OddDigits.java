package io.fovea.collection;

import io.fovea.dataset.SplitMix;
import io.fovea.image.Pixels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Digits that nobody would find in MNIST: in colours, mostly on light paper, half of them printed, half written with a pen.
 *
 * <p>They judge what a network has learned beside its own kind of pictures, and nothing is ever chosen by them. The course of NVIDIA's DIGITS has
 * seven such pictures; these are 200, each digit as often.
 *
 * <p>Ink and paper are drawn until they differ as the contrast ratio that WCAG 2.2 asks of large text (3 : 1), so everyone can read them. Of five
 * papers four are lighter than the ink. A third of the papers is not even: brighter to one side, or grained.
 */
public final class OddDigits {

    /** How many of each digit the list has. */
    public static final int PER_DIGIT = 20;

    /** The seed of the list. */
    public static final long SEED = 20_150_317;

    private static final int DIGITS = 10;
    private static final double LEAST_CONTRAST = 3;
    private static final int SMALLEST_SIDE = 48;
    private static final int LARGEST_SIDE = 128;

    /**
     * A picture of the list.
     *
     * @param name    the digit and its number, as the files of the course are called: {@code 8-02}
     * @param digit   0 to 9
     * @param style   the font's name, or {@code pen}
     * @param picture [side, side, 3]
     */
    public record OddDigit(String name, int digit, String style, Pixels picture) {}

    private final Glyphs glyphs;
    private final SplitMix random = new SplitMix(0);

    private OddDigits(Glyphs glyphs) {
        this.glyphs = glyphs;
    }

    /** Returns the list: always the same 200 pictures. */
    public static List<OddDigit> list() {
        return draw(PER_DIGIT, SEED, ownGlyphs());
    }

    /** Draws other pictures of the same kind: {@code perDigit} of each digit, in order of the digits. */
    public static List<OddDigit> draw(int perDigit, long seed, Glyphs glyphs) {
        OddDigits odd = new OddDigits(glyphs);
        List<OddDigit> list = new ArrayList<>();
        for (int digit = 0; digit < DIGITS; digit++) {
            for (int i = 0; i < perDigit; i++) {
                odd.random.restart(seed, digit, i);
                list.add(odd.draw(digit, i));
            }
        }
        return List.copyOf(list);
    }

    private static Glyphs ownGlyphs() {
        try (InputStream in = OddDigits.class.getResourceAsStream("glyphs.txt")) {
            return new Glyphs(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private OddDigit draw(int digit, int index) {
        int side = SMALLEST_SIDE + random.nextInt(LARGEST_SIDE - SMALLEST_SIDE + 1);
        boolean printed = index % 2 == 0;
        int font = glyphs.any(random);
        double[] ink = printed ? printed(font, digit, side) : written(digit, side);
        String name = String.format(Locale.ROOT, "%d-%02d", digit, index + 1);
        return new OddDigit(name, digit, printed ? glyphs.fonts().get(font) : "pen", painted(ink, side));
    }

    private double[] printed(int font, int digit, int side) {
        return glyphs.draw(font, digit, side, between(0.5, 0.85), around(12), around(0.12), around(0.12));
    }

    private double[] written(int digit, int side) {
        var shapes = DigitShapes.of(digit);
        var shape = shapes.get(random.nextInt(shapes.size()));
        Handwriting hand = new Handwriting(random, side);
        double point = side / (double) GeneratedDigits.SIDE;
        double radius = hand.between(0.6, 1.9) * point;
        Pen pen = new Pen(side, radius, hand.between(0.5, 1.2) * point);
        for (double[] stroke : hand.write(shape.strokes(), radius + point)) pen.draw(stroke);
        byte[] drawn = new byte[side * side];
        pen.copyTo(drawn, 0, 255);
        return IntStream.range(0, drawn.length)
                .mapToDouble(i -> (drawn[i] & 0xff) / 255.0)
                .toArray();
    }

    private Pixels painted(double[] ink, int side) {
        boolean light = random.nextInt(5) > 0;
        double[] one = colour();
        double[] other = colour();
        while (contrast(one, other) < LEAST_CONTRAST) {
            one = colour();
            other = colour();
        }
        boolean swapped = luminance(one) < luminance(other) == light;
        double[] paper = swapped ? other : one;
        double[] pen = swapped ? one : other;
        int unevenness = random.nextInt(6); // 0: brighter to one side, 1: grained
        double slopeX = unevenness == 0 ? between(-0.12, 0.12) : 0;
        double slopeY = unevenness == 0 ? between(-0.12, 0.12) : 0;
        double grain = unevenness == 1 ? between(0.01, 0.05) : 0;
        byte[] values = new byte[side * side * 3];
        for (int pixel = 0; pixel < ink.length; pixel++) {
            double brighter = slopeX * (2.0 * (pixel % side) / side - 1)
                    + slopeY * (2.0 * (pixel / side) / side - 1)
                    + grain * between(-1, 1);
            for (int channel = 0; channel < 3; channel++) {
                double value = ink[pixel] * pen[channel] + (1 - ink[pixel]) * (paper[channel] + brighter);
                values[3 * pixel + channel] = (byte) (255 * Math.clamp(value, 0.0, 1.0) + 0.5);
            }
        }
        return new Pixels(side, side, 3, values);
    }

    private double[] colour() {
        return new double[] {random.nextDouble(), random.nextDouble(), random.nextDouble()};
    }

    /** Source: WCAG 2.2, "contrast ratio". */
    private static double contrast(double[] one, double[] other) {
        double a = luminance(one) + 0.05;
        double b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    /** Source: WCAG 2.2, "relative luminance". */
    private static double luminance(double[] colour) {
        return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
    }

    private static double linear(double value) {
        return value <= 0.04045 ? value / 12.92 : StrictMath.pow((value + 0.055) / 1.055, 2.4);
    }

    private double between(double least, double most) {
        return least + (most - least) * random.nextDouble();
    }

    /** Draws from −most … most, small values more often (triangular). */
    private double around(double most) {
        return most * (random.nextDouble() + random.nextDouble() - 1);
    }
}
