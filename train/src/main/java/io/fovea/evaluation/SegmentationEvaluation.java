package io.fovea.evaluation;

import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import io.fovea.task.Measure;
import io.fovea.task.Segmentation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Everything that is said about a segmentation on one split: scores over all labelled pixels of the split. Immutable; threads may share it.
 *
 * @param classNames K names in label order
 * @param pictures   every picture, in the order of the split
 * @param confusion  [K, K] pixels: row = true class, column = predicted class
 * @param interval   the 95 % interval of the mean intersection over union; empty below {@value #LEAST_PICTURES} pictures
 * @param drawn      the pictures of lowest score with their masks, the lowest first
 */
public record SegmentationEvaluation(
        List<String> classNames,
        List<JudgedMask> pictures,
        long[][] confusion,
        Optional<Measure.Interval> interval,
        List<DrawnMask> drawn)
        implements Verdict {

    /** Fewer pictures say too little about their spread. */
    static final int LEAST_PICTURES = 20;

    private static final int RESAMPLINGS = 1000;

    /** Copies the lists. */
    public SegmentationEvaluation {
        classNames = List.copyOf(classNames);
        pictures = List.copyOf(pictures);
        drawn = List.copyOf(drawn);
    }

    /** Judges pictures one after the other, and keeps the masks of the worst only. For one thread. */
    public static final class Builder {

        private static final Comparator<DrawnMask> WORST_LAST = Comparator.comparingDouble(
                        (DrawnMask mask) -> -mask.picture().intersectionOverUnion())
                .thenComparingInt(mask -> -mask.picture().position());

        private final List<String> classNames;
        private final List<JudgedMask> pictures = new ArrayList<>();
        private final List<PixelCounts> counts = new ArrayList<>();
        private final long[][] confusion;
        private final PriorityQueue<DrawnMask> drawn = new PriorityQueue<>(WORST_LAST);

        /** Begins without pictures. */
        public Builder(List<String> classNames) {
            this.classNames = List.copyOf(classNames);
            confusion = new long[classNames.size()][classNames.size()];
        }

        /**
         * Judges the next picture: of equal logits the smaller label wins.
         *
         * @param truth  [H, W] a class for every pixel, {@link Segmentation#UNLABELLED} where nothing is known; kept
         * @param logits holds the picture's [K, H, W] from {@code offset} on
         * @throws Problem if a logit is NaN or infinite, as after a run that diverged
         */
        public void add(byte[] truth, float[] logits, int offset, String source) {
            byte[] predicted = largest(logits, offset, classNames, truth.length, source);
            int classes = classNames.size();
            long[] hits = new long[classes];
            long[] labelled = new long[classes];
            long[] taken = new long[classes];
            for (int i = 0; i < truth.length; i++) {
                int label = truth[i] & 0xff;
                if (label == Segmentation.UNLABELLED) continue;
                int found = predicted[i] & 0xff;
                confusion[label][found]++;
                labelled[label]++;
                taken[found]++;
                if (label == found) hits[label]++;
            }
            PixelCounts counted = new PixelCounts(hits, labelled, taken);
            JudgedMask judged = new JudgedMask(
                    pictures.size(),
                    source,
                    counted.meanIntersectionOverUnion(),
                    counted.accuracy(),
                    IntStream.range(0, classes)
                            .mapToObj(counted::intersectionOverUnion)
                            .toList());
            counts.add(counted);
            pictures.add(judged);
            if (counted.labelled() == 0) return;
            drawn.add(new DrawnMask(judged, truth, predicted));
            if (drawn.size() > KeptPanels.MOST) drawn.poll();
        }

        /** Returns how many pictures were judged. */
        public int count() {
            return pictures.size();
        }

        /** Returns the evaluation of all pictures. */
        public SegmentationEvaluation evaluation() {
            if (pictures.isEmpty()) throw new IllegalStateException("There is no picture to judge");
            List<DrawnMask> worst = drawn.stream().sorted(WORST_LAST.reversed()).toList();
            return new SegmentationEvaluation(classNames, pictures, confusion, resampled(counts), worst);
        }
    }

    /** Returns the label of the largest logit of every pixel, [H, W]. */
    static byte[] largest(float[] logits, int offset, List<String> classNames, int area, String source) {
        byte[] labels = new byte[area];
        for (int i = 0; i < area; i++) {
            int best = 0;
            for (int k = 0; k < classNames.size(); k++) {
                float value = logits[offset + k * area + i];
                if (!Float.isFinite(value)) {
                    throw new Problem(
                            "The network gives " + value + " for class \"" + classNames.get(k) + "\"",
                            "picture " + source,
                            "the training has diverged: train again with a lower learning rate, or use an earlier"
                                    + " checkpoint");
                }
                if (value > logits[offset + best * area + i]) best = k;
            }
            labels[i] = (byte) best;
        }
        return labels;
    }

    /**
     * Draws as many pictures as there are, with replacement, again and again, and takes the middle 95 % of the scores.
     *
     * <p>Source: B. Efron 1979, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7, 1–26 (percentile interval).
     */
    private static Optional<Measure.Interval> resampled(List<PixelCounts> counts) {
        if (counts.size() < LEAST_PICTURES) return Optional.empty();
        int classes = counts.getFirst().hits().length;
        SplittableRandom random = new SplittableRandom(1);
        double[] scores = new double[RESAMPLINGS];
        for (int r = 0; r < RESAMPLINGS; r++) {
            PixelCounts sum = new PixelCounts(new long[classes], new long[classes], new long[classes]);
            for (int n = 0; n < counts.size(); n++) {
                counts.get(random.nextInt(counts.size())).addTo(sum.hits(), sum.truth(), sum.predicted());
            }
            scores[r] = sum.meanIntersectionOverUnion();
        }
        Arrays.sort(scores);
        double value = sum(counts, classes).meanIntersectionOverUnion();
        double low = Math.min(value, scores[(int) (0.025 * RESAMPLINGS)]);
        double high = Math.max(value, scores[(int) (0.975 * RESAMPLINGS)]);
        return Double.isNaN(low + high) ? Optional.empty() : Optional.of(new Measure.Interval(low, high));
    }

    private static PixelCounts sum(List<PixelCounts> counts, int classes) {
        PixelCounts sum = new PixelCounts(new long[classes], new long[classes], new long[classes]);
        counts.forEach(each -> each.addTo(sum.hits(), sum.truth(), sum.predicted()));
        return sum;
    }

    /** Returns the counts of all pictures. */
    PixelCounts counts() {
        int classes = classNames.size();
        PixelCounts sum = new PixelCounts(new long[classes], new long[classes], new long[classes]);
        for (int label = 0; label < classes; label++) {
            for (int found = 0; found < classes; found++) {
                sum.truth()[label] += confusion[label][found];
                sum.predicted()[found] += confusion[label][found];
            }
            sum.hits()[label] = confusion[label][label];
        }
        return sum;
    }

    @Override
    public int count() {
        return pictures.size();
    }

    @Override
    public List<Measure> measures() {
        return SegmentationReport.measures(this);
    }

    @Override
    public String title() {
        return "Mean IoU";
    }

    @Override
    public String words() {
        return SegmentationReport.words(this);
    }

    @Override
    public Map<String, Object> figures() {
        return SegmentationReport.figures(this);
    }

    @Override
    public Map<String, Object> details() {
        return SegmentationReport.details(this);
    }

    @Override
    public List<ReportPart> report() {
        return SegmentationReport.report(this);
    }

    @Override
    public void write(IntFunction<Pixels> drawnOn, Path folder) {
        SegmentationFiles.write(this, drawnOn, folder);
    }
}
