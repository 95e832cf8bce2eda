package io.fovea.training;

import io.fovea.event.TrainingEvent.EpochFinished;
import io.fovea.file.AtomicFile;
import io.fovea.task.Measure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code results.csv}: a row per epoch, written anew after each; a column for each measure, such as {@code train_accuracy}. */
final class ResultsTable {

    private ResultsTable() {}

    static void write(List<EpochFinished> epochs, Path file) {
        List<String> measures = epochs.isEmpty()
                ? List.of()
                : epochs.getFirst().train().stream().map(Measure::column).toList();
        StringBuilder table = new StringBuilder("epoch,step,train_loss");
        measures.forEach(name -> table.append(",train_").append(name));
        table.append(",validation_loss");
        measures.forEach(name -> table.append(",validation_").append(name));
        table.append(",learning_rate,images_per_second\n");
        for (EpochFinished epoch : epochs) table.append(row(epoch, measures)).append('\n');
        AtomicFile.write(file, table.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String row(EpochFinished epoch, List<String> measures) {
        List<String> cells = new ArrayList<>();
        cells.add(Integer.toString(epoch.epoch()));
        cells.add(Long.toString(epoch.step()));
        cells.add(number(epoch.trainLoss()));
        measures.forEach(name -> cells.add(cell(epoch.train(), name)));
        cells.add(
                epoch.validationLoss().isPresent()
                        ? number(epoch.validationLoss().getAsDouble())
                        : "");
        measures.forEach(name -> cells.add(cell(epoch.validation(), name)));
        cells.add(String.format(Locale.ROOT, "%.8g", epoch.learningRate()));
        cells.add(String.format(Locale.ROOT, "%.1f", epoch.imagesPerSecond()));
        return String.join(",", cells);
    }

    /** Returns a measure by its column; empty where it was not taken. */
    private static String cell(List<Measure> measures, String column) {
        return measures.stream()
                .filter(measure -> measure.column().equals(column))
                .map(measure -> number(measure.value()))
                .findFirst()
                .orElse("");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
