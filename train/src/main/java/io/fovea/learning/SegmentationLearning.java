package io.fovea.learning;

import io.fovea.batch.Batch;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.evaluation.SegmentationEvaluation;
import io.fovea.evaluation.Verdict;
import io.fovea.optimize.Loss;
import io.fovea.optimize.PixelCounting;
import io.fovea.optimize.Targets;
import io.fovea.problem.Problem;
import io.fovea.task.Measure;
import io.fovea.task.Segmentation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A class for every pixel: cross-entropy over labelled pixels, mean intersection over union. */
record SegmentationLearning(Segmentation task) implements Learning, PixelCounting {

    @Override
    public Loss usualLoss() {
        return new Loss.CrossEntropy(0);
    }

    @Override
    public Loss judgingLoss(Loss chosen) {
        return new Loss.CrossEntropy(0);
    }

    @Override
    public OptionalDouble guessingLoss() {
        return OptionalDouble.of(Math.log(outputs()));
    }

    @Override
    public Loss checked(Loss loss, Dataset dataset) {
        return new Classes(task.classNames()).checked(loss, dataset, () -> pixels(dataset));
    }

    /** Returns the labelled training pixels of each class; all in one larger unit, rounded up, where they are too many: weights need their ratios. */
    private int[] pixels(Dataset dataset) {
        long[] counts = new long[outputs()];
        byte[] mask =
                new byte[dataset.preparation().height() * dataset.preparation().width()];
        for (int i = 0; i < dataset.count(Split.TRAINING); i++) {
            dataset.copyMask(Split.TRAINING, i, mask, 0);
            for (byte label : mask) if ((label & 0xff) != Segmentation.UNLABELLED) counts[label & 0xff]++;
        }
        long unit = Math.max(1, Math.ceilDiv(Arrays.stream(counts).max().orElse(0), (long) Integer.MAX_VALUE));
        return Arrays.stream(counts)
                .mapToInt(count -> Math.toIntExact(Math.ceilDiv(count, unit)))
                .toArray();
    }

    @Override
    public void checkPictures(Dataset dataset) {
        int[] pixels = pixels(dataset);
        long learned = Arrays.stream(pixels).filter(count -> count > 0).count();
        if (learned > 1) return;
        throw new Problem(
                "Expected training pixels of at least two classes, found those of " + learned + ".",
                "dataset \"" + dataset.name() + "\"",
                "import it with masks that tell two classes apart");
    }

    @Override
    public Targets targets(Batch batch) {
        return new Targets.Masks(batch.masks(), batch.height() * batch.width());
    }

    @Override
    public Optional<Targets> targets(Dataset dataset, Split split) {
        return Optional.empty();
    }

    @Override
    public boolean movesTruth() {
        return true;
    }

    /** The confusion [K, K], row by row. */
    @Override
    public int counts() {
        return outputs() * outputs();
    }

    @Override
    public void count(float[] outputs, Targets wanted, int size, double[] counts) {
        if (!(wanted instanceof Targets.Masks(byte[] masks, int area)))
            throw new IllegalArgumentException("Expected masks, found " + wanted.words());
        byte[] answers = new byte[size * area];
        for (int n = 0; n < size; n++) largest(outputs, n * outputs() * area, answers, n * area, area);
        countPixels(answers, new Targets.Masks(masks, area), size, counts);
    }

    @Override
    public void countPixels(byte[] answers, Targets.Masks masks, int size, double[] counts) {
        int classes = outputs();
        int[] confusion = new int[counts.length];
        for (int i = 0; i < size * masks.area(); i++) {
            int label = masks.masks()[i] & 0xff;
            if (label != Segmentation.UNLABELLED) confusion[label * classes + (answers[i] & 0xff)]++;
        }
        for (int i = 0; i < counts.length; i++) counts[i] += confusion[i];
    }

    /** Finds each pixel's largest logit; map by map, as they lie in memory. Of equal ones the smaller label wins. */
    private void largest(float[] outputs, int first, byte[] answers, int firstAnswer, int area) {
        float[] largest = Arrays.copyOfRange(outputs, first, first + area);
        for (int k = 1; k < outputs(); k++) {
            int map = first + k * area;
            for (int i = 0; i < area; i++) {
                if (outputs[map + i] <= largest[i]) continue;
                largest[i] = outputs[map + i];
                answers[firstAnswer + i] = (byte) k;
            }
        }
    }

    @Override
    public List<Measure> measures(double[] counts, long pictures) {
        int classes = outputs();
        double right = 0;
        double all = 0;
        double sum = 0;
        int present = 0;
        for (int k = 0; k < classes; k++) {
            double truth = 0;
            double found = 0;
            for (int other = 0; other < classes; other++) {
                truth += counts[k * classes + other];
                found += counts[other * classes + k];
            }
            double hits = counts[k * classes + k];
            right += hits;
            all += truth;
            if (truth + found == 0) continue;
            sum += hits / (truth + found - hits);
            present++;
        }
        return List.of(
                Measure.share("mean intersection over union", present == 0 ? Double.NaN : sum / present),
                Measure.share("pixel accuracy", all == 0 ? Double.NaN : right / all));
    }

    @Override
    public List<List<Long>> confusion(double[] counts) {
        List<List<Long>> rows = new ArrayList<>();
        for (int k = 0; k < outputs(); k++) {
            rows.add(Arrays.stream(counts, k * outputs(), (k + 1) * outputs())
                    .mapToObj(count -> (long) count)
                    .toList());
        }
        return rows;
    }

    @Override
    public Judge judge(Dataset dataset, Split split) {
        int[] labels = new Classes(task.classNames()).labels(dataset);
        SegmentationEvaluation.Builder judged = new SegmentationEvaluation.Builder(task.classNames());
        return new Judge() {
            @Override
            public void add(float[] outputs, int offset) {
                int position = judged.count();
                byte[] mask = new byte
                        [dataset.preparation().height() * dataset.preparation().width()];
                dataset.copyMask(split, position, mask, 0);
                for (int i = 0; i < mask.length; i++) {
                    int label = mask[i] & 0xff;
                    if (label != Segmentation.UNLABELLED) mask[i] = (byte) labels[label];
                }
                judged.add(mask, outputs, offset, dataset.source(split, position));
            }

            @Override
            public Verdict verdict() {
                if (judged.count() != dataset.count(split))
                    throw new IllegalStateException(
                            judged.count() + " of " + dataset.count(split) + " pictures judged");
                return judged.evaluation();
            }
        };
    }

    @Override
    public String caption(Batch batch, int row) {
        return "";
    }
}
