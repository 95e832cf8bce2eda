package io.fovea.evaluation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.image.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** A regression's evaluation as JSON and CSV. */
final class RegressionFiles {

    private static final int LISTED = 50;

    private RegressionFiles() {}

    static ObjectNode json(RegressionEvaluation evaluation) {
        ObjectNode root = new JsonMapper().createObjectNode();
        root.put("pictures", evaluation.pictures().size());
        root.put("unit", evaluation.unit().words());
        put(root, "meanError", evaluation.meanError());
        root.put("guessError", evaluation.guessError());
        root.putArray("perTarget");
        for (TargetReport report : evaluation.targetReports()) {
            ObjectNode entry = root.withArray("perTarget").addObject();
            entry.put("name", report.target().name())
                    .put("axis", report.target().axis().name().toLowerCase(Locale.ROOT));
            put(entry, "rootMeanSquareError", report.rootMeanSquare());
            put(entry, "meanAbsoluteError", report.meanAbsolute());
            entry.put("guessRootMeanSquareError", report.guessRootMeanSquare())
                    .put("guessMeanAbsoluteError", report.guessMeanAbsolute());
        }
        root.putArray("perPoint");
        for (PointReport report : evaluation.points()) {
            ObjectNode entry = root.withArray("perPoint").addObject().put("name", report.name());
            put(entry, "meanError", report.meanError());
            entry.put("guessError", report.guessError());
        }
        root.putArray("hardest");
        for (JudgedValues picture : evaluation.hardest(LISTED)) {
            ObjectNode entry = root.withArray("hardest")
                    .addObject()
                    .put("position", picture.position())
                    .put("source", picture.source())
                    .put("error", picture.error());
            put(entry, "truth", evaluation.targets(), picture.truth());
            put(entry, "predicted", evaluation.targets(), picture.predicted());
        }
        return root;
    }

    private static void put(ObjectNode node, String name, Estimate estimate) {
        node.putObject(name)
                .put("value", estimate.value())
                .put("low", estimate.low())
                .put("high", estimate.high())
                .put("count", estimate.count());
    }

    private static void put(ObjectNode node, String name, List<Target> targets, double[] values) {
        ObjectNode entry = node.putObject(name);
        for (int t = 0; t < values.length; t++) entry.put(targets.get(t).name(), values[t]);
    }

    /** A line for each picture: its source, the true values, the predicted ones, the error. */
    static Csv predictions(RegressionEvaluation evaluation) {
        List<String> names = evaluation.targets().stream().map(Target::name).toList();
        Csv csv = new Csv();
        csv.line(Stream.of(
                        Stream.of("position", "source"),
                        names.stream(),
                        names.stream().map(name -> "predicted " + name),
                        Stream.of("error"))
                .flatMap(fields -> fields));
        for (JudgedValues picture : evaluation.pictures()) {
            Stream<String> values = Stream.of(
                            Arrays.stream(picture.truth()),
                            Arrays.stream(picture.predicted()),
                            DoubleStream.of(picture.error()))
                    .flatMap(DoubleStream::boxed)
                    .map(Csv::number);
            csv.line(Stream.concat(Stream.of(Integer.toString(picture.position()), picture.source()), values));
        }
        return csv;
    }
}
