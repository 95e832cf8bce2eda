package io.fovea.answer;

import io.fovea.bundle.Bundle;
import io.fovea.choice.TaskWord;
import io.fovea.predict.Classifier;
import io.fovea.predict.Decoder;
import io.fovea.predict.Neighbour;
import io.fovea.predict.PredictionOptions;
import io.fovea.problem.Problem;
import io.fovea.result.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a model says about pictures, in words and as JSON, whatever its task. */
public final class PictureAnswers implements AutoCloseable {

    /**
     * About one picture.
     *
     * @param words      for people, on one line
     * @param json       fields in their order
     * @param neighbours that decided; none unless they are to be shown
     */
    public record Answer(String words, Map<String, Object> json, List<Neighbour> neighbours) {

        /** Returns the fields with the picture's path before them. */
        public Map<String, Object> json(Path picture) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("picture", picture.toString());
            entry.putAll(json);
            return entry;
        }

        /** Returns lines for people: the picture's path with the words, and a table of the neighbours. */
        public List<String> lines(Path picture) {
            List<String> lines = new ArrayList<>(List.of(picture + ": " + words));
            if (neighbours.isEmpty()) return lines;
            TextTable table = new TextTable("rank", "class", "distance", "reference", "source");
            for (Neighbour each : neighbours)
                table.row(
                        Integer.toString(each.rank()),
                        each.className(),
                        String.format(Locale.ROOT, "%.3f", each.distance()),
                        Integer.toString(each.reference()),
                        each.source());
            table.lines().forEach(line -> lines.add("  " + line));
            return lines;
        }
    }

    private final Function<Path, Answer> model;
    private final Runnable end;

    private PictureAnswers(Function<Path, Answer> model, Runnable end) {
        this.model = model;
        this.end = end;
    }

    /**
     * Answers of a model, whatever its task.
     *
     * @param top      how many classes are named where they are ranked
     * @param drawings what answers are drawn as, beside their words
     */
    public static PictureAnswers of(Decoder decoder, int top, AnswerFiles drawings) {
        return new PictureAnswers(
                picture -> {
                    io.fovea.predict.Answer answer = decoder.answer(picture);
                    Map<String, Object> json = answer.json(top);
                    json.putAll(drawings.write(answer, picture));
                    return new Answer(answer.words(top), json, List.of());
                },
                decoder::close);
    }

    /**
     * Loads a model that decides by neighbours, to show them.
     *
     * @param drawing where the drawing goes when all pictures are answered for; empty for none
     * @throws Problem if the model decides otherwise, or is to be drawn and carries no pictures of its references
     */
    public static PictureAnswers withNeighbours(
            Bundle bundle, PredictionOptions options, int top, Optional<Path> drawing, String where) {
        if (!TaskWord.CLASSIFICATION.names(bundle.manifest().task())) {
            throw NeighbourAnswers.without(bundle.manifest().name(), where);
        }
        Classifier classifier = Classifier.of(bundle, options);
        try {
            NeighbourAnswers answers = new NeighbourAnswers(
                    classifier,
                    drawing.isPresent() ? NeighbourAnswers.Drawing.WANTED : NeighbourAnswers.Drawing.NOT_WANTED,
                    where);
            return new PictureAnswers(picture -> answers.about(picture, top), () -> {
                try (classifier) {
                    drawing.ifPresent(answers::draw);
                }
            });
        } catch (Problem problem) {
            classifier.close();
            throw problem;
        }
    }

    /** Speaks of answers that are shorter than what was asked for with {@code --top}. */
    public static Optional<String> remark(Bundle bundle, int top) {
        int classes = bundle.manifest().task().names().size();
        if (!TaskWord.CLASSIFICATION.names(bundle.manifest().task()) || top <= classes) return Optional.empty();
        return Optional.of("The model has " + classes + " classes, so --top " + top + " shows these and no more.");
    }

    /**
     * Returns the answer for a picture file.
     *
     * @throws Problem if it is no picture, or a drawing cannot be written
     */
    public Answer about(Path picture) {
        return model.apply(picture);
    }

    @Override
    public void close() {
        end.run();
    }
}
