package io.fovea.training;

import io.fovea.batch.Batch;
import io.fovea.batch.BatchLoader;
import io.fovea.batch.BatchSettings;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.event.TrainingEvent.Guess;
import io.fovea.event.TrainingEvent.PicturesAnswered;
import io.fovea.event.TrainingEvent.SampleAnswer;
import io.fovea.learning.Learning;
import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How good a network is for the validation pictures, batch by batch: no outputs are kept. */
final class Validation {

    private static final int SAMPLES = 8;
    private static final int BEST = 3;

    private final Learning learning;
    private final Loss loss;
    private final Dataset dataset;
    private final int batchSize;
    private final int width; // of a picture's result
    private float[] gradient = new float[0]; // what the loss writes and nobody reads
    private final RunRanks ranks;
    private final List<SampleAnswer> samples = new ArrayList<>();
    private List<List<Long>> confusion = List.of();

    /**
     * Prepares.
     *
     * @param loss  of the training
     * @param ranks each of which judges a part of the pictures
     */
    Validation(Learning learning, Loss loss, Dataset dataset, Network network, RunRanks ranks) {
        this.ranks = ranks;
        this.learning = learning;
        this.loss = learning.judgingLoss(loss);
        this.dataset = dataset;
        this.batchSize = Scoring.batchSize(network);
        this.width = Math.toIntExact(Inference.of(network).output().count());
    }

    /**
     * Judges all validation pictures: this rank its own, the sums are those of all.
     *
     * @param network gives a batch's outputs
     */
    Tally of(Function<Batch, float[]> network) {
        int classes = dataset.classNames().size();
        boolean few = classes <= PicturesAnswered.MOST_CLASSES;
        int told = learning.answer(new float[width], 0).length;
        double[] sums = new double[2 + learning.counts()]; // pictures, loss, counts
        double[] answers = new double[SAMPLES * told];
        double[] pictures = new double[few && !dataset.hasMasks() ? classes * classes : 0];
        BatchSettings settings = learning.evaluation(batchSize * ranks.count(), 1);
        try (BatchLoader loader = new BatchLoader(dataset, Split.VALIDATION, settings, ranks.share(1))) {
            loader.start(0, 0);
            for (Optional<Batch> next = loader.next(); next.isPresent(); next = loader.next()) {
                if (next.get().size() == 0) continue;
                float[] outputs = network.apply(next.get());
                judge(next.get(), outputs, sums);
                if (told > 0) look(next.get(), outputs, answers, pictures);
            }
        }
        ranks.sum(sums);
        ranks.sum(answers);
        ranks.sum(pictures);
        Tally tally = Tally.of((long) sums[0], sums[1], Arrays.copyOfRange(sums, 2, sums.length));
        keepSamples(answers, told);
        confusion = few && dataset.hasMasks() ? tally.confusion(learning) : rows(pictures, classes);
        return tally;
    }

    private static List<List<Long>> rows(double[] counts, int classes) {
        List<List<Long>> rows = new ArrayList<>();
        for (int from = 0; from < counts.length; from += classes) {
            rows.add(Arrays.stream(counts, from, from + classes)
                    .mapToObj(count -> (long) count)
                    .toList());
        }
        return rows;
    }

    /** Returns answers to a few of the pictures that were judged last, at even distances. */
    List<SampleAnswer> samples() {
        return List.copyOf(samples);
    }

    /** Returns how many of the pictures, or pixels, that were judged last are of each class (rows) and were taken for each. */
    List<List<Long>> confusion() {
        return confusion;
    }

    private void look(Batch batch, float[] outputs, double[] answers, double[] counts) {
        for (int n = 0; n < batch.size(); n++) {
            int position = batch.examples()[n];
            boolean sampled = position % interval() == 0 && position / interval() < SAMPLES;
            if (!sampled && counts.length == 0) continue;
            double[] answer = learning.answer(outputs, n * width);
            if (sampled) System.arraycopy(answer, 0, answers, position / interval() * answer.length, answer.length);
            if (counts.length > 0) counts[batch.labels()[n] * answer.length + best(answer)]++;
        }
    }

    /** Returns the distance of the pictures whose answers are told. */
    private int interval() {
        return Math.max(1, dataset.count(Split.VALIDATION) / SAMPLES);
    }

    private void keepSamples(double[] answers, int told) {
        samples.clear();
        for (int i = 0; i < SAMPLES && told > 0 && i * interval() < dataset.count(Split.VALIDATION); i++) {
            double[] answer = Arrays.copyOfRange(answers, i * told, (i + 1) * told);
            int position = i * interval();
            samples.add(new SampleAnswer(
                    position, dataset.source(Split.VALIDATION, position), told(answer, ranked(answer))));
        }
    }

    private static int best(double[] answer) {
        return ranked(answer).getFirst().output();
    }

    /** The best first; among equals the first. */
    private static List<Guess> ranked(double[] answer) {
        List<Guess> guesses = new ArrayList<>();
        for (int k = 0; k < answer.length; k++) guesses.add(new Guess(k, answer[k]));
        guesses.sort(Comparator.comparingDouble((Guess guess) -> -guess.value()));
        return guesses;
    }

    /** Of classes the first few, of values all in their order. */
    private List<Guess> told(double[] answer, List<Guess> ranked) {
        if (!dataset.classNames().isEmpty()) return ranked.subList(0, Math.min(BEST, ranked.size()));
        List<Guess> values = new ArrayList<>();
        for (int t = 0; t < answer.length; t++) values.add(new Guess(t, answer[t]));
        return values;
    }

    private void judge(Batch batch, float[] outputs, double[] sums) {
        Targets wanted = learning.targets(batch);
        int size = batch.size();
        if (gradient.length < size * width) gradient = new float[size * width];
        double[] counts = new double[learning.counts()];
        learning.count(outputs, wanted, size, counts);
        Loss.Result result = loss.of(outputs, wanted, size, width, gradient);
        sums[0] += size;
        sums[1] += result.mean() * size;
        for (int i = 0; i < counts.length; i++) sums[2 + i] += counts[i];
    }
}
