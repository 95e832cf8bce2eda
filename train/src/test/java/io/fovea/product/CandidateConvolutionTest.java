package io.fovea.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.fovea.thread.Workers;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The loss of candidate filters")
class CandidateConvolutionTest {

    @ParameterizedTest(name = "{0} channels, {1} filters, {2} targets, {3} pictures, {4} candidates")
    @CsvSource({"1, 5, 3, 1, 1", "3, 16, 10, 9, 31", "17, 33, 2, 8, 70", "32, 64, 10, 17, 64", "3, 1, 1, 3, 130"})
    void is_that_of_replacing_the_filter_and_computing_everything_anew(
            int channels, int filters, int targets, int pictures, int candidates) {
        Scene scene = new Scene(channels, filters, targets, pictures);

        scene.check(candidates, j -> j * 7 % filters);
    }

    @Test
    void is_the_same_rule_when_all_candidates_replace_one_filter() {
        new Scene(3, 16, 4, 5).check(40, _ -> 15);
    }

    @Test
    void of_the_filter_itself_is_the_loss_that_is_there() {
        Scene scene = new Scene(3, 5, 4, 6);
        double[][] itself = {scene.filter(2)};

        double expected = scene.loss();

        assertThat(scene.losses(itself, new int[] {2}, 1)[0]).isCloseTo(expected, withinPercentage(0.001));
    }

    @Test
    void has_the_same_bits_with_any_number_of_threads() {
        Scene scene = new Scene(5, 16, 10, 37);
        double[][] candidates = scene.candidates(100);
        int[] filters = new int[100];
        for (int j = 0; j < 100; j++) filters[j] = j % 16;

        double[] alone = scene.losses(candidates, filters, 1);

        assertThat(scene.losses(candidates, filters, 2)).isEqualTo(alone);
        assertThat(scene.losses(candidates, filters, 3)).isEqualTo(alone);
    }

    /** Maps, a convolution, a head, and errors that belong together. */
    private static final class Scene {
        private final SplittableRandom random = new SplittableRandom(5);
        private final PlainPooledConvolution plain;
        private final int targets;
        private final int pictures;
        private final int length;
        private final float[] maps;
        private final float[] head; // [PH·PW, T, OC]
        private final float[] wanted; // [N, T]

        Scene(int channels, int filters, int targets, int pictures) {
            // nine rows: the last is taken by no window
            plain = new PlainPooledConvolution(9, 8, channels, filters, 3, random);
            this.targets = targets;
            this.pictures = pictures;
            length = 72 * channels;
            maps = PlainPooledConvolution.drawn(pictures * length, random);
            head = PlainPooledConvolution.drawn(plain.windows() * targets * filters, random);
            wanted = PlainPooledConvolution.drawn(pictures * targets, random);
        }

        double[][] candidates(int count) {
            double[][] candidates = new double[count][plain.channels * 9 + 1];
            for (double[] candidate : candidates) {
                for (int i = 0; i < candidate.length; i++) candidate[i] = random.nextDouble() - 0.5;
            }
            return candidates;
        }

        double[] filter(int filter) {
            int size = plain.channels * 9;
            double[] values = new double[size + 1];
            for (int i = 0; i < size; i++) values[i] = plain.weight[filter * size + i];
            values[size] = plain.bias[filter];
            return values;
        }

        /** Checks every candidate against the whole computation. */
        void check(int count, IntUnaryOperator replaced) {
            double[][] candidates = candidates(count);
            int[] filters = new int[count];
            for (int j = 0; j < count; j++) filters[j] = replaced.applyAsInt(j);
            double[] losses = losses(candidates, filters, 2);
            assertThat(losses).hasSize(count);
            for (int j = 0; j < count; j++) {
                double[] before = filter(filters[j]);
                put(filters[j], candidates[j]);
                assertThat(losses[j]).as("candidate " + j).isCloseTo(loss(), withinPercentage(0.001));
                put(filters[j], before);
            }
        }

        private void put(int filter, double[] values) {
            int size = values.length - 1;
            for (int i = 0; i < size; i++) plain.weight[filter * size + i] = (float) values[i];
            plain.bias[filter] = (float) values[size];
        }

        double[] losses(double[][] candidates, int[] filters, int threads) {
            float[] features = new float[pictures * plain.windows() * plain.filters];
            float[] errors = new float[pictures * targets];
            for (int n = 0; n < pictures; n++) {
                double[] own = plain.forward(maps, n * length);
                for (int i = 0; i < own.length; i++) features[n * own.length + i] = (float) own[i];
                double[] error = errors(n, own);
                for (int t = 0; t < targets; t++) errors[n * targets + t] = (float) error[t];
            }
            try (Workers workers = new Workers(threads)) {
                CandidateConvolution convolution = new CandidateConvolution(plain.kernel(), targets, workers);
                CandidateConvolution.Context context = convolution.context(maps, pictures, features, errors, head);
                int length = candidates[0].length;
                float[] rows = new float[candidates.length * length];
                for (int i = 0; i < rows.length; i++) rows[i] = (float) candidates[i / length][i % length];
                return convolution.losses(context, rows, filters).total();
            }
        }

        double loss() {
            double loss = 0;
            for (int n = 0; n < pictures; n++) {
                for (double error : errors(n, plain.forward(maps, n * length))) loss += error * error;
            }
            return loss;
        }

        private double[] errors(int n, double[] features) {
            double[] errors = new double[targets];
            for (int t = 0; t < targets; t++) {
                errors[t] = -wanted[n * targets + t];
                for (int w = 0; w < plain.windows(); w++) {
                    for (int o = 0; o < plain.filters; o++) {
                        errors[t] += head[(w * targets + t) * plain.filters + o] * features[w * plain.filters + o];
                    }
                }
            }
            return errors;
        }
    }
}
