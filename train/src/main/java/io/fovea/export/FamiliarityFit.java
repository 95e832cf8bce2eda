package io.fovea.export;

import io.fovea.bundle.Familiarity;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.onnx.NetworkOutputs;
import io.fovea.task.Proportion;
import io.fovea.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Learns what a model's training pictures have in common, and from which distance on a picture is unlike them.
 *
 * <p>The distances are learned from training pictures. The threshold is chosen so that one in twenty of other pictures lies beyond it: validation
 * pictures where there are enough beside the pictures that the model is judged on, else training pictures in parts, each measured by what the others
 * taught. How many of the judged pictures lie beyond it is counted at the end.
 */
final class FamiliarityFit {

    /** The share of familiar pictures that the threshold gives up. */
    static final double FALSE_ALARMS = 0.05;

    /** With fewer training pictures nothing is learned: five of a hundred mean nothing there. */
    private static final int FEWEST = 20;
    /** With fewer validation pictures the training pictures choose the threshold. */
    private static final int FEWEST_VALIDATION = 100;

    private static final int FOLDS = 5;
    /** Few pictures are held out in more and smaller parts: what is learned without one is then nearly what is learned from all. */
    private static final int FOLDS_OF_FEW = 20;

    private static final int FEW = 1_000;
    /** The least threshold: where all pictures are alike, what differs in the last bit is not unlike them. */
    private static final double LEAST_DISTANCE = 1e-3;

    private static final int MOST_TRAINING = 4_000;
    private static final int MOST_OTHERS = 2_000;
    /** Multiply-accumulates that all pictures together may cost: half a minute on two cores. */
    private static final long MOST_WORK = 1_500_000_000_000L;

    private final Dataset dataset;
    private final Split judged;
    private final Network network;
    private final ModelParts model;
    private final Map<Split, float[]> known;
    private final int threads;

    /**
     * Prepares.
     *
     * @param judged the split that the model is judged on
     * @param known  [N, D] for whole splits what the network answers from, as far as it is known already
     */
    FamiliarityFit(ModelParts model, Dataset dataset, Split judged, Map<Split, float[]> known, int threads) {
        this.model = model;
        this.network = model.network().forPrediction();
        this.dataset = dataset;
        this.judged = judged;
        this.known = known;
        this.threads = threads;
    }

    /** Returns what was learned; nothing if there are too few training pictures, or the network has no place to compare at. */
    Optional<FittedFamiliarity> fit(Task task) {
        NetworkSummary summary = Inference.of(network);
        FamiliarityPart.Room room =
                model.quantized().isEmpty() ? FamiliarityPart.Room.AMPLE : FamiliarityPart.Room.SCARCE;
        // what a class of every pixel is told from is about places, not about the picture
        boolean maps = summary.output().rank() == 3;
        Optional<String> features = maps
                ? Optional.empty()
                : NetworkOutputs.of(network, summary, task).source();
        List<FamiliarityPart> parts = FamiliarityPart.of(network, summary, model.preprocessing(), features, room);
        if (parts.isEmpty() || dataset.count(Split.TRAINING) < FEWEST) return Optional.empty();
        boolean validation = judged == Split.TEST && dataset.count(Split.VALIDATION) >= FEWEST_VALIDATION;
        List<FeatureVectors> training;
        List<FeatureVectors> others;
        List<FeatureVectors> counted;
        try (Places places = new Places(parts)) {
            training = places.vectors(Split.TRAINING, MOST_TRAINING);
            others = validation ? places.vectors(Split.VALIDATION, MOST_OTHERS) : List.of();
            counted = places.vectors(judged, MOST_OTHERS);
        }
        List<FamiliarityDistance> distances = new ArrayList<>();
        double[] largest =
                new double[(validation ? others : training).getFirst().count()];
        for (int i = 0; i < parts.size(); i++) {
            FamiliarityDistance distance = distance(i, training.get(i), parts.get(i));
            double[] heldOut = validation ? distance.of(others.get(i)) : crossFitted(i, training.get(i), parts.get(i));
            double unit = beyond(heldOut, FALSE_ALARMS / parts.size()); // all together give up about the whole
            distances.add(distance.in(unit));
            for (int n = 0; n < largest.length; n++) largest[n] = Math.max(largest[n], heldOut[n] / unit);
        }
        double threshold = beyond(largest, FALSE_ALARMS);
        distances.replaceAll(distance -> distance.in(threshold));
        return Optional.of(new FittedFamiliarity(
                parts,
                distances,
                largest.length,
                validation ? Familiarity.Choice.VALIDATION : Familiarity.Choice.TRAINING,
                judged,
                alarms(distances, counted)));
    }

