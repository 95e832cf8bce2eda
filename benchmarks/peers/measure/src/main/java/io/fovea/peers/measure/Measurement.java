package io.fovea.peers.measure;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;

/**
 * The settings of one timed training, and its run: warm-up steps, timed steps, one line of JSON on standard output.
 *
 * @param data      the folder that holds {@code mnist}
 * @param steps     timed steps
 * @param warmUp    steps before the clock starts
 * @param batchSize N
 * @param threads   compute threads of the library
 * @param seed      of the order of the pictures
 */
public record Measurement(Path data, int steps, int warmUp, int batchSize, int threads, long seed) {

    /** Steps at the end whose losses make up the reported one; a single batch says little. */
    private static final int LOSS_STEPS = 20;

    /**
     * Reads {@code --data DIR --steps N --warm-up N --batch N --threads N --seed N}; the folder defaults to {@code $FOVEA_DATA}.
     *
     * @throws IllegalArgumentException for an unknown option
     */
    public static Measurement of(String... arguments) {
        String data = System.getenv().getOrDefault("FOVEA_DATA", "../shared/data");
        int steps = 400;
        int warmUp = 100;
        int batchSize = 64;
        int threads = 2;
        long seed = 1;
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--data" -> data = value;
                case "--steps" -> steps = Integer.parseInt(value);
                case "--warm-up" -> warmUp = Integer.parseInt(value);
                case "--batch" -> batchSize = Integer.parseInt(value);
                case "--threads" -> threads = Integer.parseInt(value);
                case "--seed" -> seed = Long.parseLong(value);
                default -> throw new IllegalArgumentException("Unknown option " + arguments[i]);
            }
        }
        return new Measurement(Path.of(data), steps, warmUp, batchSize, threads, seed);
    }

    /**
     * Trains and prints {@code {"peer", "version", "imagesPerSecond", "steps", "batchSize", "threads", "finalLoss"}}.
     *
     * <p>A timed step is a whole one: gathering the shuffled pictures from their bytes, normalising, forward, backward, update.
     */
    public void run(String peer, String version, Function<Measurement, StepTraining> library) {
        Digits digits = Digits.read(data.resolve("mnist"), seed);
        int values = batchSize * StepTraining.SIDE * StepTraining.SIDE;
        FloatBuffer pictures = ByteBuffer.allocateDirect(values * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
        int[] labels = new int[batchSize];
        try (StepTraining training = library.apply(this)) {
            for (int step = 0; step < warmUp; step++) {
                digits.fill(pictures, labels);
                training.step(pictures, labels);
            }
            double loss = 0;
            int losses = Math.min(LOSS_STEPS, steps);
            long start = System.nanoTime();
            for (int step = 0; step < steps; step++) {
                digits.fill(pictures, labels);
                training.step(pictures, labels);
                if (step >= steps - losses) loss += training.loss() / losses;
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(Locale.ROOT, """
                    {"peer":"%s","version":"%s","imagesPerSecond":%.1f,"steps":%d,"batchSize":%d,"threads":%d,"finalLoss":%.5f}%n\
                    """, peer, version, steps * (double) batchSize / seconds, steps, batchSize, threads, loss);
        }
    }
}
