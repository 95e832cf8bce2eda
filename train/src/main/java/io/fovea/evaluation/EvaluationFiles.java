package io.fovea.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.chart.ChartFile;
import io.fovea.file.AtomicFile;
import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * A verdict as files that other programs read.
 *
 * <p>Of a classifier:
 * <ul>
 *   <li>{@code evaluation.json}: all numbers, the most confused pairs and the hardest pictures
 *   <li>{@code confusion.csv}: [K, K] counts with class names: row = true class, column = predicted class
 *   <li>{@code per-class.csv}: precision, recall with its interval, F1 and support of each class
 *   <li>{@code predictions.csv}: every picture with its label, prediction, probability and loss, which votes have not
 *   <li>{@code confusion.svg} and {@code .png}: the matrix as a picture
 *   <li>{@code calibration.svg} and {@code .png}: whether it is as often right as it says
 * </ul>
 *
 * <p>Of a regression:
 * <ul>
 *   <li>{@code evaluation.json}: the mean error, that of every target and point, and of guessing; the hardest pictures
 *   <li>{@code predictions.csv}: every picture with its true values, predicted ones and error
 *   <li>{@code predictions.svg} and {@code .png}: predictions over truth, drawn on pictures; plain values one against the other
 * </ul>
 *
 * <p>Of a segmentation:
 * <ul>
 *   <li>{@code evaluation.json}: scores of all pixels, of each class, and the confusion
 *   <li>{@code confusion.csv}: [K, K] pixels; {@code per-class.csv}; {@code predictions.csv}: the scores of every picture
 *   <li>{@code worst.png}: the pictures of lowest score, each beside its true and its predicted classes; {@code hardest/}: each of them alone
 * </ul>
 *
 * <p>Of a reconstruction: {@code evaluation.json}, {@code predictions.csv} and {@code examples.png}: pictures as they were shown, as they came
 * back, as they are; {@code hardest/}: the same of those that came least near, each alone.
 */
public final class EvaluationFiles {

    /** Beyond this the picture would have more pixels than a screen shows, and the CSV says it better. */
    private static final int MOST_DRAWN_CLASSES = 2000;

    private EvaluationFiles() {}

    /**
     * Writes the files into {@code folder}, each complete or not at all; makes the folder if it is missing.
     *
     * @param pictures gives the prepared picture at a position of the split, to draw on
     * @throws Problem if the folder cannot be written
     */
    public static void write(Verdict verdict, IntFunction<Pixels> pictures, Path folder) {
        verdict.write(pictures, folder);
    }

    /**
     * Writes the files of a classifier.
     *
     * @throws Problem if the folder cannot be written
     */
    public static void write(Evaluation evaluation, Path folder) {
        write(
                folder.resolve("confusion.csv"),
                ClassificationFiles.confusion(evaluation).toString());
        write(
                folder.resolve("per-class.csv"),
                ClassificationFiles.perClass(evaluation).toString());
        write(
                folder.resolve("predictions.csv"),
                ClassificationFiles.predictions(evaluation).toString());
        if (evaluation.classNames().size() <= MOST_DRAWN_CLASSES) {
            ChartFile.write(ConfusionPicture.draw(evaluation), folder, "confusion");
        }
        ChartFile.write(CalibrationPicture.draw(evaluation.calibration()), folder, "calibration");
        write(folder.resolve("evaluation.json"), text(ClassificationFiles.json(evaluation)));
    }

    static void write(RegressionEvaluation evaluation, IntFunction<Pixels> pictures, Path folder) {
        write(
                folder.resolve("predictions.csv"),
                RegressionFiles.predictions(evaluation).toString());
        ChartFile.write(PredictionPicture.draw(evaluation, pictures), folder, "predictions");
        write(folder.resolve("evaluation.json"), text(RegressionFiles.json(evaluation)));
    }

    static void write(Path file, String text) {
        AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    static void writeJson(Path file, Map<String, Object> figures) {
        write(file, text(new JsonMapper().valueToTree(figures)));
    }

    private static String text(ObjectNode root) {
        try {
            return new JsonMapper()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(root)
                            .replace("\r\n", "\n")
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of numbers and names is always JSON", e);
        }
    }
}
