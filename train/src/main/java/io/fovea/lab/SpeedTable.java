package io.fovea.lab;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.image.Pixels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Table 4: how fast the whole network and the sliced ones answer, which the talk leaves open. */
final class SpeedTable {

    private static final List<Integer> PICTURES = List.of(1, 64);

    private SpeedTable() {}

    /**
     * A model that was measured.
     *
     * @param words        names it
     * @param microseconds per picture, for each {@link Setting} in the order of {@link #settings}
     */
    record Measured(String words, List<Double> microseconds) {}

    /** How pictures are handed over. */
    record Setting(int threads, int pictures) {

        String head() {
            return threads + (threads == 1 ? " thread" : " threads") + " ×" + pictures;
        }
    }

    /** Returns one thread and all, one picture at a time and many. */
    static List<Setting> settings(int threads) {
        return IntStream.of(1, threads)
                .distinct()
                .boxed()
                .flatMap(each -> PICTURES.stream().map(count -> new Setting(each, count)))
                .toList();
    }

    /** Measures the models of the column with the most pictures, on test pictures. */
    static List<Measured> measure(
            HybridFigures results, Dataset digits, List<Setting> settings, PredictionSpeed speed) {
        List<Measured> measured = new ArrayList<>();
        for (String method : List.of(HybridMethod.WHOLE_NETWORK, HybridMethod.USUAL, HybridMethod.SMALL)) {
            HybridRow row = results.largest(method).orElseThrow();
            List<Double> microseconds = new ArrayList<>();
            for (Setting setting : settings) {
                List<Pixels> pictures = IntStream.range(0, Math.min(setting.pictures(), digits.count(Split.TEST)))
                        .mapToObj(i -> digits.picture(Split.TEST, i))
                        .toList();
                microseconds.add(speed.microseconds(Path.of(row.bundle()), pictures, setting.threads()));
            }
            String words = row.references() == 0
                    ? method
                    : String.format(Locale.ROOT, "sliced, %,d references", row.references());
            measured.add(new Measured(words, microseconds));
        }
        return measured;
    }

    /** Returns the table; the first model is the one that others are compared with. */
    static Table of(List<Measured> measured, List<Setting> settings) {
        List<String> heads = new ArrayList<>(List.of("model"));
        for (Setting setting : settings) heads.add(setting.head());
        List<List<String>> rows = new ArrayList<>();
        for (Measured model : measured) {
            List<String> cells = new ArrayList<>(List.of(model.words()));
            for (double each : model.microseconds()) cells.add(String.format(Locale.ROOT, "%,.0f", each));
            rows.add(cells);
        }
        List<String> notes = new ArrayList<>();
        notes.add("Median in ONNX Runtime after warming up, pictures prepared; ×64: 64 pictures in one call, which"
                + " computes 16 at a time.");
        double whole = measured.getFirst().microseconds().getFirst();
        for (Measured model : measured.subList(1, measured.size())) {
            double share = model.microseconds().getFirst() / whole;
            notes.add(String.format(
                    Locale.ROOT,
                    share < 1
                            ? "%s: %.1f times as fast as %s, one picture on one thread."
                            : "%s: %.1f times as slow as %s, one picture on one thread.",
                    model.words(),
                    share < 1 ? 1 / share : share,
                    measured.getFirst().words()));
        }
        return new Table("speeds", "Microseconds per picture", heads, rows, notes);
    }
}
