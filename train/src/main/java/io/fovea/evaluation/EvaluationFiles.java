package io.fovea.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.file.AtomicFile;
import io.fovea.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * An evaluation as files that other programs read.
 *
 * <ul>
 *   <li>{@code evaluation.json}: all numbers, the most confused pairs and the hardest pictures
 *   <li>{@code confusion.csv}: [K, K] counts with class names: row = true class, column = predicted class
 *   <li>{@code per-class.csv}: precision, recall with its interval, F1 and support of each class
 *   <li>{@code predictions.csv}: every picture with its label, prediction, probability and loss
 *   <li>{@code confusion.png}: the matrix as a picture
 * </ul>
 */
public final class EvaluationFiles {

    /** How many of the hardest pictures and most confused pairs the JSON lists. */
    private static final int LISTED = 50;

    /** Beyond this the picture would have more pixels than a screen shows, and the CSV says it better. */
    private static final int MOST_DRAWN_CLASSES = 2000;

    private EvaluationFiles() {}

    /**
     * Writes the files of either kind of verdict into {@code folder}.
     *
     * @throws Problem if the folder cannot be written
     */
    public static void write(Verdict verdict, Path folder) {
        switch (verdict) {
            case Evaluation evaluation -> write(evaluation, folder);
            case RegressionEvaluation _ -> throw new UnsupportedOperationException("not yet");
        }
    }

    /**
     * Writes the files into {@code folder}, each complete or not at all; makes the folder if it is missing.
     *
     * @throws Problem if the folder cannot be written
     */
    public static void write(Evaluation evaluation, Path folder) {
        write(folder.resolve("confusion.csv"), confusion(evaluation));
        write(folder.resolve("per-class.csv"), perClass(evaluation));
        write(folder.resolve("predictions.csv"), predictions(evaluation));
        if (evaluation.classNames().size() <= MOST_DRAWN_CLASSES) {
            ConfusionPicture.write(evaluation, folder.resolve("confusion.png"));
        }
        write(folder.resolve("evaluation.json"), json(evaluation));
    }

    private static void write(Path file, String text) {
        AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(Evaluation evaluation) {
        JsonMapper mapper = new JsonMapper();
        List<String> names = evaluation.classNames();
        ObjectNode root = mapper.createObjectNode();
        root.put("pictures", evaluation.pictures().size());
        put(root, "accuracy", evaluation.accuracy());
        if (names.size() > 5) put(root, "top5Accuracy", evaluation.topK(5));
        root.put("meanLoss", evaluation.meanLoss());
        root.putObject("macroAverage")
                .put("precision", evaluation.macro().precision())
                .put("recall", evaluation.macro().recall())
                .put("f1", evaluation.macro().f1());
        names.forEach(root.putArray("classNames")::add);
        for (ClassReport report : evaluation.classes()) {
            ObjectNode entry = root.withArray("perClass").addObject();
            entry.put("name", report.name()).put("label", report.label()).put("support", report.support());
            put(entry, "precision", report.precision());
            put(entry, "recall", report.recall());
            entry.put("f1", report.f1());
        }
        root.putArray("mostConfused");
        for (ConfusedPair pair : evaluation.mostConfused(LISTED)) {
            root.withArray("mostConfused")
                    .addObject()
                    .put("label", pair.label())
                    .put("className", names.get(pair.label()))
                    .put("predicted", pair.predicted())
                    .put("predictedName", names.get(pair.predicted()))
                    .put("count", pair.count());
        }
        for (JudgedPicture picture : evaluation.hardest(LISTED)) {
            root.withArray("hardest")
                    .addObject()
                    .put("position", picture.position())
                    .put("source", picture.source())
                    .put("label", picture.label())
                    .put("className", names.get(picture.label()))
                    .put("predicted", picture.predicted())
                    .put("predictedName", names.get(picture.predicted()))
                    .put("probability", picture.probability())
                    .put("loss", picture.loss())
                    .put("rank", picture.rank());
        }
        for (long[] row : evaluation.confusion()) {
            root.withArray("confusion").add(mapper.<JsonNode>valueToTree(row));
        }
        try {
            return mapper.writerWithDefaultPrettyPrinter()
                            .writeValueAsString(root)
                            .replace("\r\n", "\n") + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of numbers and names is always JSON", e);
        }
    }

    private static void put(ObjectNode node, String name, Proportion share) {
        node.putObject(name)
                .put("value", share.value())
                .put("low", share.low())
                .put("high", share.high())
                .put("hits", share.hits())
                .put("count", share.count());
    }

    private static String confusion(Evaluation evaluation) {
        List<String> names = evaluation.classNames();
        StringBuilder csv = new StringBuilder();
        line(csv, Stream.concat(Stream.of("true \\ predicted"), names.stream()));
        for (int label = 0; label < names.size(); label++) {
            Stream<String> counts = LongStream.of(evaluation.confusion()[label]).mapToObj(Long::toString);
            line(csv, Stream.concat(Stream.of(names.get(label)), counts));
        }
        return csv.toString();
    }

    private static String perClass(Evaluation evaluation) {
        StringBuilder csv = new StringBuilder();
        line(csv, Stream.of("label", "name", "support", "precision", "recall", "recallLow", "recallHigh", "f1"));
        for (ClassReport report : evaluation.classes()) {
            Proportion recall = report.recall();
            line(
                    csv,
                    Stream.of(
                            Integer.toString(report.label()),
                            report.name(),
                            Long.toString(report.support()),
                            number(report.precision().value()),
                            number(recall.value()),
                            number(recall.low()),
                            number(recall.high()),
                            number(report.f1())));
        }
        return csv.toString();
    }

    private static String predictions(Evaluation evaluation) {
        List<String> names = evaluation.classNames();
        StringBuilder csv = new StringBuilder();
        line(
                csv,
                Stream.of("position", "source", "label", "name", "predicted", "predictedName", "probability", "loss"));
        for (JudgedPicture picture : evaluation.pictures()) {
            line(
                    csv,
                    Stream.of(
                            Integer.toString(picture.position()),
                            picture.source(),
                            Integer.toString(picture.label()),
                            names.get(picture.label()),
                            Integer.toString(picture.predicted()),
                            names.get(picture.predicted()),
                            number(picture.probability()),
                            number(picture.loss())));
        }
        return csv.toString();
    }

    /** Six digits after the point; by hand, as a formatter takes longer than the evaluation. */
    private static String number(double value) {
        long millionths = Math.round(value * 1e6);
        String fraction = Long.toString(millionths % 1_000_000);
        return millionths / 1_000_000 + "." + "0".repeat(6 - fraction.length()) + fraction;
    }

    private static void line(StringBuilder csv, Stream<String> fields) {
        csv.append(fields.map(EvaluationFiles::quoted).collect(Collectors.joining(",")))
                .append('\n');
    }

    /** RFC 4180, section 2: fields with commas, quotes or line breaks stand in quotes, and quotes inside are doubled. */
    private static String quoted(String field) {
        boolean special = field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return special ? "\"" + field.replace("\"", "\"\"") + "\"" : field;
    }
}
