package io.fovea.evaluation;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * What an evaluation kept of each picture, read again from its {@code predictions.csv}. Immutable; threads may share it.
 *
 * @param pictures in the order of the split
 */
public record KeptPredictions(List<Kept> pictures) {

    /** The file in an evaluation's folder. */
    public static final String FILE = "predictions.csv";

    /** Copies. */
    public KeptPredictions {
        pictures = List.copyOf(pictures);
    }

    /** A picture's line. */
    public sealed interface Kept {

        /** Returns the picture's place in the split. */
        int position();

        /** Returns its file, or its place in the original dataset. */
        String source();

        /** Returns how wrong it is, in whatever the task counts; the larger the harder. Empty where nothing is known. */
        OptionalDouble hardness();
    }

    /**
     * A picture that got a class.
     *
     * @param position    its place in the split
     * @param source      its file
     * @param label       the true class index
     * @param predicted   the predicted one
     * @param probability of the predicted class, 0 to 1
     * @param loss        cross-entropy; empty of votes
     */
    public record Classified(
            int position, String source, int label, int predicted, double probability, OptionalDouble loss)
            implements Kept {

        /** Returns whether the predicted class is the true one. */
        public boolean isRight() {
            return label == predicted;
        }

        /** Without a loss, a wrong answer is the harder the surer it is, and a right one the less sure. */
        @Override
        public OptionalDouble hardness() {
            return loss.isPresent() ? loss : OptionalDouble.of(isRight() ? -probability : 1 + probability);
        }
    }

    /**
     * A picture that got values, a mask or another picture.
     *
     * @param position its place in the split
     * @param source   its file
     * @param name     of the score: {@code error}, {@code meanIntersectionOverUnion} or {@code psnr}
     * @param score    empty where no pixel is labelled
     * @param hardness the score, turned so that the larger is the harder
     */
    public record Scored(int position, String source, String name, OptionalDouble score, OptionalDouble hardness)
            implements Kept {}

    /** Scores by which pictures are told apart, each with the sign that makes the larger the harder. */
    private record Score(String column, int sign) {}

    private static final List<Score> SCORES =
            List.of(new Score("error", 1), new Score("meanIntersectionOverUnion", -1), new Score("psnr", -1));

    /**
     * Reads what an evaluation kept.
     *
     * @param again what to do where it is missing or damaged
     * @throws Problem if there is no such file, or it cannot be understood to its end
     */
    public static KeptPredictions read(Path folder, String again) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file))
            throw new Problem("The evaluation kept nothing of each picture.", file.toString(), again);
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            List<String> columns = Csv.next(reader);
            List<Kept> pictures = new ArrayList<>();
            for (List<String> line = Csv.next(reader); !line.isEmpty(); line = Csv.next(reader))
                pictures.add(new Line(columns, line, file, pictures.size() + 2, again).kept());
            return new KeptPredictions(pictures);
        } catch (CharacterCodingException noText) {
            throw damaged("is no text", file, again, noText);
        } catch (IOException unreadable) {
            throw damaged("cannot be read: " + unreadable.getMessage(), file, again, unreadable);
        }
    }

    private static Problem damaged(String how, Path file, String again, Exception cause) {
        return new Problem("What the evaluation kept of each picture " + how + ".", file.toString(), again, cause);
    }

    /** A line with its columns, for problems that name both. */
    private record Line(List<String> columns, List<String> fields, Path file, int number, String again) {

        Kept kept() {
            int position = whole("position");
            String source = text("source");
            if (columns.contains("predicted"))
                return new Classified(
                        position,
                        source,
                        whole("label"),
                        whole("predicted"),
                        number("probability").orElseThrow(() -> wrong("probability")),
                        columns.contains("loss") ? number("loss") : OptionalDouble.empty());
            for (Score score : SCORES) {
                if (!columns.contains(score.column())) continue;
                OptionalDouble value = number(score.column());
                OptionalDouble hardness =
                        value.isPresent() ? OptionalDouble.of(score.sign() * value.getAsDouble()) : value;
                return new Scored(position, source, score.column(), value, hardness);
            }
            throw wrong("predicted");
        }

        private String text(String column) {
            int at = columns.indexOf(column);
            if (at < 0 || at >= fields.size()) throw wrong(column);
            return fields.get(at);
        }

        private int whole(String column) {
            try {
                int value = Integer.parseInt(text(column));
                if (value >= 0) return value;
            } catch (NumberFormatException otherwise) {
                // told below
            }
            throw wrong(column);
        }

        private OptionalDouble number(String column) {
            String text = text(column);
            if (text.isEmpty()) return OptionalDouble.empty();
            try {
                return OptionalDouble.of(Double.parseDouble(text));
            } catch (NumberFormatException otherwise) {
                throw wrong(column);
            }
        }

        private Problem wrong(String column) {
            return new Problem(
                    "What the evaluation kept of each picture has no \"" + column + "\" that can be read in line "
                            + number + ".",
                    file.toString(),
                    again);
        }
    }

    /** Returns the pictures of one task's lines that a condition holds for, in the order of the split. */
    public List<Classified> classified(Predicate<Classified> wanted) {
        return pictures.stream()
                .filter(Classified.class::isInstance)
                .map(Classified.class::cast)
                .filter(wanted)
                .toList();
    }

    /** Returns the pictures of a cell of the confusion matrix, the surest first. */
    public List<Classified> cell(int label, int predicted) {
        return classified(each -> each.label() == label && each.predicted() == predicted).stream()
                .sorted(Comparator.comparingDouble(Classified::probability).reversed())
                .toList();
    }

    /** Returns the pictures that are taken for a class, the surest first. */
    public List<Classified> surest(int predicted) {
        return classified(each -> each.predicted() == predicted).stream()
                .sorted(Comparator.comparingDouble(Classified::probability).reversed())
                .toList();
    }

    /** Returns the pictures whose hardness is known, the hardest first; of equal ones the earlier first. */
    public List<Kept> hardest() {
        return pictures.stream()
                .filter(each -> each.hardness().isPresent())
                .sorted(Comparator.comparingDouble(
                                (Kept each) -> each.hardness().getAsDouble())
                        .reversed()
                        .thenComparingInt(Kept::position))
                .toList();
    }

    /** Returns whether a classifier is as often right as it says. */
    public Calibration calibration() {
        Calibration.Builder builder = new Calibration.Builder();
        for (Classified each : classified(_ -> true)) builder.add(each.probability(), each.isRight());
        return builder.calibration();
    }
}
