package io.fovea.benchmark;

import io.fovea.batch.Augmentation;
import io.fovea.batch.Batch;
import io.fovea.batch.BatchLoader;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.evaluation.ReconstructionEvaluation;
import io.fovea.learning.Learning;
import io.fovea.task.Reconstruction;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_photo;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Takes noise off grey pictures by OpenCV's {@code fastNlMeansDenoising} with its usual windows, 7 and 21, and a strength h that was chosen on
 * training pictures.
 *
 * <p>Source: Buades, Coll and Morel 2005, doi:10.1109/CVPR.2005.38.
 */
final class NonLocalMeans {

    private static final int TEMPLATE = 7;
    private static final int SEARCH = 21;
    private static final int COARSE = 16;
    private static final int FINE = 4;
    private static final int LARGEST = 160;
    private static final int CHOSEN_ON = 1_000;

    private NonLocalMeans() {}

    /** What the noise is, taken off or not, on average over pictures, in decibel. */
    record Judged(double h, int chosenOn, double before, double after) {}

    /** Chooses h on training pictures and judges all test pictures, with the noise that the lab shows its network. */
    static Judged judge(Dataset dataset, double noise) {
        int some = Math.min(CHOSEN_ON, dataset.count(Split.TRAINING));
        List<Noisy> training = noisy(dataset, Split.TRAINING, some, noise);
        double h = best(strength -> mean(training, strength));
        List<Noisy> test = noisy(dataset, Split.TEST, dataset.count(Split.TEST), noise);
        double before = test.stream()
                .mapToDouble(picture -> decibel(picture.shown(), picture.clean()))
                .average()
                .orElseThrow();
        return new Judged(h, some, before, mean(test, h));
    }

    /** Returns the strength of the largest value: first on a coarse grid, then about its best place on a fine one. */
    static double best(DoubleUnaryOperator value) {
        double coarse = best(COARSE, LARGEST, COARSE, value);
        return best(coarse - COARSE + FINE, coarse + COARSE - FINE, FINE, value);
    }

    private static double best(double from, double to, double step, DoubleUnaryOperator value) {
        double best = from;
        double most = Double.NEGATIVE_INFINITY;
        for (double h = from; h <= to; h += step) {
            double reached = value.applyAsDouble(h);
            if (reached > most) {
                most = reached;
                best = h;
            }
        }
        return best;
    }

    /** A picture [H, W] with noise and without. */
    private record Noisy(int height, int width, byte[] shown, byte[] clean) {}

    private static List<Noisy> noisy(Dataset dataset, Split split, int count, double noise) {
        Learning learning = Learning.of(new Reconstruction(), Augmentation.NONE.withNoise(noise));
        try (BatchLoader loader = new BatchLoader(dataset, split, learning.evaluation(1, 0))) {
            loader.start(0, 0);
            return IntStream.range(0, count).mapToObj(_ -> noisy(loader.next())).toList();
        }
    }

    private static Noisy noisy(Optional<Batch> next) {
        Batch batch = next.orElseThrow();
        int length = batch.height() * batch.width();
        return new Noisy(
                batch.height(),
                batch.width(),
                Arrays.copyOf(batch.pixels(), length),
                Arrays.copyOf(batch.clean(), length));
    }

    private static double mean(List<Noisy> pictures, double h) {
        return pictures.parallelStream()
                .mapToDouble(picture ->
                        decibel(denoised(picture.shown(), picture.height(), picture.width(), h), picture.clean()))
                .average()
                .orElseThrow();
    }

    /** Returns a picture [H, W] without noise. */
    static byte[] denoised(byte[] picture, int height, int width, double h) {
        try (BytePointer bytes = new BytePointer(picture);
                Mat from = new Mat(height, width, opencv_core.CV_8UC1, bytes);
                Mat to = new Mat()) {
            opencv_photo.fastNlMeansDenoising(from, to, (float) h, TEMPLATE, SEARCH);
            byte[] back = new byte[height * width];
            to.data().get(back);
            return back;
        }
    }

    private static double decibel(byte[] one, byte[] other) {
        long sum = 0;
        for (int i = 0; i < one.length; i++) {
            int difference = (one[i] & 0xff) - (other[i] & 0xff);
            sum += difference * difference;
        }
        return ReconstructionEvaluation.decibel(sum / (255.0 * 255.0 * one.length));
    }
}
