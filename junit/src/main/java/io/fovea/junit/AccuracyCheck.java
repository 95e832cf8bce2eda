package io.fovea.junit;

import io.fovea.predict.Classifier;
import io.fovea.predict.Prediction;
import io.fovea.predict.RankedClass;
import io.fovea.problem.Problem;
import io.fovea.task.Classification;
import io.fovea.task.Proportion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Holds a classifier to a share of pictures on which it is right.
 *
 * @param floor     the smallest accuracy that passes
 * @param pictures  a folder of class folders, or a table
 * @param undecided what becomes of a test whose pictures are too few
 */
record AccuracyCheck(double floor, Path pictures, AccuracyFloor.Undecided undecided) {

    private static final int MOST_TO_NAME = 10;

    /** A picture that was taken for another class. */
    private record Wrong(String name, RankedClass taken, String truth, double probability) {

        String words() {
            return name + ": \"" + taken.name() + "\" " + percent(taken.probability()) + ", truth \"" + truth + "\" "
                    + percent(probability);
        }
    }

    static AccuracyCheck of(AccuracyFloor annotation) {
        double floor = annotation.value();
        if (!(floor >= 0 && floor <= 1))
            throw new Problem("Expected a floor from 0 to 1, found " + floor, "@AccuracyFloor", "write 98 % as 0.98");
        return new AccuracyCheck(floor, Path.of(annotation.pictures()), annotation.undecided());
    }

    /**
     * Classifies all pictures.
     *
     * @throws Problem if the accuracy is below the floor, or undecided where that fails
     */
    void check(TestedModel tested, ExtensionContext context, Findings findings) {
        if (!(tested.decoder(context) instanceof Classifier classifier))
            throw new Problem(
                    "Expected a model for " + Classification.WORD + ", found one for "
                            + tested.decoder(context).manifest().task().word(),
                    tested.file().toString(),
                    "an accuracy has only a classifier: leave @AccuracyFloor out");
        List<String> names = classifier.manifest().task().names();
        List<LabelledPicture> given = LabelledPictures.of(pictures, names);
        List<Prediction> answers =
                classifier.classifyAll(given.stream().map(LabelledPicture::file).toList());
        List<Wrong> wrong = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            RankedClass best = answers.get(i).best();
            int label = given.get(i).label();
            if (best.label() != label)
                wrong.add(new Wrong(
                        given.get(i).name(),
                        best,
                        names.get(label),
                        answers.get(i).probability(label)));
        }
        judge(new Proportion(given.size() - wrong.size(), given.size()), wrong, tested, findings);
    }

    private void judge(Proportion right, List<Wrong> wrong, TestedModel tested, Findings findings) {
        boolean decided = !(right.low() < floor && floor <= right.high());
        String found = percent(right.value()) + ": " + right.hits() + " of " + right.count()
                + " pictures, 95 % interval " + percent(right.low()) + " to " + percent(right.high())
                + (decided ? "" : ". The floor lies in the interval, so the pictures are too few to decide");
        String where = "model " + tested.file() + ", pictures " + pictures;
        if (right.value() < floor)
            throw new Problem(
                    "Expected an accuracy of at least " + percent(floor) + ", found " + found + ".",
                    where,
                    "look at the pictures that are wrong, train further, or lower the floor:" + list(wrong));
        if (!decided && undecided == AccuracyFloor.Undecided.FAILS)
            throw new Problem(
                    "Expected pictures enough to tell an accuracy of at least " + percent(floor) + ", found " + found
                            + ".",
                    where,
                    more(right.count()) + ", or let undecided be TOLD");
        if (decided) findings.tell("accuracy", found);
        else findings.warn("accuracy", found + " about " + percent(floor) + ". To be sure, " + more(right.count()));
    }

    private static String list(List<Wrong> wrong) {
        StringBuilder lines = new StringBuilder();
        wrong.stream()
                .sorted(Comparator.comparingDouble(Wrong::probability).thenComparing(Wrong::name))
                .limit(MOST_TO_NAME)
                .forEach(each -> lines.append("\n      ").append(each.words()));
        if (wrong.size() > MOST_TO_NAME)
            lines.append("\n      and ").append(wrong.size() - MOST_TO_NAME).append(" more");
        return lines.toString();
    }

    /** The fewest pictures, all of them right, whose interval begins at the floor. */
    private String more(long count) {
        if (floor == 1) return "take a floor below 100 %, of which no number of pictures can be sure";
        long enough = count + 1;
        while (new Proportion(enough, enough).low() < floor) enough = enough + Math.max(1, enough / 100);
        return "measure on more pictures: "
                + (new Proportion(count, count).low() < floor
                        ? "about " + enough + ", all of them right, are the fewest that decide"
                        : "the nearer the accuracy is to the floor, the more it takes");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
