package io.fovea.answer;

import io.fovea.evaluation.Csv;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    /**
     * A model's answer.
     *
     * @param ranking the most probable classes, the most probable first; at least one
     */
    public record Said(List<Ranked> ranking) {

        /** Copies. */
        public Said {
            ranking = List.copyOf(ranking);
        }

        /** Returns the name of the most probable class. */
        public String className() {
            return ranking.getFirst().className();
        }

        /** Returns its probability, 0 to 1. */
        public double probability() {
            return ranking.getFirst().probability();
        }
    }

    /**
     * A class with the probability that a model gives it.
     *
     * @param className   of the class
     * @param probability 0 to 1
     */
    public record Ranked(String className, double probability) {}

    /** Copies. */
    public AnswerRow {
        answers = List.copyOf(answers);
    }

    /** Returns a line of the table. */
    String line(AnswerColumns columns) {
        List<String> fields = new ArrayList<>(
                List.of(Long.toString(position), picture, place.orElse(""), truth.orElse(""), problem.orElse("")));
        for (Said said : answers) {
            for (Ranked each : said.ranking()) {
                fields.add(each.className());
                fields.add(Csv.number(each.probability()));
            }
        }
        while (fields.size() < columns.count()) fields.add("");
        return Csv.text(fields);
    }

    /** Reads a line; empty if it is none. */
    static Optional<AnswerRow> of(List<String> fields, AnswerColumns columns) {
        if (fields.size() != columns.count()) return Optional.empty();
        try {
            Optional<String> problem = given(fields.get(4));
            List<Said> answers = new ArrayList<>();
            int at = AnswerColumns.OF_PICTURE;
            for (AnswerColumns.Model model : columns.models()) {
                List<Ranked> ranking = new ArrayList<>();
                for (int rank = 1; problem.isEmpty() && rank <= model.ranks(); rank++, at += 2)
                    ranking.add(new Ranked(fields.get(at), Double.parseDouble(fields.get(at + 1))));
                if (problem.isEmpty()) answers.add(new Said(ranking));
            }
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
