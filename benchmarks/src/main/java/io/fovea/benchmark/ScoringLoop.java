package io.fovea.benchmark;

import io.fovea.codec.PictureLimits;
import io.fovea.predict.Answer;
import io.fovea.predict.Decoder;
import io.fovea.predict.Prediction;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Verification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * All pictures of a folder by one process: a thread for each core takes the next file, decodes it and asks, a picture at a time; then a table is
 * written. Run in a JVM of its own; prints one line of JSON.
 */
final class ScoringLoop {

    private ScoringLoop() {}

    /** @param arguments model file, folder, table */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<Path> pictures;
        try (Stream<Path> files = Files.walk(Path.of(arguments[1]))) {
            pictures = files.filter(Files::isRegularFile).sorted().toList();
        }
        Prediction[] answers = new Prediction[pictures.size()];
        AtomicInteger next = new AtomicInteger();
        AtomicLong first = new AtomicLong();
        PredictionOptions options = PredictionOptions.DEFAULT.withThreads(1).withVerification(Verification.REPLAY);
        try (Decoder decoder = Decoder.load(Path.of(arguments[0]), options)) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++)
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int at = next.getAndIncrement(); at < answers.length; at = next.getAndIncrement()) {
                        answers[at] = (Prediction) answer(decoder, pictures.get(at));
                        first.compareAndSet(0, System.nanoTime());
                    }
                }));
            for (Thread each : threads) each.join();
        }
        try (var table = Files.newBufferedWriter(Path.of(arguments[2]))) {
            for (int i = 0; i < answers.length; i++)
                table.write(pictures.get(i) + "," + answers[i].best().label() + ","
                        + answers[i].best().probability() + "\n");
        }
        double seconds = (System.nanoTime() - first.get()) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "{\"pictures\":%d,\"picturesPerSecond\":%.2f}%n",
                answers.length,
                (answers.length - 1) / seconds);
    }

    private static Answer answer(Decoder decoder, Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            return decoder.answers(List.of(decoder.place(bytes, file.toString(), PictureLimits.DEFAULT)))
                    .getFirst();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
