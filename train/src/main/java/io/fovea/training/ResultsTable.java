package io.fovea.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** {@code results.csv}: a row per epoch, made anew from the events each time. */
final class ResultsTable {

    private static final String HEADER =
            "epoch,step,train_loss,train_accuracy,validation_loss,validation_accuracy,learning_rate,images_per_second";

    private ResultsTable() {}

    static void write(List<TrainingEvent> events, Path file) throws IOException {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (TrainingEvent event : events) {
            if (event instanceof TrainingEvent.EpochFinished epoch) lines.add(row(epoch));
        }
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.write(beside, lines, StandardCharsets.UTF_8);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String row(TrainingEvent.EpochFinished epoch) {
        return String.format(
                Locale.ROOT,
                "%d,%d,%.6f,%.6f,%s,%s,%.8g,%.1f",
                epoch.epoch(),
                epoch.step(),
                epoch.trainLoss(),
                epoch.trainAccuracy(),
                cell(epoch.validationLoss()),
                cell(epoch.validationAccuracy()),
                epoch.learningRate(),
                epoch.imagesPerSecond());
    }

    private static String cell(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.6f", value.getAsDouble()) : "";
    }
}
