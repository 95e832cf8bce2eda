package io.fovea.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.task.Proportion;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A classifier's evaluation as JSON and CSV. */
final class ClassificationFiles {

    /** How many of the hardest pictures and most confused pairs the JSON lists. */
    private static final int LISTED = 50;

    private ClassificationFiles() {}

    static ObjectNode json(Evaluation evaluation) {
        JsonMapper mapper = new JsonMapper();
        List<String> names = evaluation.classNames();
        ObjectNode root = mapper.createObjectNode();
        root.put("pictures", evaluation.pictures().size());
        put(root, "accuracy", evaluation.accuracy());
        if (names.size() > 5) put(root, "top5Accuracy", evaluation.topK(5));
        boolean loss = hasLoss(evaluation);
        if (loss) root.put("meanLoss", evaluation.meanLoss());
        root.putObject("macroAverage")
                .put("precision", evaluation.macro().precision())
                .put("recall", evaluation.macro().recall())
                .put("f1", evaluation.macro().f1());
        put(root.putObject("calibration"), evaluation.calibration());
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
            ObjectNode entry = root.withArray("hardest")
                    .addObject()
                    .put("position", picture.position())
                    .put("source", picture.source())
                    .put("label", picture.label())
                    .put("className", names.get(picture.label()))
                    .put("predicted", picture.predicted())
                    .put("predictedName", names.get(picture.predicted()))
                    .put("probability", picture.probability());
            if (loss) entry.put("loss", picture.loss());
            entry.put("rank", picture.rank());
        }
        for (long[] row : evaluation.confusion()) {
            root.withArray("confusion").add(mapper.<JsonNode>valueToTree(row));
        }
        return root;
    }

    private static boolean hasLoss(Evaluation evaluation) {
        return evaluation.meaning() == Evaluation.Meaning.LOGITS;
    }

    private static void put(ObjectNode node, String name, Proportion share) {
        node.putObject(name)
                .put("value", share.value())
                .put("low", share.low())
                .put("high", share.high())
                .put("hits", share.hits())
                .put("count", share.count());
    }

    private static void put(ObjectNode node, Calibration calibration) {
        node.put("expectedError", calibration.expectedError()).put("excess", calibration.excess());
        for (Calibration.Bin bin : calibration.bins()) {
            ObjectNode entry = node.withArray("bins").addObject();
            entry.put("low", bin.low()).put("high", bin.high()).put("probability", bin.probability());
            put(entry, "right", bin.right());
        }
    }

    static Csv confusion(Evaluation evaluation) {
        List<String> names = evaluation.classNames();
        Csv csv = new Csv();
        csv.line(Stream.concat(Stream.of("true \\ predicted"), names.stream()));
        for (int label = 0; label < names.size(); label++) {
            Stream<String> counts = LongStream.of(evaluation.confusion()[label]).mapToObj(Long::toString);
            csv.line(Stream.concat(Stream.of(names.get(label)), counts));
        }
        return csv;
    }

    static Csv perClass(Evaluation evaluation) {
        Csv csv = new Csv();
        csv.line(Stream.of("label", "name", "support", "precision", "recall", "recallLow", "recallHigh", "f1"));
        for (ClassReport report : evaluation.classes()) {
            Proportion recall = report.recall();
            csv.line(Stream.of(
                    Integer.toString(report.label()),
                    report.name(),
                    Long.toString(report.support()),
                    Csv.number(report.precision().value()),
                    Csv.number(recall.value()),
                    Csv.number(recall.low()),
                    Csv.number(recall.high()),
                    Csv.number(report.f1())));
        }
        return csv;
    }

    static Csv predictions(Evaluation evaluation) {
        List<String> names = evaluation.classNames();
        Csv csv = new Csv();
        boolean loss = hasLoss(evaluation);
        Stream<String> columns =
                Stream.of("position", "source", "label", "name", "predicted", "predictedName", "probability");
        csv.line(loss ? Stream.concat(columns, Stream.of("loss")) : columns);
        for (JudgedPicture picture : evaluation.pictures()) {
            Stream<String> cells = Stream.of(
                    Integer.toString(picture.position()),
                    picture.source(),
                    Integer.toString(picture.label()),
                    names.get(picture.label()),
                    Integer.toString(picture.predicted()),
                    names.get(picture.predicted()),
                    Csv.number(picture.probability()));
            csv.line(loss ? Stream.concat(cells, Stream.of(Csv.number(picture.loss()))) : cells);
        }
        return csv;
    }
}
