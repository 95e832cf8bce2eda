package io.fovea.transfer;

import io.fovea.transfer.FeatureMatrix.Standardisation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Trains a head on features, and chooses its pull to zero on pictures that it was not trained on: validation pictures where there are some,
 * else by cross-validation.
 *
 * <p>Augmented copies of a picture stay with it: a fold is judged on whole pictures, as they are, none of whose copies were trained on.
 */
public final class HeadTraining {

    /** From strong to weak, so that each begins near the minimum of the one before. */
    private static final double[] DECAYS = {3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001};

    private static final int FOLDS = 5;
    /** Beyond this many pictures one fold is judged on enough of them. */
    private static final int MOST_CROSS_VALIDATED = 3_000;

    private static final int MOST_STEPS = 300;
    private static final double TOLERANCE = 1e-5;
    private static final double ROUGH_TOLERANCE = 1e-4;

    private HeadTraining() {}

    /** Trains a head whose pull to zero is chosen by cross-validation of the training pictures. */
    public static TrainedHead train(Head.Trained head, HeadExamples training, long seed) {
        return train(head, training, OptionalDouble.empty(), seed);
    }

    /** Trains a head with a given pull to zero, or one that is chosen by cross-validation of the training pictures. */
    public static TrainedHead train(Head.Trained head, HeadExamples training, OptionalDouble decay, long seed) {
        Standardisation standardisation = Standardisation.of(training.stacked());
        List<Part> parts = folds(training, standardisation, seed);
        return choose(head, training, standardisation, parts, decay, seed);
    }

    /** Trains a head whose pull to zero is chosen on validation pictures. */
    public static TrainedHead train(Head.Trained head, HeadExamples training, HeadExamples validation, long seed) {
        return train(head, training, validation, OptionalDouble.empty(), seed);
    }

    /** Trains a head with a given pull to zero, or one that is chosen on validation pictures. */
    public static TrainedHead train(
            Head.Trained head, HeadExamples training, HeadExamples validation, OptionalDouble decay, long seed) {
        Standardisation standardisation = Standardisation.of(training.stacked());
        Part part = new Part(
                FeatureMatrix.of(training.stacked(), standardisation),
                training.stackedTargets(),
                FeatureMatrix.of(validation.copies().getFirst(), standardisation),
                validation.targets().plain());
        return choose(head, training, standardisation, List.of(part), decay, seed);
    }

    /**
     * Trains a head again after some targets have changed, from where it stands and with the same pull to zero. A linear head comes
     * out as if trained anew.
     */
    public static TrainedHead retrain(Head.Trained head, HeadExamples training, TrainedHead before) {
        FeatureMatrix features = FeatureMatrix.of(training.stacked(), before.standardisation());
        double[] point = before.point();
        LimitedMemoryBfgs.minimise(
                head.objective(features, training.stackedTargets(), before.decay()), point, MOST_STEPS, TOLERANCE);
        return new TrainedHead(
                head,
                training.targets().outputs(),
                before.decay(),
                before.validationLoss(),
                before.standardisation(),
                point);
    }

    /** Pictures to train on and others to judge by. */
    private record Part(FeatureMatrix features, HeadTargets targets, FeatureMatrix judged, HeadTargets judgedTargets) {}

    private static TrainedHead choose(
            Head.Trained head,
            HeadExamples training,
            Standardisation standardisation,
            List<Part> parts,
            OptionalDouble decay,
            long seed) {
        double[] decays = decay.isPresent() ? downTo(decay.getAsDouble()) : DECAYS;
        int outputs = training.targets().outputs();
        double[] losses = new double[decays.length];
        for (Part part : parts) {
            double[] point = head.start(training.size(), outputs, seed);
            for (int i = 0; i < decays.length; i++) {
                LimitedMemoryBfgs.minimise(
                        head.objective(part.features, part.targets, decays[i]), point, MOST_STEPS, ROUGH_TOLERANCE);
                float[][] judged = head.outputs(part.judged, point, outputs);
                losses[i] += part.judgedTargets.loss(judged, new float[outputs][part.judged.count()]) / parts.size();
            }
        }
        int best = decay.isPresent()
                ? decays.length - 1
                : IntStream.range(0, losses.length)
                        .reduce((a, b) -> losses[b] < losses[a] ? b : a)
                        .orElseThrow();
        double[] point = head.start(training.size(), outputs, seed);
        FeatureMatrix all = FeatureMatrix.of(training.stacked(), standardisation);
        HeadTargets targets = training.stackedTargets();
        for (int i = 0; i <= best; i++) {
            double tolerance = i < best ? ROUGH_TOLERANCE : TOLERANCE;
            LimitedMemoryBfgs.minimise(head.objective(all, targets, decays[i]), point, MOST_STEPS, tolerance);
        }
        return new TrainedHead(head, outputs, decays[best], losses[best], standardisation, point);
    }

    /** Returns the stronger ones, then this one. */
    private static double[] downTo(double decay) {
        return DoubleStream.concat(DoubleStream.of(DECAYS).filter(stronger -> stronger > decay), DoubleStream.of(decay))
                .toArray();
    }

    private static List<Part> folds(HeadExamples training, Standardisation standardisation, long seed) {
        int[] order = shuffledByClass(training.targets(), seed);
        FeatureMatrix all = FeatureMatrix.of(training.stacked(), standardisation);
        HeadTargets targets = training.stackedTargets();
        int folds = Math.min(FOLDS, order.length);
        int used = order.length > MOST_CROSS_VALIDATED ? 1 : folds;
        List<Part> parts = new ArrayList<>();
        for (int f = 0; f < used; f++) {
            int fold = f;
            int[] left = IntStream.range(0, order.length)
                    .filter(i -> i % folds == fold)
                    .map(i -> order[i])
                    .toArray();
            int[] kept = training.rowsOf(IntStream.range(0, order.length)
                    .filter(i -> i % folds != fold)
                    .map(i -> order[i])
                    .toArray());
            if (kept.length == 0) continue; // a single picture
            parts.add(new Part(
                    all.rows(kept),
                    targets.rows(kept),
                    all.rows(left),
                    training.targets().rows(left).plain()));
        }
        return parts;
    }

    /** Pictures of one class follow each other, in random order, so that dealing them out gives every fold its share of each class. */
    private static int[] shuffledByClass(HeadTargets targets, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = IntStream.range(0, targets.count()).toArray();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return switch (targets) {
            case HeadTargets.Values _ -> order;
            case HeadTargets.Classes classes ->
                Arrays.stream(order)
                        .boxed()
                        .sorted((a, b) -> classes.labels()[a] - classes.labels()[b])
                        .mapToInt(Integer::intValue)
                        .toArray();
        };
    }
}
