package io.fovea.traffic;

import io.fovea.predict.Answer;
import io.fovea.predict.Mask;
import io.fovea.predict.Prediction;
import io.fovea.predict.Reconstructed;
import io.fovea.predict.Regression;
import io.fovea.predict.Tensor;
import io.fovea.task.ModelOutput;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How two answers to the same request differ.
 *
 * @param pictures   that both have answered for
 * @param agreed     for how many both name the same most probable class; empty where no classes are ranked
 * @param difference the largest: of two probabilities of a class; of two values of a regression, in their unit; of a segmentation, the share
 *                   of a picture's pixels whose class differs; of two pixels of a reconstruction, 1 for black and white; of other outputs of
 *                   the network, of two numbers
 */
record Comparison(int pictures, OptionalInt agreed, double difference) {

    /** Checks: a single difference that is no number would stay in every mean and maximum. */
    Comparison {
        if (!Double.isFinite(difference))
            throw new IllegalArgumentException("Answers whose difference is no number: " + difference);
    }

    /**
     * Compares answers about the same pictures.
     *
     * @throws IllegalArgumentException if they are of different kinds or sizes
     */
    static Comparison of(List<? extends Answer> one, List<? extends Answer> other) {
        int agreed = 0;
        double largest = 0;
        for (int i = 0; i < one.size(); i++) {
            Answer left = one.get(i);
            Answer right = other.get(i);
            if (left instanceof Prediction a
                    && right instanceof Prediction b
                    && a.best().label() == b.best().label()) agreed++;
            largest = Math.max(largest, difference(left, right));
        }
        boolean isRanked = one.getFirst() instanceof Prediction;
        return new Comparison(one.size(), isRanked ? OptionalInt.of(agreed) : OptionalInt.empty(), largest);
    }

    private static double difference(Answer left, Answer right) {
        if (left instanceof Prediction a && right instanceof Prediction b)
            return largest(a.probabilities(), b.probabilities());
        if (left instanceof Regression a
                && right instanceof Regression b
                && a.values().size() == b.values().size()) {
            double largest = 0;
            for (int i = 0; i < a.values().size(); i++)
                largest = Math.max(
                        largest,
                        Math.abs(a.values().get(i).value() - b.values().get(i).value()));
            return largest;
        }
        if (left instanceof Mask a && right instanceof Mask b) return unequal(a.labels(), b.labels());
        if (left instanceof Reconstructed a && right instanceof Reconstructed b)
            return largest(a.picture().values(), b.picture().values()) / 255;
        throw new IllegalArgumentException("Answers of different kinds: " + left.words() + ", " + right.words());
    }

    /**
     * Compares outputs of the network for the same input.
     *
     * @param ranked whether rows of probabilities or logits are of classes, of which the largest counts
     * @throws IllegalArgumentException if one is missing, or of another shape
     */
    static Comparison of(Map<String, Tensor> one, Map<String, Tensor> other, boolean ranked) {
        int agreed = -1;
        int pictures = 0;
        double largest = 0;
        for (Map.Entry<String, Tensor> each : one.entrySet()) {
            Tensor left = each.getValue();
            Tensor right = other.get(each.getKey());
            if (right == null || !java.util.Arrays.equals(left.shape(), right.shape()))
                throw new IllegalArgumentException("Another shape of \"" + each.getKey() + "\"");
            pictures = left.size(0);
            if (left.type() != ModelOutput.Type.FLOAT32) continue;
            boolean isRanked = ranked
                    && left.rank() == 2
                    && (each.getKey().equals(ModelOutput.PROBABILITIES)
                            || each.getKey().equals(ModelOutput.LOGITS));
            if (isRanked) agreed = agreed(left, right);
            // logits have no scale: where probabilities are there too, these are compared
            boolean counts = !each.getKey().equals(ModelOutput.LOGITS) || !one.containsKey(ModelOutput.PROBABILITIES);
            if (counts) largest = Math.max(largest, largest(left.floats(), right.floats()));
        }
        return new Comparison(pictures, agreed < 0 ? OptionalInt.empty() : OptionalInt.of(agreed), largest);
    }

    private static int agreed(Tensor left, Tensor right) {
        int agreed = 0;
        float[] one = left.floats();
        float[] other = right.floats();
        int classes = left.size(1);
        for (int row = 0; row < left.size(0); row++)
            if (best(one, row * classes, classes) == best(other, row * classes, classes)) agreed++;
        return agreed;
    }

    private static int best(float[] values, int from, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) if (values[from + i] > values[from + best]) best = i;
        return best;
    }

    private static double largest(float[] one, float[] other) {
        checkSizes(one.length, other.length);
        double largest = 0;
        for (int i = 0; i < one.length; i++) largest = Math.max(largest, Math.abs(one[i] - other[i]));
        return largest;
    }

    private static double largest(byte[] one, byte[] other) {
        checkSizes(one.length, other.length);
        int largest = 0;
        for (int i = 0; i < one.length; i++) largest = Math.max(largest, Math.abs((one[i] & 0xff) - (other[i] & 0xff)));
        return largest;
    }

    private static double unequal(byte[] one, byte[] other) {
        checkSizes(one.length, other.length);
        int unequal = 0;
        for (int i = 0; i < one.length; i++) if (one[i] != other[i]) unequal++;
        return (double) unequal / one.length;
    }

    private static void checkSizes(int one, int other) {
        if (one != other) throw new IllegalArgumentException("Answers of different sizes: " + one + ", " + other);
    }
}
