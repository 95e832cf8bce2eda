package io.fovea.evaluation;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.IntStream;

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

    /** A picture that got values, a mask or another picture, and a score. */
    public sealed interface Scored extends Kept {

        /** Returns what the score is: {@code error}, {@code meanIntersectionOverUnion} or {@code psnr}. */
        String name();

        /** Returns the score; empty where no pixel is labelled. */
        OptionalDouble score();
    }

    /**
     * A picture that got values.
     *
     * @param position its place in the split
     * @param source   its file
     * @param values   of each target, in the order of targets
     * @param error    in the evaluation's unit
     */
    public record Valued(int position, String source, List<TargetValue> values, double error) implements Scored {

        /** Copies. */
        public Valued {
            values = List.copyOf(values);
        }

        @Override
        public String name() {
            return "error";
        }

        @Override
        public OptionalDouble score() {
            return OptionalDouble.of(error);
        }

        @Override
        public OptionalDouble hardness() {
            return score();
        }
    }

    /**
     * What was found for a target.
     *
     * @param target    its name
     * @param truth     the true value
     * @param predicted the predicted one
     */
    public record TargetValue(String target, double truth, double predicted) {}

    /**
     * A picture that got a mask.
     *
     * @param position its place in the split
     * @param source   its file
     * @param score    the mean intersection over union of its classes; empty where no pixel is labelled
     * @param perClass of each class by its name; without those that are neither there nor predicted. Empty of evaluations that an earlier version kept
     */
    public record Masked(int position, String source, OptionalDouble score, Map<String, Double> perClass)
            implements Scored {

        /** Copies, in the same order. */
        public Masked {
            perClass = Collections.unmodifiableMap(new LinkedHashMap<>(perClass));
        }

        @Override
        public String name() {
            return "meanIntersectionOverUnion";
        }

        @Override
        public OptionalDouble hardness() {
            return score.isPresent() ? OptionalDouble.of(-score.getAsDouble()) : score;
        }
    }

    /**
     * A picture that came back.
     *
     * @param position its place in the split
     * @param source   its file
     * @param before   the peak signal-to-noise ratio of what was shown, in decibel
     * @param after    of what came back
     */
    public record Restored(int position, String source, double before, double after) implements Scored {

        @Override
        public String name() {
            return "psnr";
        }

        @Override
        public OptionalDouble score() {
            return OptionalDouble.of(after);
        }

        @Override
        public OptionalDouble hardness() {
            return OptionalDouble.of(-after);
        }
    }

    private static final String PREDICTED = "predicted ";
    private static final String OF_CLASS = "intersectionOverUnion ";

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
            int targets = (columns.size() - 3) / 2;
            if (isOfValues(targets)) return new Valued(position, source, values(targets), last());
            if (columns.contains("predicted"))
                return new Classified(
                        position,
                        source,
                        whole("label"),
                        whole("predicted"),
                        required("probability"),
                        columns.contains("loss") ? number("loss") : OptionalDouble.empty());
            if (columns.contains("meanIntersectionOverUnion"))
                return new Masked(position, source, number("meanIntersectionOverUnion"), perClass());
            if (columns.contains("psnr"))
                return new Restored(position, source, required("psnrAsShown"), required("psnr"));
            throw wrong("predicted");
        }

        /** Targets may be called like anything, so their columns are known by their places. */
        private boolean isOfValues(int targets) {
            if (targets < 1
                    || columns.size() != 3 + 2 * targets
                    || !columns.getLast().equals("error")) return false;
            return IntStream.range(2, 2 + targets)
                    .allMatch(at -> columns.get(at + targets).equals(PREDICTED + columns.get(at)));
        }

        private List<TargetValue> values(int targets) {
            return IntStream.range(2, 2 + targets)
                    .mapToObj(at -> new TargetValue(columns.get(at), valueAt(at), valueAt(at + targets)))
                    .toList();
        }

        private double last() {
            return valueAt(columns.size() - 1);
        }

        private Map<String, Double> perClass() {
            Map<String, Double> scores = new LinkedHashMap<>();
            for (int at = 0; at < columns.size(); at++) {
                if (!columns.get(at).startsWith(OF_CLASS)) continue;
                if (at < fields.size() && fields.get(at).isEmpty()) continue; // neither there nor predicted
                scores.put(columns.get(at).substring(OF_CLASS.length()), valueAt(at));
            }
            return scores;
        }

        private double valueAt(int at) {
            if (at < fields.size()) {
                try {
                    return Double.parseDouble(fields.get(at));
                } catch (NumberFormatException otherwise) {
                    // told below
                }
            }
            throw wrong(columns.get(at));
        }

        private double required(String column) {
            return number(column).orElseThrow(() -> wrong(column));
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
