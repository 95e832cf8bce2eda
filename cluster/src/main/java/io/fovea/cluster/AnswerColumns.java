package io.fovea.cluster;

import io.fovea.bundle.Manifest;
import io.fovea.predict.Answer;
import io.fovea.predict.ClassShare;
import io.fovea.predict.Classifier;
import io.fovea.predict.Decoder;
import io.fovea.predict.Mask;
import io.fovea.predict.Prediction;
import io.fovea.predict.RankedClass;
import io.fovea.predict.Reconstructed;
import io.fovea.predict.RegressedValue;
import io.fovea.predict.Regression;
import io.fovea.predict.Regressor;
import io.fovea.predict.Segmenter;
import io.fovea.predict.Unfamiliarity;
import io.fovea.problem.Problem;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a model tells of a picture as columns of a table, the same for every picture: the answer as its task gives it, and at the end why there is none.
 * Immutable; threads and processes may share it.
 *
 * @param columns in their order
 * @param ranks   how many classes are named where they are ranked
 * @param canTell whether the model can tell unfamiliar pictures
 */
record AnswerColumns(List<Column> columns, int ranks, boolean canTell) implements Serializable {

    /** The class that a classifier names; a table has it where classes are ranked, and only there. */
    static final String PREDICTION = "prediction";

    /** What is wrong with a picture; empty where it has an answer. */
    static final String PROBLEM = "problem";

    private static final List<Column> PROBLEM_COLUMNS = List.of(
            new Column(PROBLEM, Type.TEXT),
            new Column("problem_where", Type.TEXT),
            new Column("problem_do", Type.TEXT));

    /** What a column holds; any may be empty. */
    enum Type {
        TEXT,
        INTEGER,
        FLOAT,
        DOUBLE,
        BOOLEAN,
        /** A PNG file. */
        PICTURE
    }

    /** A column with its name. */
    record Column(String name, Type type) implements Serializable {}

    /** Copies; the copy can be sent to other processes. */
    AnswerColumns {
        columns = new ArrayList<>(columns);
    }

    /**
     * Returns the columns of a model.
     *
     * @param top how many classes are named where they are ranked
     * @throws Problem if two columns would have the same name, as Spark compares names: without regard to case
     */
    static AnswerColumns of(Manifest manifest, int top) {
        List<Column> columns = new ArrayList<>();
        Class<? extends Decoder> decoder = Decoder.typeFor(manifest.task());
        List<String> names = manifest.task().names();
        int ranks = Math.min(top, Math.max(1, names.size()));
        if (decoder == Classifier.class) {
            columns.add(new Column(PREDICTION, Type.TEXT));
            columns.add(new Column("label", Type.INTEGER));
            columns.add(new Column("probability", Type.FLOAT));
            for (int rank = 2; rank <= ranks; rank++) {
                columns.add(new Column("prediction_" + rank, Type.TEXT));
                columns.add(new Column("probability_" + rank, Type.FLOAT));
            }
        } else if (decoder == Regressor.class) {
            names.forEach(name -> columns.add(new Column(name, Type.DOUBLE)));
        } else {
            columns.add(new Column("height", Type.INTEGER));
            columns.add(new Column("width", Type.INTEGER));
            if (decoder == Segmenter.class)
                names.forEach(name -> columns.add(new Column("share_" + name, Type.DOUBLE)));
            columns.add(new Column(decoder == Segmenter.class ? "mask" : "made", Type.PICTURE));
        }
        boolean canTell = manifest.familiarity().isPresent();
        if (canTell) {
            columns.add(new Column("familiar", Type.BOOLEAN));
            columns.add(new Column("distance", Type.DOUBLE));
        }
        columns.addAll(PROBLEM_COLUMNS);
        Set<String> taken = new HashSet<>(Set.of(AnswerTable.PICTURE));
        for (Column column : columns)
            if (!taken.add(column.name().toLowerCase(Locale.ROOT)))
                throw new Problem(
                        "Two columns of the table would be called \"" + column.name() + "\".",
                        "the model \"" + manifest.name() + "\", its targets or classes",
                        "train it with other names, or with names that differ by more than case");
        return new AnswerColumns(columns, ranks, canTell);
    }

    /** Returns the values of a picture with an answer, null where a column is empty. */
    Object[] row(Answer answer) {
        List<Object> values = new ArrayList<>(columns.size());
        Optional<Unfamiliarity> unfamiliarity;
        if (answer instanceof Prediction prediction) {
            unfamiliarity = prediction.unfamiliarity();
            addRanked(prediction, values);
        } else if (answer instanceof Regression regression) {
            unfamiliarity = regression.unfamiliarity();
            for (RegressedValue value : regression.values()) values.add(value.value());
        } else if (answer instanceof Mask mask) {
            unfamiliarity = mask.unfamiliarity();
            values.add(mask.height());
            values.add(mask.width());
            for (ClassShare share : mask.classes()) values.add(share.share());
            values.add(mask.png().orElseThrow());
        } else {
            Reconstructed made = (Reconstructed) answer;
            unfamiliarity = made.unfamiliarity();
            values.add(made.picture().height());
            values.add(made.picture().width());
            values.add(made.png().orElseThrow());
        }
        if (canTell) {
            values.add(unfamiliarity.map(Unfamiliarity::familiar).orElse(null));
            values.add(unfamiliarity.map(Unfamiliarity::distance).orElse(null));
        }
        PROBLEM_COLUMNS.forEach(column -> values.add(null));
        return values.toArray();
    }

    private void addRanked(Prediction prediction, List<Object> values) {
        List<RankedClass> ranked = prediction.top(ranks);
        for (RankedClass each : ranked) {
            values.add(each.name());
            if (each == ranked.get(0)) values.add(each.label());
            values.add(each.probability());
        }
    }

    /** Returns the values of a picture that has none but its problem. */
    Object[] row(Problem problem) {
        Object[] values = new Object[columns.size()];
        int at = values.length - PROBLEM_COLUMNS.size();
        values[at] = problem.what();
        values[at + 1] = problem.where();
        values[at + 2] = problem.remedy();
        return values;
    }

    /** Returns the problem of a row; empty if it has an answer. */
    Optional<Problem> problem(Object[] row) {
        int at = row.length - PROBLEM_COLUMNS.size();
        if (row[at] == null) return Optional.empty();
        return Optional.of(new Problem((String) row[at], (String) row[at + 1], (String) row[at + 2]));
    }

    /** Returns whether a model ranks classes, so that pictures can be counted by them. */
    boolean areRanked() {
        return columns.get(0).equals(new Column(PREDICTION, Type.TEXT));
    }
}
