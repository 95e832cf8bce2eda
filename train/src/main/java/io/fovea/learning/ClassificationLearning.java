package io.fovea.learning;

import io.fovea.batch.Batch;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.evaluation.Evaluation;
import io.fovea.evaluation.Verdict;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Targets;
import io.fovea.problem.Problem;
import io.fovea.task.Classification;
import io.fovea.task.Measure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** A class for every picture: cross-entropy, accuracy. */
record ClassificationLearning(Classification task) implements Learning {

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
        return new Classes(task.classNames()).checked(loss, dataset, () -> counts(dataset));
    }

    private int[] counts(Dataset dataset) {
        int[] counts = new int[outputs()];
        for (int i = 0; i < dataset.count(Split.TRAINING); i++) counts[dataset.label(Split.TRAINING, i)]++;
        return counts;
    }

    /** What is alone tells nothing from anything. */
    @Override
    public void checkPictures(Dataset dataset) {
        int[] counts = counts(dataset);
        long learned = IntStream.of(counts).filter(count -> count > 0).count();
        if (learned > 1) return;
        int only = IntStream.range(0, counts.length)
                .filter(label -> counts[label] > 0)
                .findFirst()
                .orElseThrow();
        throw new Problem(
                "Expected training pictures of at least two classes, found those of \""
                        + task.classNames().get(only) + "\" alone.",
                "dataset \"" + dataset.name() + "\"",
                "import it with training pictures of another class");
    }

    @Override
    public Targets targets(Batch batch) {
        if (batch.shares().length == 0) return new Targets.Labels(batch.labels());
        return new Targets.MixedLabels(batch.labels(), batch.secondLabels(), batch.shares());
    }

    @Override
    public Optional<Targets> targets(Dataset dataset, Split split) {
        int[] labels = new int[dataset.count(split)];
        for (int i = 0; i < labels.length; i++) labels[i] = dataset.label(split, i);
        return Optional.of(new Targets.Labels(labels));
    }

    @Override
    public boolean movesTruth() {
        return false;
    }

    /** Formula: softmax, exp(z_k − max z) / Σ_j exp(z_j − max z). */
    @Override
    public double[] answer(float[] outputs, int offset) {
        double[] shares = new double[outputs()];
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < shares.length; k++) largest = Math.max(largest, outputs[offset + k]);
        double sum = 0;
        for (int k = 0; k < shares.length; k++) sum += shares[k] = Math.exp(outputs[offset + k] - largest);
        for (int k = 0; k < shares.length; k++) shares[k] /= sum;
        return shares;
    }

    @Override
    public int counts() {
        return 1;
    }

    /** Counts pictures whose largest logit is at the label (the first of equals), of a mixed picture at the label with the larger share. */
    @Override
    public void count(float[] outputs, Targets wanted, int size, double[] counts) {
        int classes = outputs();
        for (int n = 0; n < size; n++) {
            int row = n * classes;
            int best = 0;
            for (int k = 1; k < classes; k++) if (outputs[row + k] > outputs[row + best]) best = k;
            int label =
                    switch (wanted) {
                        case Targets.Labels(int[] labels) -> labels[n];
                        case Targets.MixedLabels mixed ->
                            mixed.shares()[n] >= 0.5f ? mixed.first()[n] : mixed.second()[n];
                        case Targets.Masks _, Targets.Values _ ->
                            throw new IllegalArgumentException("Expected labels, found " + wanted.words());
                    };
            if (best == label) counts[0]++;
        }
    }

    @Override
    public List<Measure> measures(double[] counts, long pictures) {
        return List.of(Measure.share("accuracy", counts[0] / pictures));
    }

    @Override
    public Judge judge(Dataset dataset, Split split) {
        int[] labels = new Classes(task.classNames()).labels(dataset);
        Evaluation.Builder judged = new Evaluation.Builder(task.classNames());
        return new Judge() {
            @Override
            public void add(float[] outputs, int offset) {
                int position = judged.count();
                judged.add(labels[dataset.label(split, position)], outputs, offset, dataset.source(split, position));
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
        String first = task.classNames().get(batch.labels()[row]);
        return batch.shares().length == 0
                ? first
                : first + " + " + task.classNames().get(batch.secondLabels()[row]);
    }
}
