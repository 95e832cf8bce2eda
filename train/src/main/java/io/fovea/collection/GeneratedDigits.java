package io.fovea.collection;

import io.fovea.dataset.Split;
import io.fovea.dataset.SplitMix;
import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Handwritten-like digits that Fovea draws itself, for machines without data and without a network.
 *
 * <p>Each picture is 28x28 grey, bright ink on black as in MNIST: one of several common ways to write the digit
 * ({@link DigitShapes}), in a hand of its own ({@link Handwriting}), with a pen of its own ({@link Pen}). The k-th picture of a part
 * depends only on the seed, the part and k; its label is k modulo 10.
 *
 * <p>They are no measure of real handwriting: figures on them say that everything works, not how good a network is.
 */
public final class GeneratedDigits {

    /** H and W of a picture. */
    public static final int SIDE = 28;

    private static final int CLASSES = 10;
    private static final int MOST_PER_CLASS = 100_000;

    private final Part training;
    private final Part test;

    private GeneratedDigits(Part training, Part test) {
        this.training = training;
        this.test = test;
    }

    /**
     * Pictures with their labels.
     *
     * @param pictures [N, 28, 28] unsigned bytes
     * @param labels   [N] digits
     */
    public record Part(byte[] pictures, byte[] labels) {

        /** Returns N. */
        public int count() {
            return labels.length;
        }

        /** Returns a copy of one picture. */
        public Pixels picture(int index) {
            int size = SIDE * SIDE;
            return new Pixels(SIDE, SIDE, 1, Arrays.copyOfRange(pictures, index * size, (index + 1) * size));
        }
    }

    /**
     * Draws the digits, on all processors; some 50 microseconds each.
     *
     * @param perClassTraining pictures of each digit to train on, 0 to 100,000
     * @param perClassTest     pictures of each digit to test on, 0 to 100,000; drawn alike, none of them in training
     * @throws Problem if a number is out of range
     */
    public static GeneratedDigits generate(int perClassTraining, int perClassTest, long seed) {
        check("training", perClassTraining);
        check("test", perClassTest);
        return new GeneratedDigits(part(perClassTraining, seed, Split.TRAINING), part(perClassTest, seed, Split.TEST));
    }

    private static void check(String part, int perClass) {
        if (perClass >= 0 && perClass <= MOST_PER_CLASS) return;
        throw new Problem(
                "Pictures of each digit must be 0 to " + MOST_PER_CLASS + ", not " + perClass + ".",
                "generated digits, " + part,
                "choose 600 to train on and 100 to test on if in doubt");
    }

    private static Part part(int perClass, long seed, Split split) {
        int count = perClass * CLASSES;
        byte[] pictures = new byte[count * SIDE * SIDE];
        byte[] labels = new byte[count];
        IntStream.range(0, count).parallel().forEach(index -> {
            SplitMix random = new SplitMix(0);
            random.restart(seed, split.ordinal(), index);
            labels[index] = (byte) (index % CLASSES);
            draw(index % CLASSES, random, pictures, index * SIDE * SIDE);
        });
        return new Part(pictures, labels);
    }

    private static void draw(int digit, SplitMix random, byte[] pictures, int offset) {
        var shapes = DigitShapes.of(digit);
        var shape = shapes.get(random.nextInt(shapes.size()));
        Handwriting hand = new Handwriting(random, SIDE);
        double radius = hand.between(0.6, 1.9);
        double softness = hand.between(0.9, 1.6);
        Pen pen = new Pen(SIDE, radius, softness);
        for (double[] stroke : hand.write(shape.strokes(), radius + 1)) pen.draw(stroke);
        pen.copyTo(pictures, offset, hand.between(190, 255));
    }

    /** Returns the pictures to train on. */
    public Part training() {
        return training;
    }

    /** Returns the pictures to test on. */
    public Part test() {
        return test;
    }

    /**
     * Writes four files as MNIST has them, which the importer of idx files reads.
     *
     * @throws Problem if the folder cannot be written to
     */
    public void write(Path folder) {
        write(training, folder, "train");
        write(test, folder, "t10k");
    }

    private static void write(Part part, Path folder, String prefix) {
        IdxWriter.writePictures(part.pictures(), SIDE, SIDE, folder.resolve(prefix + "-images-idx3-ubyte.gz"));
        IdxWriter.writeLabels(part.labels(), folder.resolve(prefix + "-labels-idx1-ubyte.gz"));
    }
}
