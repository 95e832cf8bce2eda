package io.fovea.cli;

import io.fovea.bundle.Bundle;
import io.fovea.predict.Classifier;
import io.fovea.predict.Prediction;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.RankedClass;
import io.fovea.predict.Regression;
import io.fovea.predict.Regressor;
import io.fovea.problem.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a model says about pictures, in words and as JSON, whatever its task. */
final class PictureAnswers implements AutoCloseable {

    /**
     * About one picture.
     *
     * @param words for people, on one line
     * @param json  fields in their order
     * @param lines that explain the words; usually none
     */
    record Answer(String words, Map<String, Object> json, List<String> lines) {

        private Answer(String words, Map<String, Object> json) {
            this(words, json, List.of());
        }
    }

    private final Function<Path, Answer> model;
    private final Runnable end;

    private PictureAnswers(Function<Path, Answer> model, Runnable end) {
        this.model = model;
        this.end = end;
    }

    /**
     * Loads a model for its task.
     *
     * @param top how many classes a classifier names
     */
    static PictureAnswers of(Bundle bundle, PredictionOptions options, int top) {
        if (TaskWord.REGRESSION.names(bundle.manifest().task())) {
            Regressor regressor = Regressor.of(bundle, options);
            return new PictureAnswers(picture -> answer(regressor.predict(picture)), regressor::close);
        }
        Classifier classifier = Classifier.of(bundle, options);
        return new PictureAnswers(picture -> answer(classifier.classify(picture), top), classifier::close);
    }

    /**
     * Loads a model that decides by neighbours, to show them.
     *
     * @param drawing where the drawing goes when all pictures are answered for; empty for none
     * @throws Problem if the model decides otherwise, or is to be drawn and carries no pictures of its references
     */
    static PictureAnswers withNeighbours(
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

    /** Returns the answer for a picture file. */
    Answer about(Path picture) {
        return model.apply(picture);
    }

    /** Returns what a classifier says. */
    static Answer answer(Prediction prediction, int top) {
        List<RankedClass> ranked = prediction.top(top);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("className", ranked.getFirst().name());
        json.put("label", ranked.getFirst().label());
        json.put("probability", ranked.getFirst().probability());
        json.put("top", ranked);
        json.put("logits", prediction.logits());
        FamiliarityWords.put(prediction.unfamiliarity(), json);
        String words = ranked.stream()
                .map(each -> String.format(Locale.ROOT, "%s %.1f %%", quoted(each.name()), each.probability() * 100))
                .collect(Collectors.joining(", "));
        return new Answer(words + FamiliarityWords.after(prediction.unfamiliarity()), json);
    }

    /** Commas part the classes of an answer, so a name that holds one stands in quotes. */
    private static String quoted(String name) {
        return name.contains(",") ? "\"" + name + "\"" : name;
    }

    private static Answer answer(Regression regression) {
        Map<String, Object> values = new LinkedHashMap<>();
        regression.values().forEach(value -> values.put(value.name(), value.value()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("values", values);
        json.put("points", regression.points());
        FamiliarityWords.put(regression.unfamiliarity(), json);
        return new Answer(regression + FamiliarityWords.after(regression.unfamiliarity()), json);
    }

    @Override
    public void close() {
        end.run();
    }
}
