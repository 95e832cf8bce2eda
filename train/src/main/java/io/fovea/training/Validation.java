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
    private final List<SampleAnswer> samples = new ArrayList<>();
    private List<List<Long>> confusion = List.of();

    /** @param loss of the training */
    Validation(Learning learning, Loss loss, Dataset dataset, Network network) {
        this.learning = learning;
        this.loss = learning.judgingLoss(loss);
        this.dataset = dataset;
        this.batchSize = Scoring.batchSize(network);
        this.width = Math.toIntExact(Inference.of(network).output().count());
    }

    /**
     * Judges all validation pictures.
     *
     * @param network gives a batch's outputs
     */
    Tally of(Function<Batch, float[]> network) {
        Tally tally = Tally.EMPTY;
        samples.clear();
        int classes = dataset.classNames().size();
        boolean few = classes <= PicturesAnswered.MOST_CLASSES;
        long[][] pictures = few && !dataset.hasMasks() ? new long[classes][classes] : new long[0][0];
        int position = 0;
        BatchSettings settings = learning.evaluation(batchSize, 1);
        try (BatchLoader loader = new BatchLoader(dataset, Split.VALIDATION, settings)) {
            loader.start(0, 0);
            for (Optional<Batch> next = loader.next(); next.isPresent(); next = loader.next()) {
                float[] outputs = network.apply(next.get());
                tally = tally.with(of(next.get(), outputs));
                look(next.get(), outputs, position, pictures);
                position += next.get().size();
            }
        }
        confusion = few && dataset.hasMasks() ? tally.confusion(learning) : rows(pictures);
        return tally;
    }

    private static List<List<Long>> rows(long[][] counts) {
        return Arrays.stream(counts)
                .map(row -> Arrays.stream(row).boxed().toList())
                .toList();
    }

    /** Returns answers to a few of the pictures that were judged last, at even distances. */
    List<SampleAnswer> samples() {
        return List.copyOf(samples);
    }

    /** Returns how many of the pictures, or pixels, that were judged last are of each class (rows) and were taken for each. */
    List<List<Long>> confusion() {
        return confusion;
    }

    private void look(Batch batch, float[] outputs, int first, long[][] counts) {
        int interval = Math.max(1, dataset.count(Split.VALIDATION) / SAMPLES);
        for (int n = 0; n < batch.size(); n++) {
            boolean sampled = (first + n) % interval == 0 && samples.size() < SAMPLES;
            if (!sampled && counts.length == 0) continue;
            double[] answer = learning.answer(outputs, n * width);
            if (answer.length == 0) return;
            List<Guess> ranked = ranked(answer);
            if (sampled) {
                samples.add(
                        new SampleAnswer(first + n, dataset.source(Split.VALIDATION, first + n), told(answer, ranked)));
            }
            if (counts.length > 0) counts[batch.labels()[n]][ranked.getFirst().output()]++;
        }
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

    private Tally of(Batch batch, float[] outputs) {
        Targets wanted = learning.targets(batch);
        int size = batch.size();
        if (gradient.length < size * width) gradient = new float[size * width];
        double[] counts = new double[learning.counts()];
        learning.count(outputs, wanted, size, counts);
        Loss.Result result = loss.of(outputs, wanted, size, width, gradient);
        return Tally.of(size, result.mean() * size, counts);
    }
}
