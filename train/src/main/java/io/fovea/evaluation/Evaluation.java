package io.fovea.evaluation;

import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import io.fovea.task.Measure;
import io.fovea.task.Proportion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Everything that is said about a classifier on one split. Immutable; threads may share it.
 *
 * @param classNames K names in label order
 * @param pictures   every picture, in the order of the split
 * @param confusion  [K, K] counts: row = true class, column = predicted class
 * @param ranks      [K] how many pictures have their true class at rank 1, 2, … K
 * @param meaning    what the outputs are that were judged
 */
public record Evaluation(
        List<String> classNames, List<JudgedPicture> pictures, long[][] confusion, long[] ranks, Meaning meaning)
        implements Verdict {

    /** What a classifier's outputs are. */
    public enum Meaning {
        /** Logits, whose softmax is a probability. */
        LOGITS,
        /** Shares of a vote among few neighbours, which are no probabilities: a cross-entropy of them says nothing. */
        VOTES
    }

    /** Checks and copies the lists; the arrays are handed over and no longer written to. */
    public Evaluation {
        classNames = List.copyOf(classNames);
        pictures = List.copyOf(pictures);
    }

    /**
     * Judges a split.
     *
     * <p>Of equal logits the one with the smaller label wins, for the prediction and for every rank.
     *
     * @param labels  [N] true class indices
     * @param logits  [N, K] the network's outputs before the softmax
     * @param sources [N] where each picture comes from
     * @throws IllegalArgumentException if the sizes do not fit each other, nothing is given, or a label is out of range
     * @throws Problem                  if a logit is NaN or infinite, as after a run that diverged
     */
    public static Evaluation of(List<String> classNames, int[] labels, float[] logits, List<String> sources) {
        check(classNames, labels, logits, sources);
        Builder builder = new Builder(classNames);
        for (int i = 0; i < labels.length; i++) builder.add(labels[i], logits, i * classNames.size(), sources.get(i));
        return builder.evaluation();
    }

    /** Judges pictures one after the other, and keeps nothing of their logits. For one thread. */
    public static final class Builder {

        private final List<String> classNames;
        private final List<JudgedPicture> pictures = new ArrayList<>();
        private final long[][] confusion;
        private final long[] ranks;

        /** Begins without pictures. */
        public Builder(List<String> classNames) {
            this.classNames = List.copyOf(classNames);
            this.confusion = new long[classNames.size()][classNames.size()];
            this.ranks = new long[classNames.size()];
        }

        /**
         * Judges the next picture.
         *
         * @param label  its true class
         * @param logits holds its K logits from {@code offset} on
         * @throws Problem if a logit is NaN or infinite, as after a run that diverged
         */
        public void add(int label, float[] logits, int offset, String source) {
            for (int k = 0; k < classNames.size(); k++) {
                if (Float.isFinite(logits[offset + k])) continue;
                throw new Problem(
                        "The network gives " + logits[offset + k] + " for class \"" + classNames.get(k) + "\"",
                        "picture " + source,
                        "the training has diverged: train again with a lower learning rate, or use an earlier"
                                + " checkpoint");
            }
            JudgedPicture picture = JudgedPicture.of(logits, offset, classNames.size(), label, pictures.size(), source);
            pictures.add(picture);
            confusion[picture.label()][picture.predicted()]++;
            ranks[picture.rank() - 1]++;
        }
        /** Returns how many pictures were judged. */
        public int count() {
            return pictures.size();
        }

        /** Returns the evaluation of all pictures. */
        public Evaluation evaluation() {
            return new Evaluation(classNames, pictures, confusion, ranks, Meaning.LOGITS);
        }
    }

    /** Returns this evaluation with another meaning of the outputs. */
    public Evaluation with(Meaning other) {
        return new Evaluation(classNames, pictures, confusion, ranks, other);
    }

    @Override
    public int count() {
        return pictures.size();
    }

    @Override
    public List<Measure> measures() {
        return ClassificationReport.measures(this);
    }

    @Override
    public String title() {
        return "Accuracy";
    }

    @Override
    public String words() {
        return ClassificationReport.words(accuracy());
    }

    @Override
    public Map<String, Object> figures() {
        return ClassificationReport.figures(this);
    }

    @Override
    public Map<String, Object> details() {
        return ClassificationReport.details(this);
    }

    @Override
    public List<ReportPart> report() {
        return ClassificationReport.report(this);
    }

    @Override
    public void write(IntFunction<Pixels> drawnOn, Path folder) {
        EvaluationFiles.write(this, folder);
    }

    /** Returns the share of pictures whose predicted class is the true one. */
    public Proportion accuracy() {
        return topK(1);
    }

    /**
     * Returns the share of pictures whose true class is among the {@code k} largest logits.
     *
     * @throws IllegalArgumentException if k is below 1
     */
    public Proportion topK(int k) {
        if (k < 1) throw new IllegalArgumentException("k must be at least 1: " + k);
        long hits = 0;
        for (int rank = 0; rank < Math.min(k, ranks.length); rank++) hits += ranks[rank];
        return new Proportion(hits, pictures.size());
    }

    /** Returns the mean cross-entropy; it says nothing of {@link Meaning#VOTES}. */
    public double meanLoss() {
        return pictures.stream().mapToDouble(JudgedPicture::loss).average().orElse(0);
    }

    /** Returns precision, recall and F1 of each class, in label order. */
    public List<ClassReport> classes() {
        List<ClassReport> reports = new ArrayList<>();
        for (int k = 0; k < classNames.size(); k++) {
            long support = 0;
            long predicted = 0;
            for (int other = 0; other < classNames.size(); other++) {
                support += confusion[k][other];
                predicted += confusion[other][k];
            }
            long hits = confusion[k][k];
            reports.add(new ClassReport(
                    classNames.get(k), k, new Proportion(hits, predicted), new Proportion(hits, support)));
        }
        return reports;
    }

    /** Returns means over the classes that have pictures. */
    public MacroAverage macro() {
        List<ClassReport> present =
                classes().stream().filter(report -> report.support() > 0).toList();
        return new MacroAverage(
                present.stream()
                        .mapToDouble(report -> report.precision().value())
                        .average()
                        .orElse(0),
                present.stream()
                        .mapToDouble(report -> report.recall().value())
                        .average()
                        .orElse(0),
                present.stream().mapToDouble(ClassReport::f1).average().orElse(0));
    }

    /** Returns whether the classifier is as often right as it says; of {@link Meaning#VOTES}, whether their shares are. */
    public Calibration calibration() {
        Calibration.Builder builder = new Calibration.Builder();
        for (JudgedPicture picture : pictures) builder.add(picture.probability(), picture.isRight());
        return builder.calibration();
    }

    /** Returns the {@code count} pictures of largest loss, the largest first; of equal ones the earlier first. */
    public List<JudgedPicture> hardest(int count) {
        return pictures.stream()
                .sorted(Comparator.comparingDouble(JudgedPicture::loss)
                        .reversed()
                        .thenComparingInt(JudgedPicture::position))
                .limit(count)
                .toList();
    }

    /** Returns the {@code count} most frequent mistakes, the most frequent first; of equal ones the smaller label first. */
    public List<ConfusedPair> mostConfused(int count) {
        List<ConfusedPair> pairs = new ArrayList<>();
        for (int label = 0; label < confusion.length; label++) {
            for (int predicted = 0; predicted < confusion.length; predicted++) {
                long times = confusion[label][predicted];
                if (label != predicted && times > 0) pairs.add(new ConfusedPair(label, predicted, times));
            }
        }
        // Stable: pairs of equal count stay in the order of their labels.
        pairs.sort(Comparator.comparingLong(ConfusedPair::count).reversed());
        return List.copyOf(pairs.subList(0, Math.min(count, pairs.size())));
    }

    private static void check(List<String> classNames, int[] labels, float[] logits, List<String> sources) {
        int classes = classNames.size();
        if (labels.length == 0) throw new IllegalArgumentException("There is no picture to judge");
        if (sources.size() != labels.length || logits.length != (long) labels.length * classes) {
            throw new IllegalArgumentException("Expected " + labels.length + " sources and logits [" + labels.length
                    + ", " + classes + "], found " + sources.size() + " sources and " + logits.length + " logits");
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "Label " + labels[i] + " of picture " + i + " is not in 0 … " + (classes - 1));
            }
        }
    }
}
