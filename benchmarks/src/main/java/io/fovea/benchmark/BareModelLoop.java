package io.fovea.benchmark;

import io.fovea.codec.PictureLimits;
import io.fovea.predict.Decoder;
import io.fovea.predict.PlacedPicture;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many pictures a second a model answers for with nothing around it: the best of several ways to share processors among callers, threads of
 * a run and pictures of a run, all with the same decoding. Prints one line of JSON.
 */
final class BareModelLoop {

    private static final double WARM_UP_SECONDS = 1;

    private BareModelLoop() {}

    /** @param arguments model file, picture file, seconds of each way */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path model = Path.of(arguments[0]);
        byte[] picture = Files.readAllBytes(Path.of(arguments[1]));
        double seconds = Double.parseDouble(arguments[2]);
        int processors = Runtime.getRuntime().availableProcessors();
        double best = 0;
        String way = "";
        for (int threads : processors == 1 ? List.of(1) : List.of(1, processors)) {
            PredictionOptions options =
                    PredictionOptions.DEFAULT.withThreads(threads).withVerification(Verification.SKIP);
            try (Decoder decoder = Decoder.load(model, options)) {
                for (int callers : processors == 1 ? List.of(1) : List.of(1, processors)) {
                    for (int batch : List.of(1, 4, 16)) {
                        loop(decoder, picture, callers, batch, WARM_UP_SECONDS);
                        double rate = loop(decoder, picture, callers, batch, seconds);
                        if (rate <= best) continue;
                        best = rate;
                        way = callers + " callers, " + threads + " threads, batch " + batch;
                    }
                }
            }
        }
        System.out.printf(Locale.ROOT, "{\"picturesPerSecond\":%.2f,\"way\":\"%s\"}%n", best, way);
    }

    private static double loop(Decoder decoder, byte[] picture, int callers, int batch, double seconds)
            throws InterruptedException {
        AtomicLong answered = new AtomicLong();
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * 1e9);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++)
            threads.add(Thread.ofPlatform().start(() -> {
                while (System.nanoTime() < end) {
                    List<PlacedPicture> placed = new ArrayList<>(Collections.nCopies(batch, null));
                    placed.replaceAll(_ -> decoder.place(picture, "picture", PictureLimits.DEFAULT));
                    answered.addAndGet(decoder.answers(placed).size());
                }
            }));
        for (Thread thread : threads) thread.join();
        return answered.get() / ((System.nanoTime() - begin) / 1e9);
    }
}
