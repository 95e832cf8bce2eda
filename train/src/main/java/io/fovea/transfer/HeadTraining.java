package io.fovea.transfer;

import io.fovea.optimize.Targets;
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

    /** Trains a head; a pull to zero that is not given is chosen by cross-validation of the training pictures. */
    public static TrainedHead train(Head.Trained head, HeadExamples training, HeadGoal goal, long seed) {
        Standardisation standardisation = Standardisation.of(training.stacked());
        List<Part> parts = folds(training, standardisation, seed);
        return choose(head, training, standardisation, parts, goal, seed);
    }

    /** Trains a head; a pull to zero that is not given is chosen on validation pictures. */
    public static TrainedHead train(
            Head.Trained head, HeadExamples training, HeadExamples validation, HeadGoal goal, long seed) {
        Standardisation standardisation = Standardisation.of(training.stacked());
        Part part = new Part(
                FeatureMatrix.of(training.stacked(), standardisation),
                training.stackedTargets(),
                FeatureMatrix.of(validation.copies().getFirst(), standardisation),
                validation.targets());
        return choose(head, training, standardisation, List.of(part), goal, seed);
    }

    /**
     * Trains a head again after some targets have changed, from where it stands and with the same pull to zero. A linear head comes
     * out as if trained anew.
     */
    public static TrainedHead retrain(Head.Trained head, HeadExamples training, HeadGoal goal, TrainedHead before) {
        FeatureMatrix features = FeatureMatrix.of(training.stacked(), before.standardisation());
        double[] point = before.point();
        LimitedMemoryBfgs.minimise(
                head.objective(
                        features, loss(goal, training.stackedTargets(), features, training.outputs()), before.decay()),
                point,
                MOST_STEPS,
                TOLERANCE);
        return new TrainedHead(
                head, training.outputs(), before.decay(), before.validationLoss(), before.standardisation(), point);
    }

    /** Pictures to train on and others to judge by. */
    private record Part(FeatureMatrix features, Targets targets, FeatureMatrix judged, Targets judgedTargets) {}

    private static HeadLoss loss(HeadGoal goal, Targets targets, FeatureMatrix features, int outputs) {
        return new HeadLoss(goal.loss(targets), targets, features.count(), outputs);
    }

    private static TrainedHead choose(
            Head.Trained head,
            HeadExamples training,
            Standardisation standardisation,
            List<Part> parts,
            HeadGoal goal,
            long seed) {
        OptionalDouble decay = goal.decay();
        double[] decays = decay.isPresent() ? downTo(decay.getAsDouble()) : DECAYS;
        int outputs = training.outputs();
        double[] losses = new double[decays.length];
        for (Part part : parts) {
            double[] point = head.start(training.size(), outputs, seed);
            HeadLoss learned = loss(goal, part.targets, part.features, outputs);
            // all classes alike and unsmoothed, so that pulls compare
            HeadLoss judging = loss(HeadGoal.USUAL, part.judgedTargets, part.judged, outputs);
            for (int i = 0; i < decays.length; i++) {
                LimitedMemoryBfgs.minimise(
                        head.objective(part.features, learned, decays[i]), point, MOST_STEPS, ROUGH_TOLERANCE);
                losses[i] += judging.at(head.outputs(part.judged, point, outputs)) / parts.size();
            }
        }
        int best = decay.isPresent()
                ? decays.length - 1
                : IntStream.range(0, losses.length)
                        .reduce((a, b) -> losses[b] < losses[a] ? b : a)
                        .orElseThrow();
        double[] point = head.start(training.size(), outputs, seed);
        FeatureMatrix all = FeatureMatrix.of(training.stacked(), standardisation);
        HeadLoss loss = loss(goal, training.stackedTargets(), all, outputs);
        for (int i = 0; i <= best; i++) {
            double tolerance = i < best ? ROUGH_TOLERANCE : TOLERANCE;
            LimitedMemoryBfgs.minimise(head.objective(all, loss, decays[i]), point, MOST_STEPS, tolerance);
        }
        return new TrainedHead(head, outputs, decays[best], losses[best], standardisation, point);
    }

    /** Returns the stronger ones, then this one. */
    private static double[] downTo(double decay) {
        return DoubleStream.concat(DoubleStream.of(DECAYS).filter(stronger -> stronger > decay), DoubleStream.of(decay))
                .toArray();
    }

    private static List<Part> folds(HeadExamples training, Standardisation standardisation, long seed) {
        int[] order = shuffledByClass(training, seed);
        FeatureMatrix all = FeatureMatrix.of(training.stacked(), standardisation);
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
            parts.add(new Part(all.rows(kept), training.targetsOf(kept), all.rows(left), training.targetsOf(left)));
        }
        return parts;
    }

    /** Pictures of one class follow each other, in random order, so that dealing them out gives every fold its share of each class. */
    private static int[] shuffledByClass(HeadExamples training, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = IntStream.range(0, training.count()).toArray();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        if (!(training.targets() instanceof Targets.Labels(int[] labels))) return order;
        return Arrays.stream(order)
                .boxed()
                .sorted((a, b) -> labels[a] - labels[b])
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
