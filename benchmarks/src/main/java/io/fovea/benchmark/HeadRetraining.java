package io.fovea.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.optimize.Targets;
import io.fovea.transfer.Features;
import io.fovea.transfer.Head;
import io.fovea.transfer.HeadExamples;
import io.fovea.transfer.HeadGoal;
import io.fovea.transfer.HeadTraining;
import io.fovea.transfer.TrainedHead;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A linear head trained again after one label has changed, as often as a person would in a session: 244 pictures with 512 features and three
 * augmented copies each, as in {@code lab transfer}. Prints one line of JSON.
 */
public final class HeadRetraining {

    private static final int PICTURES = 244;
    private static final int FEATURES = 512;
    private static final int COPIES = 4;
    private static final int CHANGES = 30;

    private HeadRetraining() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws java.io.IOException {
        SplittableRandom random = new SplittableRandom(1);
        int[] labels = new int[PICTURES];
        for (int i = 0; i < PICTURES; i++) labels[i] = i % 2;
        List<Features> copies = java.util.stream.IntStream.range(0, COPIES)
                .mapToObj(copy -> features(labels, random))
                .toList();
        TrainedHead head = HeadTraining.train(new Head.Linear(), examples(copies, labels), HeadGoal.USUAL, 1);
        double[] milliseconds = new double[CHANGES];
        for (int change = 0; change < CHANGES; change++) {
            labels[change] = 1 - labels[change];
            long start = System.nanoTime();
            head = HeadTraining.retrain(new Head.Linear(), examples(copies, labels), HeadGoal.USUAL, head);
            milliseconds[change] = (System.nanoTime() - start) / 1e6;
        }
        double first = milliseconds[0];
        Arrays.sort(milliseconds);
        System.out.println(new ObjectMapper()
                .createObjectNode()
                .put("peer", "fovea")
                .put("firstMilliseconds", first)
                .put("medianMilliseconds", milliseconds[CHANGES / 2])
                .put("longestMilliseconds", milliseconds[CHANGES - 1]));
    }

    private static HeadExamples examples(List<Features> copies, int[] labels) {
        return new HeadExamples(copies, new Targets.Labels(labels.clone()), 2);
    }

    /** Two clouds that overlap, about as far apart as ants and bees are for ResNet-18. */
    private static Features features(int[] labels, SplittableRandom random) {
        float[] values = new float[PICTURES * FEATURES];
        for (int i = 0; i < values.length; i++) {
            double shift = labels[i / FEATURES] * 0.15;
            values[i] = (float) Math.max(0, random.nextGaussian(0.8 + shift, 0.7));
        }
        return new Features(PICTURES, FEATURES, values);
    }
}
