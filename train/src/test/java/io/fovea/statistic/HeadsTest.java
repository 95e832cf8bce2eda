package io.fovea.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.fovea.problem.Problem;
import io.fovea.thread.Workers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Expected numbers are SciPy's (src/test/python/statistic/heads.py). */
@DisplayName("A head in closed form")
class HeadsTest {

    private static final int COUNT = 60;
    private static final int SIZE = 7;
    private static final int CLASSES = 3;
    private static final double SHRINKAGE = 0.05;

    private final Workers workers = new Workers(2);
    private final float[] features = features();
    private final int[] labels = new int[COUNT];
    private final int[] parts = new int[COUNT];

    HeadsTest() {
        for (int n = 0; n < COUNT; n++) {
            labels[n] = n * 5 % 7 % CLASSES;
            parts[n] = labels[n] * 2 + n % 2;
        }
    }

    @AfterEach
    void ends_the_threads() {
        workers.close();
    }

    @Nested
    @DisplayName("by least squares")
    class LeastSquares {

        @Test
        void has_the_weights_and_biases_of_the_normal_equations() {
            LinearHead head = Ridge.fit(scatter(features), groups(features, labels, CLASSES), SHRINKAGE);

            assertClose(head.weight(), golden("ridge"));
            assertClose(head.bias(), golden("ridgeBias"));
        }

        @Test
        void answers_the_shares_of_the_classes_on_average() {
            LinearHead head = Ridge.fit(scatter(features), groups(features, labels, CLASSES), SHRINKAGE);
            float[] outputs = head.outputs(features, COUNT, workers);

            for (int c = 0; c < CLASSES; c++) {
                int label = c;
                double mean = 0;
                for (int n = 0; n < COUNT; n++) mean += outputs[n * CLASSES + c] / COUNT;
                long own = Arrays.stream(labels).filter(l -> l == label).count();
                assertThat(mean).isCloseTo((double) own / COUNT, within(1e-5));
            }
        }

        @Test
        void says_so_when_all_pictures_look_alike() {
            float[] constant = new float[COUNT * SIZE];
            Arrays.fill(constant, 3);

            Problem problem = catchThrowableOfType(
                    Problem.class, () -> Ridge.fit(scatter(constant), groups(constant, labels, CLASSES), SHRINKAGE));

            assertThat(problem.what()).contains("no difference between the pictures");
            assertThat(problem.where()).contains("7 features");
            assertThat(problem.remedy()).contains("fovea data show");
        }
    }

    @Nested
    @DisplayName("by discriminants")
    class ByDiscriminants {

        @Test
        void has_the_directions_of_the_generalised_eigenproblem() {
            LinearHead head = Discriminants.fit(scatter(features), groups(features, labels, CLASSES), 9, SHRINKAGE);

            assertThat(head.outputs()).isEqualTo(2);
            assertClose(turned(head.weight()), golden("classes"));
        }

        @Test
        void has_more_of_them_for_parts_of_classes() {
            LinearHead head = Discriminants.fit(scatter(features), groups(features, parts, 6), 4, SHRINKAGE);

            assertThat(head.outputs()).isEqualTo(4);
            assertClose(turned(head.weight()), golden("parts"));
        }

        @Test
        void ignores_parts_without_pictures() {
            LinearHead head = Discriminants.fit(scatter(features), groups(features, labels, 8), 9, SHRINKAGE);

            assertThat(head.outputs()).isEqualTo(2);
            assertClose(turned(head.weight()), golden("classes"));
        }

        @Test
        void gives_codes_with_mean_zero_and_the_identity_as_covariance_within_classes() {
            LinearHead head = Discriminants.fit(scatter(features), groups(features, parts, 6), 5, 1e-9);
            float[] codes = head.outputs(features, COUNT, workers);
            GroupMeans means = new GroupMeans(6, 5);
            for (int n = 0; n < COUNT; n++) means.add(codes, n, parts[n]);
            double[] covariance = new double[25];
            for (int n = 0; n < COUNT; n++) {
                double[] mean = means.mean(parts[n]);
                for (int i = 0; i < 5; i++) {
                    for (int j = 0; j < 5; j++) {
                        covariance[i * 5 + j] += (codes[n * 5 + i] - mean[i]) * (codes[n * 5 + j] - mean[j]) / COUNT;
                    }
                }
            }

            for (int i = 0; i < 25; i++) assertThat(covariance[i]).isCloseTo(i % 6 == 0 ? 1 : 0, within(2e-3));
            for (double mean : means.mean()) assertThat(mean).isCloseTo(0, within(1e-4));
        }

        @Test
        void leaves_a_direction_of_zeros_where_all_classes_have_the_same_mean() {
            float[] mirrored = {1, 2, -1, -2, 3, -1, -3, 1};
            int[] two = {0, 0, 1, 1};
            Scatter scatter = new Scatter(2, workers);
            scatter.add(mirrored, 4);
            GroupMeans means = new GroupMeans(2, 2);
            for (int n = 0; n < 4; n++) means.add(mirrored, n, two[n]);

            assertThat(Discriminants.fit(scatter, means, 1, SHRINKAGE).weight()).containsExactly(0, 0);
        }
    }

    private static float[] features() {
        float[] features = new float[COUNT * SIZE];
        for (int n = 0; n < COUNT; n++) {
            for (int d = 0; d < SIZE; d++) {
                features[n * SIZE + d] = (float)
                        (Math.sin((n + 1) * (d + 1) * 0.7) + 0.8 * Math.cos(n * 5 % 7 % CLASSES * (d + 2)) + 0.1 * d);
            }
        }
        return features;
    }

    private Scatter scatter(float[] rows) {
        Scatter scatter = new Scatter(SIZE, workers);
        scatter.add(rows, COUNT);
        return scatter;
    }

    private static GroupMeans groups(float[] rows, int[] members, int count) {
        GroupMeans groups = new GroupMeans(count, SIZE);
        for (int n = 0; n < COUNT; n++) groups.add(rows, n, members[n]);
        return groups;
    }

    /** A direction has no sign: the first number of each is made positive. */
    private static float[] turned(float[] weight) {
        float[] turned = weight.clone();
        for (int i = 0; i < turned.length; i++) turned[i] *= Math.signum(weight[i / SIZE * SIZE]);
        return turned;
    }

    private static void assertClose(float[] found, double[] expected) {
        assertThat(found).hasSize(expected.length);
        for (int i = 0; i < found.length; i++) assertThat((double) found[i]).isCloseTo(expected[i], within(2e-4));
    }

    private static double[] golden(String name) {
        try (InputStream in = HeadsTest.class.getResourceAsStream("/statistic/heads.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(","))
                    .filter(line -> line[0].equals(name))
                    .flatMap(line -> Stream.of(line).skip(1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
