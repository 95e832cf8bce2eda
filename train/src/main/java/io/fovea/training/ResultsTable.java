package io.fovea.training;

import io.fovea.file.AtomicFile;
import io.fovea.training.TrainingEvent.EpochFinished;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** {@code results.csv}: a row per epoch, written anew after each. A regression has errors in the place of accuracies. */
final class ResultsTable {

    private static final String HEADER =
            "epoch,step,train_loss,train_%1$s,validation_loss,validation_%1$s,learning_rate,images_per_second";

    private ResultsTable() {}

    static void write(List<EpochFinished> epochs, Goal goal, Path file) {
        StringBuilder table = new StringBuilder();
        table.append(String.format(Locale.ROOT, HEADER, goal.isRegression() ? "error" : "accuracy"))
                .append('\n');
        for (EpochFinished epoch : epochs) table.append(row(epoch)).append('\n');
        AtomicFile.write(file, table.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String row(EpochFinished epoch) {
        return String.format(
                Locale.ROOT,
                "%d,%d,%.6f,%s,%s,%s,%.8g,%.1f",
                epoch.epoch(),
                epoch.step(),
                epoch.trainLoss(),
                cell(epoch.trainAccuracy(), epoch.trainError()),
                cell(epoch.validationLoss(), epoch.validationLoss()),
                cell(epoch.validationAccuracy(), epoch.validationError()),
                epoch.learningRate(),
                epoch.imagesPerSecond());
    }

    /** The first of both that is there. */
    private static String cell(OptionalDouble one, OptionalDouble other) {
        OptionalDouble value = one.isPresent() ? one : other;
        return value.isPresent() ? String.format(Locale.ROOT, "%.6f", value.getAsDouble()) : "";
    }
}
