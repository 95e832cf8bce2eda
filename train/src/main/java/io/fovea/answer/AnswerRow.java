package io.fovea.answer;

import io.fovea.evaluation.Csv;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What several models say of one picture: a line of the table.
 *
 * @param position in the order in which pictures were told, from 0
 * @param picture  its name
 * @param place    its file; empty for a picture of a dataset
 * @param truth    its class, where that is known
 * @param problem  why there is no answer; empty if there is
 * @param answers  one for each model; none where there is a problem
 */
public record AnswerRow(
        long position,
        String picture,
        Optional<String> place,
        Optional<String> truth,
        Optional<String> problem,
        List<Said> answers) {

    private static final int FIXED = 5;
    private static final List<String> COLUMNS = List.of("position", "picture", "place", "truth", "problem");

    /**
     * A model's answer.
     *
     * @param className   of the most probable class
     * @param probability of that class, 0 to 1
     */
    public record Said(String className, double probability) {}

    /** Copies. */
    public AnswerRow {
        answers = List.copyOf(answers);
    }

    /** Returns the heads of the table's columns: two for each model. */
    static List<String> columns(List<String> models) {
        return Stream.concat(
                        COLUMNS.stream(), models.stream().flatMap(model -> Stream.of(model, model + " probability")))
                .toList();
    }

    /** Returns the models that a table's heads name; empty if it is no such table. */
    static Optional<List<String>> models(List<String> columns) {
        if (columns.size() < FIXED + 2
                || columns.size() % 2 == 0
                || !columns.subList(0, FIXED).equals(COLUMNS)) return Optional.empty();
        List<String> models = new ArrayList<>();
        for (int i = FIXED; i < columns.size(); i += 2) models.add(columns.get(i));
        return Optional.of(models);
    }

    /** Returns a line of the table. */
    String line(int models) {
        List<String> fields = new ArrayList<>(
                List.of(Long.toString(position), picture, place.orElse(""), truth.orElse(""), problem.orElse("")));
        for (int m = 0; m < models; m++) {
            fields.add(answers.isEmpty() ? "" : answers.get(m).className());
            fields.add(answers.isEmpty() ? "" : Csv.number(answers.get(m).probability()));
        }
        return Csv.text(fields);
    }

    /** Reads a line; empty if it is none. */
    static Optional<AnswerRow> of(List<String> fields, int models) {
        if (fields.size() != FIXED + 2 * models) return Optional.empty();
        try {
            Optional<String> problem = given(fields.get(4));
            List<Said> answers = new ArrayList<>();
            for (int m = 0; problem.isEmpty() && m < models; m++)
                answers.add(new Said(fields.get(FIXED + 2 * m), Double.parseDouble(fields.get(FIXED + 2 * m + 1))));
            return Optional.of(new AnswerRow(
                    Long.parseLong(fields.get(0)),
                    fields.get(1),
                    given(fields.get(2)),
                    given(fields.get(3)),
                    problem,
                    answers));
        } catch (NumberFormatException otherwise) {
            return Optional.empty();
        }
    }

    private static Optional<String> given(String field) {
        return field.isEmpty() ? Optional.empty() : Optional.of(field);
    }

    /** Returns whether all models say the same; true of one model. */
    public boolean agrees() {
        return answers.stream().map(Said::className).distinct().count() <= 1;
    }
}
