package io.fovea.training;

import io.fovea.file.AtomicFile;
import io.fovea.training.TrainingEvent.EpochFinished;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** {@code results.csv}: a row per epoch, written anew after each. */
final class ResultsTable {

    private static final String HEADER =
            "epoch,step,train_loss,train_accuracy,validation_loss,validation_accuracy,learning_rate,images_per_second";

    private ResultsTable() {}

    static void write(List<EpochFinished> epochs, Path file) {
        StringBuilder table = new StringBuilder(HEADER).append('\n');
        for (EpochFinished epoch : epochs) table.append(row(epoch)).append('\n');
        AtomicFile.write(file, table.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String row(EpochFinished epoch) {
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
