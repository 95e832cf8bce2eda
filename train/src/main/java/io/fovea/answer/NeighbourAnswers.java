package io.fovea.answer;

import io.fovea.bundle.References;
import io.fovea.chart.ChartFile;
import io.fovea.codec.PictureDecoder;
import io.fovea.evaluation.NeighbourPicture;
import io.fovea.evaluation.NeighbourPicture.Shown;
import io.fovea.evaluation.NeighbourPicture.Voice;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.predict.Classifier;
import io.fovea.predict.Neighbour;
import io.fovea.predict.Neighbourhood;
import io.fovea.predict.RankedClass;
import io.fovea.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The references that decided what pictures are, with each answer and as one drawing of all. */
final class NeighbourAnswers {

    private final Classifier classifier;
    private final List<NeighbourPicture.Row> rows = new ArrayList<>();
    private final Drawing drawing;

    /** Whether there is to be a drawing. */
    enum Drawing {
        WANTED,
        NOT_WANTED
    }

    /**
     * Checks that the model has neighbours to show.
     *
     * @param where what problems name
     * @throws Problem if it decides otherwise, or is to be drawn and carries no pictures of its references
     */
    NeighbourAnswers(Classifier classifier, Drawing drawing, String where) {
        this.classifier = classifier;
        this.drawing = drawing;
        if (!classifier.showsNeighbours()) throw without(classifier.manifest().name(), where);
        if (drawing == Drawing.WANTED && classifier.references().isEmpty()) {
            throw new Problem(
                    "The model \"" + classifier.manifest().name() + "\" carries no pictures of its references.",
                    where,
                    "leave --neighbours-picture out: --neighbours names them");
        }
    }

    /** Returns the problem of a model that has no neighbours to show. */
    static Problem without(String model, String where) {
        return new Problem(
                "The model \"" + model + "\" does not decide by neighbours, so it has none to show.",
                where,
                "leave --neighbours out, or use a model that \"fovea shrink hybrid\" made");
    }

    /** Returns the answer for a picture file, with its neighbours. */
    PictureAnswers.Answer about(Path file, int top) {
        Preprocessing preprocessing = classifier.manifest().preprocessing();
        Pixels picture = PictureDecoder.decode(file, preprocessing.colorMode());
        Neighbourhood shown = classifier.neighbours(picture);
        Map<String, Object> json = shown.prediction().json(top);
        json.put("neighbours", shown.neighbours());
        if (drawing == Drawing.WANTED) rows.add(row(file, preprocessing.prepare(picture), shown));
        return new PictureAnswers.Answer(shown.prediction().words(top), json, shown.neighbours());
    }

    private NeighbourPicture.Row row(Path file, Pixels prepared, Neighbourhood shown) {
        RankedClass best = shown.prediction().best();
        String share = String.format(Locale.ROOT, "%.1f %%", best.probability() * 100);
        References references = classifier.references().orElseThrow();
        List<Shown> neighbours = new ArrayList<>();
        for (Neighbour each : shown.neighbours()) {
            neighbours.add(new Shown(
                    references.picture(each.reference()),
                    each.className(),
                    "distance " + distance(each),
                    each.source(),
                    each.label() == best.label() ? Voice.FOR : Voice.AGAINST));
        }
        return new NeighbourPicture.Row(
                new Shown(prepared, best.name(), share, file.getFileName().toString(), Voice.FOR), neighbours);
    }

    private static String distance(Neighbour neighbour) {
        return String.format(Locale.ROOT, "%.3f", neighbour.distance());
    }

    /** Writes the drawing of all pictures that there was an answer for, if it is wanted and there are any. */
    void draw(Path file) {
        if (!rows.isEmpty()) ChartFile.write(NeighbourPicture.draw(rows), file);
    }
}