    private static FamiliarityDistance distance(int index, FeatureVectors training, FamiliarityPart part) {
        return switch (part.form()) {
            case FamiliarityPart.Picture _ -> StatisticsDistance.fit(training);
            case FamiliarityPart.Maps _, FamiliarityPart.Vector _ ->
                FeatureDistance.fit("u" + index + "/B", training, part.most());
        };
    }

    /** Returns [N] the distance of each vector by what the parts that it is not in have taught. */
    private static double[] crossFitted(int index, FeatureVectors training, FamiliarityPart part) {
        double[] all = new double[training.count()];
        int folds = all.length <= FEW ? FOLDS_OF_FEW : FOLDS;
        for (int f = 0; f < folds; f++) {
            int fold = f;
            FamiliarityDistance distance = distance(index, training.where(n -> n % folds != fold), part);
            double[] some = distance.of(training.where(n -> n % folds == fold));
            for (int i = 0; i < some.length; i++) all[i * folds + fold] = some[i];
        }
        return all;
    }

    /**
     * Returns the distance that a new picture of the same kind exceeds with at most the given probability: the ⌈(n + 1)·(1 − share)⌉-th
     * smallest of n, or the largest if there are too few for that.
     *
     * <p>Source: Vovk, Gammerman and Shafer 2005, "Algorithmic Learning in a Random World" (conformal prediction).
     */
    static double beyond(double[] distances, double share) {
        double[] sorted = distances.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil((sorted.length + 1) * (1 - share));
        return Math.max(sorted[Math.min(rank, sorted.length) - 1], LEAST_DISTANCE);
    }

    private static Proportion alarms(List<FamiliarityDistance> distances, List<FeatureVectors> counted) {
        double[] largest = new double[counted.getFirst().count()];
        for (int i = 0; i < distances.size(); i++) {
            double[] some = distances.get(i).of(counted.get(i));
            for (int n = 0; n < largest.length; n++) largest[n] = Math.max(largest[n], some[n]);
        }
        long alarms = Arrays.stream(largest)
                .filter(distance -> distance > FittedFamiliarity.THRESHOLD)
                .count();
        return new Proportion(alarms, largest.length);
    }

    /** Vectors at the parts' places: known ones, and others that the network is run for. */
    private final class Places implements AutoCloseable {

        private final List<FamiliarityPart> parts;
        private final List<FamiliarityPart> computed;
        private final Optional<PictureVectors> vectors;

        Places(List<FamiliarityPart> parts) {
            this.parts = parts;
            this.computed = parts.stream().filter(part -> !known(part)).toList();
            this.vectors = computed.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new PictureVectors(network, model.weights(), model.preprocessing(), computed, threads));
        }

        /** Only what the answer is made from can be known: vectors, the last of the parts. */
        private boolean known(FamiliarityPart part) {
            return part.form() instanceof FamiliarityPart.Vector
                    && known.containsKey(Split.TRAINING)
                    && known.get(Split.TRAINING).length == (long) dataset.count(Split.TRAINING) * part.width();
        }

        List<FeatureVectors> vectors(Split split, int most) {
            int count = dataset.count(split);
            long cost = vectors.map(PictureVectors::multiplyAccumulates).orElse(1L);
            // a fifth for each of the others
            long affordable = Math.max(200, MOST_WORK / Math.max(1, cost) * most / (MOST_TRAINING + 2 * MOST_OTHERS));
            int taken = (int) Math.min(Math.min(count, most), affordable);
            int[] positions = IntStream.range(0, taken)
                    .map(i -> (int) ((long) i * count / taken))
                    .toArray();
            List<FeatureVectors> run =
                    vectors.map(each -> each.of(dataset, split, positions)).orElse(List.of());
            List<FeatureVectors> all = new ArrayList<>();
            for (FamiliarityPart part : parts) {
                all.add(
                        known(part)
                                ? new FeatureVectors(known.get(split), part.width()).at(positions)
                                : run.get(computed.indexOf(part)));
            }
            return all;
        }

        @Override
        public void close() {
            vectors.ifPresent(PictureVectors::close);
        }
    }
}
